using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Rules;

/// <summary>Four orders that somebody wants to match. A request without dataset takes <see cref="DatasetOrder.None"/>.</summary>
public sealed record MatchOrders(AppOrder App, DatasetOrder Dataset, WorkerpoolOrder Workerpool, RequestOrder Request)
{
    /// <summary>True if a dataset takes part.</summary>
    public bool HasDataset => !Dataset.Dataset.IsZero;

    /// <summary>
    /// The conditions of the deal: those of all three together. Which enclave a dataset was prepared for is no condition on
    /// the others, so its framework bits (1 to 3) do not count.
    /// </summary>
    public Tag DealTag => App.Tag | Dataset.Tag.Except(Tag.Of(Tag.SconeBit, Tag.GramineBit, Tag.TdxBit)) | Request.Tag;
}

/// <summary>What the chain says of one order: whether its asset is registered (a request has none: true), whether its owner signed it, how much of it is used up.</summary>
public readonly record struct OrderState(bool Registered, bool SignatureValid, UInt256 Consumed);

/// <summary>What the chain says of the four orders. <paramref name="Dataset"/> is not looked at when no dataset takes part.</summary>
public sealed record MatchState(OrderState App, OrderState Dataset, OrderState Workerpool, OrderState Request);

/// <summary>The rules of <c>matchOrders</c>, in the order in which the contracts check them: the first refusal is the one a transaction would revert with.</summary>
public static class MatchRules
{
    /// <summary>All refusals, first the contracts' own; none when the orders match.</summary>
    /// <param name="orders">The four.</param>
    /// <param name="categoryCount">Number of categories of the hub.</param>
    /// <param name="isMember">
    /// Whether an account is a member of a group contract, asked as (restriction, account) where the restriction is neither zero nor the
    /// account itself.
    /// </param>
    /// <param name="state">Registration, signatures and consumption.</param>
    public static IEnumerable<MatchRefusal> Refusals(MatchOrders orders, UInt256 categoryCount, Func<Address, Address, bool> isMember, MatchState state)
    {
        foreach (var refusal in TermRefusals(orders, categoryCount).Concat(RestrictionRefusals(orders, isMember)).Concat(PartyRefusals(orders, state)))
        {
            yield return refusal;
        }

        if (Volume(orders, state).IsZero)
        {
            yield return new(MatchCondition.Volume, $"{ConsumedOrder(orders, state)} is fully consumed");
        }
    }

    /// <summary>Category, trust, prices, tags, application and dataset: what the texts of the orders alone decide (0x00 to 0x11).</summary>
    public static IEnumerable<MatchRefusal> TermRefusals(MatchOrders orders, UInt256 categoryCount)
    {
        var (app, dataset, workerpool, request) = orders;
        if (request.Category != workerpool.Category)
        {
            yield return new(MatchCondition.Category, $"category mismatch between requestorder ({request.Category}) and workerpoolorder ({workerpool.Category})");
        }

        if (request.Category >= categoryCount)
        {
            yield return new(MatchCondition.CategoryExists, $"category {request.Category} does not exist (there are {categoryCount})");
        }

        if (request.Trust > workerpool.Trust)
        {
            yield return new(MatchCondition.Trust, $"workerpoolorder trust is too low (expected {request.Trust}, got {workerpool.Trust})");
        }

        foreach (var refusal in PriceRefusals(app, dataset, workerpool, request).Concat(TagRefusals(orders)))
        {
            yield return refusal;
        }

        if (request.App != app.App)
        {
            yield return new(MatchCondition.App, $"app address mismatch between requestorder ({request.App}) and apporder ({app.App})");
        }

        if (request.Dataset != dataset.Dataset)
        {
            yield return new(MatchCondition.Dataset, $"dataset address mismatch between requestorder ({request.Dataset}) and datasetorder ({dataset.Dataset})");
        }
    }

    /// <summary>Who admits whom (0x12 to 0x1b).</summary>
    public static IEnumerable<MatchRefusal> RestrictionRefusals(MatchOrders orders, Func<Address, Address, bool> isMember)
    {
        var (app, dataset, workerpool, request) = orders;
        (MatchCondition Condition, string Order, string Who, Address Restriction, Address Account)[] restrictions =
        [
            (MatchCondition.RequestWorkerpool, "requestorder", "workerpool", request.Workerpool, workerpool.Workerpool),
            (MatchCondition.AppDatasetRestrict, "apporder", "dataset", app.DatasetRestrict, dataset.Dataset),
            (MatchCondition.AppWorkerpoolRestrict, "apporder", "workerpool", app.WorkerpoolRestrict, workerpool.Workerpool),
            (MatchCondition.AppRequesterRestrict, "apporder", "requester", app.RequesterRestrict, request.Requester),
            (MatchCondition.DatasetAppRestrict, "datasetorder", "app", dataset.AppRestrict, app.App),
            (MatchCondition.DatasetWorkerpoolRestrict, "datasetorder", "workerpool", dataset.WorkerpoolRestrict, workerpool.Workerpool),
            (MatchCondition.DatasetRequesterRestrict, "datasetorder", "requester", dataset.RequesterRestrict, request.Requester),
            (MatchCondition.WorkerpoolAppRestrict, "workerpoolorder", "app", workerpool.AppRestrict, app.App),
            (MatchCondition.WorkerpoolDatasetRestrict, "workerpoolorder", "dataset", workerpool.DatasetRestrict, dataset.Dataset),
            (MatchCondition.WorkerpoolRequesterRestrict, "workerpoolorder", "requester", workerpool.RequesterRestrict, request.Requester),
        ];
        return restrictions
            .Where(item => !item.Restriction.IsZero && item.Restriction != item.Account && !isMember(item.Restriction, item.Account))
            .Select(item => new MatchRefusal(
                item.Condition,
                item.Condition == MatchCondition.RequestWorkerpool
                    ? $"workerpool address mismatch between requestorder ({item.Restriction}) and workerpoolorder ({item.Account})"
                    : $"{item.Order} is restricted to {item.Who} {item.Restriction}, which {(item.Account.IsZero ? $"a request without {item.Who}" : item.Account.ToString())} is not"));
    }

