using Iexec.Ethereum;
using Iexec.Simulation.World;

namespace Tests.Chain.Model;

/// <summary>A market's life as a seed gives it: who does what, in which order, and when time goes by.</summary>
internal sealed class RandomHistory
{
    private const int TransactionsPerBlock = 12;
    private const int BlocksPerFullComparison = 100;

    private readonly Twins _twins;
    private readonly Dice _dice;
    private readonly Market _market;
    private readonly IReadOnlyList<Move> _moves;
    private readonly AssetMoves _assets;

    public RandomHistory(Twins twins, int seed)
    {
        _twins = twins;
        _dice = new Dice(seed);
        _market = new Market(twins, _dice);
        _assets = new AssetMoves(_market);
        _moves =
        [
            .. new LedgerMoves(_market).All,
            .. _assets.All,
            .. new AdministrationMoves(_market).All,
            .. new OrderMoves(_market, new OrderBook(_market)).All,
            .. new TaskMoves(_market).All,
        ];
    }

    /// <summary>Runs until the time is over or that many transactions were made.</summary>
    public async Task RunAsync(int transactions, Func<bool> timeIsOver)
    {
        await SettleAsync();
        for (var block = 0; _twins.Coverage.Total < transactions && !timeIsOver(); block++)
        {
            for (var i = 1 + _dice.Below(TransactionsPerBlock); i > 0; i--)
            {
                Act();
            }

            await _twins.CompareAsync();
            if (block % BlocksPerFullComparison == BlocksPerFullComparison - 1)
            {
                await _twins.CompareAllAsync();
            }

            PassTime();
        }

        await _twins.CompareAllAsync();
    }

    /// <summary>Contracts of strangers, money for everybody, some assets.</summary>
    private async Task SettleAsync()
    {
        foreach (var (address, contract) in Actors.Contracts)
        {
            await _twins.InstallAsync(address, contract);
        }

        UInt256 pocketMoney = 100_000_000_000;
        foreach (var account in _market.Actors.All.Skip(1).Select(key => key.Address).Append(Actors.Wallet))
        {
            _twins.Do("token transfer", Market.To(Twins.Owner.Address, _twins.Configuration.Token, "transfer(address,uint256)", call =>
                call.Address(account).Uint(pocketMoney)));
            _twins.Do("deposit by approveAndCall", Market.To(account, _twins.Configuration.Token, "approveAndCall(address,uint256,bytes)", call =>
                call.Address(_twins.Configuration.Hub).Uint(pocketMoney / 2).Bytes([])));
        }

        for (var i = 0; i < 15; i++)
        {
            _twins.Do("create asset", _assets.Create());
        }

        await _twins.CompareAsync();
        _twins.Advance(1);
    }

    private void Act()
    {
        var ticket = _dice.Below(_moves.Sum(move => move.Weight));
        var move = _moves.First(item => (ticket -= item.Weight) < 0);
        if (move.Make() is { } message)
        {
            _twins.Do(move.Name, message);
        }
    }

    /// <summary>Mostly seconds; now and then so much that deadlines pass.</summary>
    private void PassTime() => _twins.Advance(_dice.Below(12) switch
    {
        0 => (ulong)_dice.Below(1_500),
        1 => (ulong)_dice.Below(500),
        _ => 1 + (ulong)_dice.Below(20),
    } + 1);
}
