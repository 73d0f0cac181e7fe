using Iexec.Ethereum;
using Iexec.Simulation;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>A transaction that somebody wants to make, and what it is called in a list.</summary>
public sealed record Wish(string Name, Message Message);

/// <summary>
/// A market's life as a seed gives it: who does what, in which order, and how much time goes by. It looks at the model to find occasions, and never changes it: the caller
/// makes the transactions.
/// </summary>
public sealed class RandomMarket
{
    private static readonly UInt256 PocketMoney = 100_000_000_000;

    private readonly Dice _dice;
    private readonly Market _market;
    private readonly IReadOnlyList<Move> _moves;
    private readonly AssetMoves _assets;
    private readonly TaskMoves _tasks;
    private readonly BoostMoves _boosts;

    /// <summary>The model must have its contracts of strangers (<see cref="Contracts"/>).</summary>
    public RandomMarket(SimulatedHub model, int seed)
    {
        _dice = new Dice(seed);
        _market = new Market(model, _dice);
        _assets = new AssetMoves(_market);
        _tasks = new TaskMoves(_market);
        _boosts = new BoostMoves(_market);
        _moves =
        [
            .. new LedgerMoves(_market).All,
            .. _assets.All,
            .. new AdministrationMoves(_market).All,
            .. new OrderMoves(_market, new OrderBook(_market)).All,
            .. _tasks.All,
            .. _boosts.All,
        ];
    }

    /// <summary>Contracts of strangers that take part.</summary>
    public static IReadOnlyDictionary<Address, Stranger> Contracts => Actors.Contracts;

    /// <summary>Money for everybody, and some assets.</summary>
    public IEnumerable<Wish> Beginnings()
    {
        foreach (var account in _market.Actors.All.Skip(1).Select(key => key.Address).Append(Actors.Wallet).Append(Actors.Delegated.Address))
        {
            if (_market.IsOfCoins)
            {
                yield return new("deposit", CoinMoves.Deposit(account, _market.Hub.Hub, PocketMoney / 2));
                continue;
            }

            yield return new("token transfer", Market.To(Actors.Owner.Address, _market.Hub.Token, "transfer(address,uint256)", call =>
                call.Address(account).Uint(PocketMoney)));
            yield return new("deposit by approveAndCall", Market.To(account, _market.Hub.Token, "approveAndCall(address,uint256,bytes)", call =>
                call.Address(_market.Hub.Hub).Uint(PocketMoney / 2).Bytes([])));
        }

        for (var i = 0; i < 15; i++)
        {
            yield return new("create asset", _assets.Create());
        }
    }

    /// <summary>What somebody does next.</summary>
    public Wish Next()
    {
        while (true)
        {
            var moves = _tasks.Urgent && _dice.Chance(60) ? _tasks.All : _moves;
            var ticket = _dice.Below(moves.Sum(move => move.Weight));
            var move = moves.First(item => (ticket -= item.Weight) < 0);
            if (move.Make() is { } message)
            {
                return message.Target != _market.Hub.Hub ? new(move.Name, message)
                    : _dice.Chance(3) ? Together(message)
                    : _dice.Chance(1) ? new($"{move.Name}, with a coin", message with { ValueWei = message.ValueWei + 1 })
                    : new(move.Name, message);
            }
        }
    }

    /// <summary>The call with a few others of the same sender, in one transaction.</summary>
    private Wish Together(Message message)
    {
        var others = Enumerable.Range(0, _dice.Below(3)).Select(_ => _dice.Pick(_moves).Make()).OfType<Message>()
            .Where(other => other.Target == _market.Hub.Hub).Select(other => other.Data);
        var calls = others.Prepend(message.Data).ToArray();
        return new("multicall", _market.ToHub(message.Sender, "multicall(bytes[])", call => call.DynamicArray(calls, (item, data) => item.Bytes(data.Span))));
    }

    /// <summary>How many transactions come at once.</summary>
    public int Burst(int most) => 1 + _dice.Below(most);

    /// <summary>
    /// Seconds until something happens again: mostly a few, now and then so many that deadlines pass, and often just so many that some task's deadline comes, or all but
    /// comes: there every second counts.
    /// </summary>
    public ulong Pause()
    {
        if (!_dice.Chance(30))
        {
            return 1 + (ulong)_dice.Below(_dice.Below(12) switch { 0 => 1_500, 1 => 500, _ => 20 });
        }

        ulong[] near = [.. _tasks.UpcomingDeadlines.Concat(_boosts.UpcomingDeadlines).Where(deadline => deadline - _market.Now < 300).Distinct().Order()];
        return near.Length == 0 ? 1 : Math.Max(1, _dice.Pick(near) - _market.Now - (ulong)_dice.Below(2));
    }
}