    /// <summary>Registrations and signatures (0x20 to 0x50).</summary>
    public static IEnumerable<MatchRefusal> PartyRefusals(MatchOrders orders, MatchState state)
    {
        if (!state.App.Registered)
        {
            yield return new(MatchCondition.AppRegistered, $"No app deployed at address {orders.App.App}");
        }

        if (!state.App.SignatureValid)
        {
            yield return new(MatchCondition.AppSignature, "apporder invalid sign");
        }

        if (orders.HasDataset && !state.Dataset.Registered)
        {
            yield return new(MatchCondition.DatasetRegistered, $"No dataset deployed at address {orders.Dataset.Dataset}");
        }

        if (orders.HasDataset && !state.Dataset.SignatureValid)
        {
            yield return new(MatchCondition.DatasetSignature, "datasetorder invalid sign");
        }

        if (!state.Workerpool.Registered)
        {
            yield return new(MatchCondition.WorkerpoolRegistered, $"No workerpool deployed at address {orders.Workerpool.Workerpool}");
        }

        if (!state.Workerpool.SignatureValid)
        {
            yield return new(MatchCondition.WorkerpoolSignature, "workerpoolorder invalid sign");
        }

        if (!state.Request.SignatureValid)
        {
            yield return new(MatchCondition.RequestSignature, "requestorder invalid sign");
        }
    }

    /// <summary>Tasks that the deal would have: the least that any order has left.</summary>
    public static UInt256 Volume(MatchOrders orders, MatchState state)
    {
        var volume = UInt256.Min(
            UInt256.Min(Left(orders.App, state.App), Left(orders.Workerpool, state.Workerpool)),
            Left(orders.Request, state.Request));
        return orders.HasDataset ? UInt256.Min(volume, Left(orders.Dataset, state.Dataset)) : volume;
    }

    // A closed order counts as wholly consumed, so nothing is ever consumed beyond the volume; zero is the safe answer if it were.
    private static UInt256 Left(Order order, OrderState state) => order.Volume > state.Consumed ? order.Volume - state.Consumed : UInt256.Zero;

    private static string ConsumedOrder(MatchOrders orders, MatchState state) =>
        Left(orders.App, state.App).IsZero ? "apporder"
        : orders.HasDataset && Left(orders.Dataset, state.Dataset).IsZero ? "datasetorder"
        : Left(orders.Workerpool, state.Workerpool).IsZero ? "workerpoolorder"
        : "requestorder";

    private static IEnumerable<MatchRefusal> PriceRefusals(AppOrder app, DatasetOrder dataset, WorkerpoolOrder workerpool, RequestOrder request)
    {
        if (request.AppMaxPrice < app.AppPrice)
        {
            yield return new(MatchCondition.AppPrice, $"appmaxprice too low (expected {app.AppPrice}, got {request.AppMaxPrice})");
        }

        if (request.DatasetMaxPrice < dataset.DatasetPrice)
        {
            yield return new(MatchCondition.DatasetPrice, $"datasetmaxprice too low (expected {dataset.DatasetPrice}, got {request.DatasetMaxPrice})");
        }

        if (request.WorkerpoolMaxPrice < workerpool.WorkerpoolPrice)
        {
            yield return new(MatchCondition.WorkerpoolPrice, $"workerpoolmaxprice too low (expected {workerpool.WorkerpoolPrice}, got {request.WorkerpoolMaxPrice})");
        }
    }

    private static IEnumerable<MatchRefusal> TagRefusals(MatchOrders orders)
    {
        var missing = orders.DealTag.Except(orders.Workerpool.Tag);
        if (!missing.IsNone)
        {
            yield return new(MatchCondition.Tag, $"Missing tags [{string.Join(',', TagNames.Of(missing))}] in workerpoolorder");
        }

        if (orders.DealTag.Has(Tag.TeeBit) && !orders.App.Tag.Has(Tag.TeeBit))
        {
            yield return new(MatchCondition.Tee, "Missing tag [tee] in apporder");
        }
    }
}
