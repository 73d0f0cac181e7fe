using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Sdk.Wire.Market;

/// <summary>What every listing of open orders can filter by.</summary>
public abstract record OrderQuery
{
    /// <summary>Every condition of this tag is in the order's tag.</summary>
    public Tag? MinTag { get; init; }

    /// <summary>No condition of the order's tag is outside this one.</summary>
    public Tag? MaxTag { get; init; }

    /// <summary>At least so many tasks remain.</summary>
    public UInt256? MinVolume { get; init; }

    /// <summary>From 0; not counted when <see cref="After"/> is given.</summary>
    public int PageIndex { get; init; }

    /// <summary>
    /// The <see cref="MarketPage{T}.NextAfter"/> of the page before: the listing goes on behind its last item, whatever came or went meanwhile.
    /// </summary>
    public string? After { get; init; }

    /// <summary>10 to 1000.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Which book.</summary>
    public abstract OrderKind Kind { get; }

    internal QueryText ToQuery(ulong chainId)
    {
        var query = new QueryText();
        Write(query);
        query.Add("chainId", chainId);
        query.Add("maxTag", MaxTag?.ToString());
        query.Add("minTag", MinTag?.ToString());
        query.Add("minVolume", MinVolume?.ToString());
        query.AddPlace(After, PageIndex);
        query.Add("pageSize", (ulong)PageSize);
        return query;
    }

    private protected abstract void Write(QueryText query);
}

/// <summary>Filters of open app and dataset orders.</summary>
public abstract record AssetOrderQuery : OrderQuery
{
    /// <summary>Restriction to a worker pool.</summary>
    public AddressFilter Workerpool { get; init; }

    /// <summary>Only orders restricted to that pool.</summary>
    public bool IsWorkerpoolStrict { get; init; }

    /// <summary>Restriction to a requester.</summary>
    public AddressFilter Requester { get; init; }

    /// <summary>Only orders restricted to that requester.</summary>
    public bool IsRequesterStrict { get; init; }

    private protected void WriteRestrictions(QueryText query)
    {
        query.Add("workerpool", Workerpool.Text);
        query.Add("isWorkerpoolStrict", IsWorkerpoolStrict);
        query.Add("requester", Requester.Text);
        query.Add("isRequesterStrict", IsRequesterStrict);
    }
}

/// <summary>Open app orders. App or owner is required.</summary>
public sealed record AppOrderQuery : AssetOrderQuery
{
    /// <summary>The application.</summary>
    public AddressFilter App { get; init; }

    /// <summary>Who signed.</summary>
    public Address? AppOwner { get; init; }

    /// <summary>Restriction to a dataset.</summary>
    public AddressFilter Dataset { get; init; }

    /// <summary>Only orders restricted to that dataset.</summary>
    public bool IsDatasetStrict { get; init; }

    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.App;

    private protected override void Write(QueryText query)
    {
        query.Add("app", App.Text);
        query.Add("appOwner", AppOwner?.ToString());
        query.Add("dataset", Dataset.Text);
        query.Add("isDatasetStrict", IsDatasetStrict);
        WriteRestrictions(query);
    }
}

/// <summary>Open dataset orders. Dataset or owner is required.</summary>
public sealed record DatasetOrderQuery : AssetOrderQuery
{
    /// <summary>The dataset.</summary>
    public AddressFilter Dataset { get; init; }

    /// <summary>Who signed.</summary>
    public Address? DatasetOwner { get; init; }

    /// <summary>Restriction to an application.</summary>
    public AddressFilter App { get; init; }

    /// <summary>Only orders restricted to that application.</summary>
    public bool IsAppStrict { get; init; }

    /// <summary>Only free orders of practically unlimited volume.</summary>
    public bool BulkOnly { get; init; }

    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.Dataset;

    private protected override void Write(QueryText query)
    {
        query.Add("dataset", Dataset.Text);
        query.Add("datasetOwner", DatasetOwner?.ToString());
        query.Add("app", App.Text);
        query.Add("isAppStrict", IsAppStrict);
        WriteRestrictions(query);
        query.Add("bulkOnly", BulkOnly);
    }
}

/// <summary>Open workerpool orders.</summary>
public sealed record WorkerpoolOrderQuery : OrderQuery
{
    /// <summary>The pool.</summary>
    public AddressFilter Workerpool { get; init; }

    /// <summary>Who signed.</summary>
    public Address? WorkerpoolOwner { get; init; }

    /// <summary>The category.</summary>
    public UInt256? Category { get; init; }

    /// <summary>At least this trust.</summary>
    public UInt256? MinTrust { get; init; }

    /// <summary>Restriction to an application.</summary>
    public AddressFilter App { get; init; }

    /// <summary>Only orders restricted to that application.</summary>
    public bool IsAppStrict { get; init; }

    /// <summary>Restriction to a dataset.</summary>
    public AddressFilter Dataset { get; init; }

    /// <summary>Only orders restricted to that dataset.</summary>
    public bool IsDatasetStrict { get; init; }

    /// <summary>Restriction to a requester.</summary>
    public AddressFilter Requester { get; init; }

    /// <summary>Only orders restricted to that requester.</summary>
    public bool IsRequesterStrict { get; init; }

    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.Workerpool;

    private protected override void Write(QueryText query)
    {
        query.Add("workerpool", Workerpool.Text);
        query.Add("workerpoolOwner", WorkerpoolOwner?.ToString());
        query.Add("category", Category?.ToString());
        query.Add("minTrust", MinTrust?.ToString());
        query.Add("app", App.Text);
        query.Add("isAppStrict", IsAppStrict);
        query.Add("dataset", Dataset.Text);
        query.Add("isDatasetStrict", IsDatasetStrict);
        query.Add("requester", Requester.Text);
        query.Add("isRequesterStrict", IsRequesterStrict);
    }
}

/// <summary>Open request orders.</summary>
public sealed record RequestOrderQuery : OrderQuery
{
    /// <summary>Who pays.</summary>
    public AddressFilter Requester { get; init; }

    /// <summary>Who owns the result.</summary>
    public AddressFilter Beneficiary { get; init; }

    /// <summary>The application.</summary>
    public AddressFilter App { get; init; }

    /// <summary>The dataset.</summary>
    public AddressFilter Dataset { get; init; }

    /// <summary>The pool that is asked for.</summary>
    public AddressFilter Workerpool { get; init; }

    /// <summary>Only requests for that pool.</summary>
    public bool IsWorkerpoolStrict { get; init; }

    /// <summary>The category.</summary>
    public UInt256? Category { get; init; }

    /// <summary>At most this trust.</summary>
    public UInt256? MaxTrust { get; init; }

    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.Request;

    private protected override void Write(QueryText query)
    {
        query.Add("requester", Requester.Text);
        query.Add("beneficiary", Beneficiary.Text);
        query.Add("app", App.Text);
        query.Add("dataset", Dataset.Text);
        query.Add("workerpool", Workerpool.Text);
        query.Add("isWorkerpoolStrict", IsWorkerpoolStrict);
        query.Add("category", Category?.ToString());
        query.Add("maxTrust", MaxTrust?.ToString());
    }
}
