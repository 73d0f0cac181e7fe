using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Testing.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>Four orders that somebody believes to fit.</summary>
internal sealed class MatchMoves(World world, OrderBook book)
{
    private static readonly Bytes32 OrdersMatched = new AbiSignature("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)").Topic;

    private readonly List<(TwinOrder<AppOrder>, TwinOrder<DatasetOrder>?, TwinOrder<WorkerpoolOrder>, TwinOrder<RequestOrder>)> _before = [];

    public IEnumerable<(int Weight, Func<Move?> Make)> All =>
    [
        (22, () => Match("matchOrders")), (5, () => Match("sponsorMatchOrders")),
        (7, () => Match("matchOrdersBoost")), (3, () => Match("sponsorMatchOrdersBoost")),
    ];

    private Move? Match(string function)
    {
        var dice = world.Dice;
        if (_before.Count > 0 && dice.Chance(12))
        {
            // The same request once more, mostly with the same offers.
            var (oldApp, oldDataset, oldPool, oldRequest) = dice.PickRecent(_before);
            return dice.Chance(80) ? Match(function, oldApp, oldDataset, oldPool, oldRequest) : Match(function, oldApp, oldDataset, book.Pool()!, oldRequest);
        }

        var (app, dataset, pool) = (book.App(), dice.Chance(55) ? book.Dataset() : null, book.Pool());
        if (app is null || pool is null)
        {
            return null;
        }

        var request = book.NewRequest(app, dataset, pool, replicated: !function.EndsWith("Boost", StringComparison.Ordinal));
        _before.Add((app, dataset, pool, request));
        return Match(function, app, dataset, pool, request);
    }

    private Move Match(
        string function, TwinOrder<AppOrder> app, TwinOrder<DatasetOrder>? dataset, TwinOrder<WorkerpoolOrder> pool, TwinOrder<RequestOrder> request)
    {
        var dice = world.Dice;
        var isBoost = function.EndsWith("Boost", StringComparison.Ordinal);
        var sponsored = function.StartsWith("sponsor", StringComparison.Ordinal);
        SignedOrders Orders(Side side) => new(app.Signed[side], dataset?.Signed[side] ?? SignedOrders.NoDataset, pool.Signed[side], request.Signed[side]);
        var from = sponsored ? dice.Pick(People.All) : world.Mostly(request.Owner);
        return new Move(function, from, world.Call(side => Orders(side).Encode(function)))
        {
            Learn = outcome => Learn(outcome, request, isBoost),
            Then = outcome => Remember(outcome, app, dataset, pool, request, isBoost, sponsored && from.Address != request.Terms.Requester),
            Views =
            [
                .. AllViews.Order(world, Twin.Of(side => app.Hash[side].Value), app.Owner.Address),
                .. AllViews.Order(world, Twin.Of(side => pool.Hash[side].Value), pool.Owner.Address),
                .. AllViews.Order(world, Twin.Of(side => request.Hash[side].Value), request.Owner.Address),
                View.Of("computeDealVolume()", world.Hub) with { Call = side => new(null, world.Hub(side), Orders(side).Encode("computeDealVolume")) },
            ],
        };
    }

    private void Learn(Twin<Outcome> outcome, TwinOrder<RequestOrder> request, bool isBoost)
    {
        var id = Twin.Of(side => Matched(outcome[side]).Id);
        world.Chain.Words.Add(Twin.Of(side => id[side].Value));
        var (first, volume) = (request.Consumed, Matched(outcome.Official).Volume);
        for (var index = 0UL; index < volume; index++)
        {
            // Boost counts from zero in every deal.
            var at = isBoost ? index : first + index;
            world.Chain.Words.Add(Twin.Of(side => TaskId.Of(id[side], at).Value));
        }
    }

    private void Remember(
        Twin<Outcome> outcome, TwinOrder<AppOrder> app, TwinOrder<DatasetOrder>? dataset, TwinOrder<WorkerpoolOrder> pool, TwinOrder<RequestOrder> request,
        bool isBoost, bool isSponsored)
    {
        var volume = Matched(outcome.Official).Volume;
        var tag = app.Terms.Tag | request.Terms.Tag | (dataset?.Terms.Tag ?? Tag.None);
        var deal = new TwinDeal(
            Twin.Of(side => Matched(outcome[side]).Id), request.Terms, pool.Owner, tag, isBoost ? 0 : request.Consumed, volume, isBoost, isSponsored, world.Chain.Time);
        for (var index = 0UL; index < volume; index++)
        {
            deal.Tasks.Add(new TwinTask(deal, deal.First + index));
        }

        world.Deals.Add(deal);
        app.Consumed += volume;
        pool.Consumed += volume;
        request.Consumed += volume;
        if (dataset is not null)
        {
            dataset.Consumed += volume;
        }
    }

    private static (DealId Id, ulong Volume) Matched(Outcome outcome)
    {
        var data = outcome.Logs.Single(log => log.Topics[0] == OrdersMatched).Data;
        return (new DealId(new Bytes32(data.AsSpan(0, Bytes32.Size))), (ulong)UInt256.FromBigEndian(data.AsSpan(5 * Bytes32.Size)));
    }
}
