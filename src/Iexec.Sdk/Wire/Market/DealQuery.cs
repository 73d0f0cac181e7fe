using Iexec.Ethereum;
using Iexec.Poco;

namespace Iexec.Sdk.Wire.Market;

/// <summary>Deals, newest first. What is null does not filter.</summary>
public sealed record DealQuery
{
    /// <summary>The category.</summary>
    public UInt256? Category { get; init; }

    /// <summary>Who bought.</summary>
    public Address? Requester { get; init; }

    /// <summary>Who owns the results.</summary>
    public Address? Beneficiary { get; init; }

    /// <summary>The application.</summary>
    public Address? App { get; init; }

    /// <summary>The dataset.</summary>
    public Address? Dataset { get; init; }

    /// <summary>The worker pool.</summary>
    public Address? Workerpool { get; init; }

    /// <summary>The application's owner.</summary>
    public Address? AppOwner { get; init; }

    /// <summary>The dataset's owner.</summary>
    public Address? DatasetOwner { get; init; }

    /// <summary>The pool's owner.</summary>
    public Address? WorkerpoolOwner { get; init; }

    /// <summary>The app order.</summary>
    public OrderHash? AppOrder { get; init; }

    /// <summary>The dataset order.</summary>
    public OrderHash? DatasetOrder { get; init; }

    /// <summary>The workerpool order.</summary>
    public OrderHash? WorkerpoolOrder { get; init; }

    /// <summary>The request order.</summary>
    public OrderHash? RequestOrder { get; init; }

    /// <summary>From 0; not counted when <see cref="After"/> is given.</summary>
    public int PageIndex { get; init; }

    /// <summary>
    /// The <see cref="MarketPage{T}.NextAfter"/> of the page before: the listing goes on behind its last item, whatever came or went meanwhile.
    /// </summary>
    public string? After { get; init; }

    /// <summary>10 to 1000.</summary>
    public int PageSize { get; init; } = 20;

    internal QueryText ToQuery(ulong chainId)
    {
        var query = new QueryText();
        query.Add("category", Category?.ToString());
        query.Add("requester", Requester?.ToString());
        query.Add("beneficiary", Beneficiary?.ToString());
        query.Add("app", App?.ToString());
        query.Add("dataset", Dataset?.ToString());
        query.Add("workerpool", Workerpool?.ToString());
        query.Add("appOwner", AppOwner?.ToString());
        query.Add("datasetOwner", DatasetOwner?.ToString());
        query.Add("workerpoolOwner", WorkerpoolOwner?.ToString());
        query.Add("apporderHash", AppOrder?.ToString());
        query.Add("datasetorderHash", DatasetOrder?.ToString());
        query.Add("workerpoolorderHash", WorkerpoolOrder?.ToString());
        query.Add("requestorderHash", RequestOrder?.ToString());
        query.Add("chainId", chainId);
        query.AddPlace(After, PageIndex);
        query.Add("pageSize", (ulong)PageSize);
        return query;
    }
}
