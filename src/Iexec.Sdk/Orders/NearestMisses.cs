using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Orders;

/// <summary>Why nothing matches: the open orders that come nearest, and every check that each of them fails.</summary>
internal sealed class NearestMisses(ChainConnection chain, MarketClient market)
{
    private const int Shown = 3;
    private const int Looked = 100;

    /// <summary>Offers of pools, whatever their category, trust, tag or restriction. Empty when there are none.</summary>
    public async Task<string> OfPoolsAsync(ExecutionRequest wanted, AppOrder app, DatasetOrder dataset, Address requester, CancellationToken cancellationToken)
    {
        var page = await market.ListAsync(
            chain.ChainId,
            new WorkerpoolOrderQuery
            {
                Workerpool = wanted.Workerpool.IsZero ? AddressFilter.Unrestricted : wanted.Workerpool, App = AddressFilter.Any, Dataset = AddressFilter.Any, Requester = AddressFilter.Any, PageSize = Looked,
            },
            cancellationToken).ConfigureAwait(false);
        return await TellAsync(page, "workerpool", order => new(app, dataset, order, wanted.ToOrder(requester) with
        {
            AppMaxPrice = app.AppPrice, DatasetMaxPrice = dataset.DatasetPrice, WorkerpoolMaxPrice = order.WorkerpoolPrice,
        }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Offers of the app, whatever their restriction.</summary>
    public async Task<string> OfAppsAsync(ExecutionRequest wanted, Address requester, CancellationToken cancellationToken)
    {
        var page = await market.ListAsync(
            chain.ChainId,
            new AppOrderQuery { App = wanted.App, Dataset = AddressFilter.Any, Workerpool = AddressFilter.Any, Requester = AddressFilter.Any, PageSize = Looked },
            cancellationToken).ConfigureAwait(false);
        return await TellAsync(page, "app", order => new(order, AnyDataset(wanted), AnyPool(wanted, order.Tag), wanted.ToOrder(requester) with { AppMaxPrice = order.AppPrice }), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Offers of the dataset, whatever their restriction.</summary>
    public async Task<string> OfDatasetsAsync(ExecutionRequest wanted, Address requester, CancellationToken cancellationToken)
    {
        var page = await market.ListAsync(
            chain.ChainId,
            new DatasetOrderQuery { Dataset = wanted.Dataset, App = AddressFilter.Any, Workerpool = AddressFilter.Any, Requester = AddressFilter.Any, PageSize = Looked },
            cancellationToken).ConfigureAwait(false);
        return await TellAsync(page, "dataset", order => new(AnyApp(wanted), order, AnyPool(wanted, order.Tag), wanted.ToOrder(requester) with { DatasetMaxPrice = order.DatasetPrice }), cancellationToken)
            .ConfigureAwait(false);
    }

    // What is not looked at here stands for one that admits everybody.
    private static AppOrder AnyApp(ExecutionRequest wanted) => new() { App = wanted.App, Volume = UInt256.One, Tag = wanted.Tag };

    private static DatasetOrder AnyDataset(ExecutionRequest wanted) => new() { Dataset = wanted.Dataset, Volume = UInt256.One };

    private static WorkerpoolOrder AnyPool(ExecutionRequest wanted, Tag offered) =>
        new() { Workerpool = wanted.Workerpool, Volume = UInt256.One, Category = wanted.Category, Trust = wanted.Trust, Tag = wanted.Tag | offered };

    private async Task<string> TellAsync<TOrder>(MarketPage<PublishedOrder<TOrder>> page, string kind, Func<TOrder, MatchOrders> match, CancellationToken cancellationToken)
        where TOrder : Order
    {
        if (page.Items.Count == 0)
        {
            return "";
        }

        var candidates = page.Items.Select(offer => (Offer: offer, Orders: match(offer.Order.Order))).ToList();
        var members = await chain.ReadAsync(hub => Task.WhenAll(candidates.Select(candidate => MatchPreflight.MembersAsync(hub, candidate.Orders, cancellationToken))))
            .ConfigureAwait(false);
        var lines = candidates
            .Select((candidate, i) => (candidate.Offer, Reasons: Reasons(candidate.Orders, members[i])))
            .OrderBy(candidate => candidate.Reasons.Count).ThenBy(candidate => candidate.Offer.Order.Order.Price())
            .Take(Shown)
            .Select(candidate => $"  {candidate.Offer.Hash} at {candidate.Offer.Order.Order.Price()} nRLC: {string.Join("; ", candidate.Reasons.DefaultIfEmpty(Unexplained(candidate.Offer.Remaining)))}");
        return $"Nearest of {page.Count} open {kind} order{(page.Count == 1 ? "" : "s")}:\n{string.Join('\n', lines)}";
    }

    // The book is a moment behind the chain: of what has just been changed, such as the members of a group, it may not know yet.
    private static string Unexplained(UInt256 remaining) => remaining.IsZero ? "nothing of it is left" : "it should do, and the book has not listed it for you yet; try again";

    private static List<string> Reasons(MatchOrders orders, HashSet<(Address Restriction, Address Account)> members) =>
    [
        .. MatchRules.TermRefusals(orders, UInt256.MaxValue)
            .Concat(MatchRules.RestrictionRefusals(orders, (restriction, account) => members.Contains((restriction, account))))
            .Where(refusal => refusal.Condition is not (MatchCondition.CategoryExists or MatchCondition.Tee))
            .Select(refusal => refusal.Message),
    ];
}
