using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Contracts;
using Iexec.Poco.Registries;
using Iexec.Testing.Official;
using Tests.Chain.Differential.Moves;

namespace Tests.Chain.Differential;

/// <summary>A seeded sequence of moves on both sides, compared after each.</summary>
internal sealed class TwinRun
{
    private const int ViewsAtOnce = 400;

    private readonly World _world;
    private readonly Coverage _coverage;
    private readonly Comparison _comparison;
    private readonly List<(int Weight, Func<Move?> Make)> _moves;
    private readonly int _weights;
    private readonly AssetMoves _assets;

    private TwinRun(World world, KnownDifferences known, Coverage coverage)
    {
        var money = world.Chain.Mode == EscrowMode.Token ? new TokenMoves(world).All : new NativeMoves(world).All;
        _world = world;
        _coverage = coverage;
        _comparison = new Comparison(world.Chain.Words, known);
        _assets = new AssetMoves(world);
        var book = new OrderBook(world);
        _moves =
        [
            .. money, .. new StakeMoves(world).All, .. new OwnerMoves(world).All, .. _assets.All,
            .. new OrderMoves(world, book).All, .. new MatchMoves(world, book).All,
            .. new TaskMoves(world).All, .. new WorkerMoves(world).All, .. new BoostMoves(world).All,
        ];
        _weights = _moves.Sum(move => move.Weight);
    }

    /// <summary>Each kind of difference with the first example of it.</summary>
    public OrderedDictionary<string, string> Differences { get; } = [];

    public static async Task<TwinRun> StartAsync(TwinChain chain, int seed, KnownDifferences known, Coverage coverage)
    {
        var strangers = await Strangers.CreateAsync(chain, People.Requesters[0].Address, OfficialDeployer.CallbackCode);
        var run = new TwinRun(new World(chain, new Dice(seed), strangers), known, coverage);
        await run.PrepareAsync();
        return run;
    }

    /// <summary>Ends early when one side succeeded where the other refused: from there on they live in different worlds.</summary>
    public async Task PlayAsync(int moves)
    {
        for (var i = 0; i < moves; i++)
        {
            _world.Chain.PassTime(TimeToPass());
            if (!await TryAsync(Next(), i))
            {
                break;
            }
        }

        await CompareAsync(EverythingThatExists(), "at the end", "");
        var coin = await _world.Chain.CoinAsync();
        Note(coin.Official == coin.Ours ? [] : [$"coin in the hub: official {coin.Official} wei, ours {coin.Ours}"], "at the end");
    }

    private async Task PrepareAsync()
    {
        foreach (var move in People.All.SelectMany(Enrich).Append(Enrich(_world.Strangers.Wallet)))
        {
            await TryAsync(move, -1);
        }

        foreach (var kind in (AssetKind[])[AssetKind.App, AssetKind.App, AssetKind.Dataset, AssetKind.Workerpool, AssetKind.Workerpool])
        {
            await TryAsync(_assets.Create(kind), -1);
        }

        // The default differs between the versions; from here on it is the same.
        await TryAsync(new Move("setCallbackGas", People.Admin, _world.Call(HubContract.EncodeSetCallbackGas(200_000))), -1);
    }

    private IEnumerable<Move> Enrich(PrivateKey key)
    {
        if (_world.Chain.Mode == EscrowMode.Native)
        {
            return [new NativeMoves(_world).Deposit(key, Amounts.Wealth)];
        }

        var moves = new TokenMoves(_world);
        return [moves.Give(key.Address), moves.ApproveAndCall(key, Amounts.Wealth), moves.Approve(key, Amounts.Wealth / 2)];
    }

    private Move Enrich(Address contract) => _world.Chain.Mode == EscrowMode.Native
        ? new NativeMoves(_world).DepositFor(People.Requesters[0], Amounts.Wealth, contract)
        : new TokenMoves(_world).DepositFor(People.Requesters[0], Amounts.Wealth / 4, contract);

    private async Task<bool> TryAsync(Move move, int number)
    {
        var outcome = await _world.Chain.SendAsync(move.From, move.Call, move.ValueWei);
        _coverage.Count(move.Function, outcome.Official);
        var both = outcome.Official.Succeeded && outcome.Ours.Succeeded;
        if (both)
        {
            move.Learn?.Invoke(outcome);
            move.Then?.Invoke(outcome);
        }

        var where = $"move {number}, {move.Function} by {move.From.Address}";
        Note(_comparison.Outcomes(move.Function, outcome), where);
        await CompareAsync([.. move.Views, .. AllViews.Balances(_world, outcome.Official)], where, " after " + move.Function);
        return both || (!outcome.Official.Succeeded && !outcome.Ours.Succeeded);
    }

    private async Task CompareAsync(IReadOnlyList<View> views, string where, string after)
    {
        foreach (var some in views.Chunk(ViewsAtOnce))
        {
            Note(_comparison.Views(some, await _world.Chain.ReadAsync(some)).Select(difference => difference + after), where);
        }
    }

    private void Note(IEnumerable<string> differences, string where)
    {
        foreach (var difference in differences)
        {
            Differences.TryAdd(difference, where);
        }
    }

    private Move Next()
    {
        while (true)
        {
            var place = _world.Dice.Below(_weights);
            var make = _moves.First(move => (place -= move.Weight) < 0).Make;
            if (make() is { } move)
            {
                return move;
            }
        }
    }

    /// <summary>Mostly seconds; sometimes as long as it takes to miss a deadline.</summary>
    private ulong TimeToPass() => _world.Dice.Below(1_000) switch
    {
        < 960 => (ulong)_world.Dice.Below(4),
        < 985 => 650,
        < 993 => 2_200,
        _ => 3_200,
    };

    private List<View> EverythingThatExists() =>
    [
        .. AllViews.Platform(_world),
        .. AllViews.Allowances(_world),
        .. People.All.SelectMany(key => AllViews.Escrow(_world, key.Address)),
        .. _world.Assets.SelectMany(asset => AllViews.Asset(_world, asset)),
        .. _world.AppOrders.SelectMany(order => AllViews.Order(_world, Twin.Of(side => order.Hash[side].Value), order.Owner.Address)),
        .. _world.DatasetOrders.SelectMany(order => AllViews.Order(_world, Twin.Of(side => order.Hash[side].Value), order.Owner.Address)),
        .. _world.PoolOrders.SelectMany(order => AllViews.Order(_world, Twin.Of(side => order.Hash[side].Value), order.Owner.Address)),
        .. _world.RequestOrders.SelectMany(order => AllViews.Order(_world, Twin.Of(side => order.Hash[side].Value), order.Owner.Address)),
        .. _world.Deals.SelectMany(deal => AllViews.Deal(_world, deal)),
        .. _world.Tasks.SelectMany(task => AllViews.Task(_world, task)),
    ];
}
