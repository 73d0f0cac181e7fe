using Iexec.Poco.Orders;

namespace Iexec.Market.Http.Docs;

/// <summary>The parameters that many operations share.</summary>
internal static class ApiParameters
{
    public static ApiParameter ChainId { get; } = new("chainId", "Id of the chain, e.g. 65535.", "integer", IsRequired: true);

    public static ApiParameter Category { get; } = new("category", "Number of a category.", "integer");

    public static IReadOnlyList<ApiParameter> Paging { get; } =
        [new("pageIndex", "Page, from 0.", "integer"), new("pageSize", "Items per page, 10 to 1000; 20 if left out.", "integer")];

    public static ApiParameter After { get; } = new("after", "Instead of pageIndex: the nextAfter of the page before, a place that stays where it is when the book changes.");

    public static IReadOnlyList<ApiParameter> DealFilter { get; } =
    [
        Category,
        .. ((string[])["requester", "beneficiary", "app", "dataset", "workerpool", "appOwner", "datasetOwner", "workerpoolOwner"])
            .Select(name => new ApiParameter(name, "Address.")),
        .. ((string[])["app", "dataset", "workerpool", "request"]).Select(name => new ApiParameter(name + "orderHash", "Hash of an order that it was made of.")),
    ];

    private static readonly IReadOnlyList<ApiParameter> Any =
    [
        new("minTag", "Every bit of it must be set; 32 bytes in hexadecimal."), new("maxTag", "No bit outside of it may be set."),
        new("minVolume", "At least so many tasks left.", "integer"),
    ];

    public static IReadOnlyList<ApiParameter> OrderFilter(OrderKind kind) => kind switch
    {
        OrderKind.App =>
        [
            new("app", "Address. Either this or appOwner is required."), new("appOwner", "Owner of the app."),
            .. Restrictions("dataset", "workerpool", "requester"), .. Any,
        ],
        OrderKind.Dataset =>
        [
            new("dataset", "Address. Either this or datasetOwner is required."), new("datasetOwner", "Owner of the dataset."),
            .. Restrictions("app", "workerpool", "requester"), .. Any, new("bulkOnly", "Only free orders without an end, for bulk processing.", "boolean"),
        ],
        OrderKind.Workerpool =>
        [
            new("workerpool", "Address."), new("workerpoolOwner", "Owner of the worker pool."), Category,
            .. Restrictions("app", "dataset", "requester"), .. Any, new("minTrust", "At least this trust.", "integer"),
        ],
        _ =>
        [
            new("requester", "Who asks."), new("beneficiary", "Who gets the result."), new("app", "Address."), new("dataset", "Address."), Category,
            .. Restrictions("workerpool"), .. Any, new("maxTrust", "At most this trust.", "integer"),
        ],
    };

    private static IEnumerable<ApiParameter> Restrictions(params string[] names) => names.SelectMany(name => (ApiParameter[])
    [
        new(name, $"Orders that this {name} may take: an address, also as a member of a group, or any. Left out: only those that everybody may take."),
        new($"is{char.ToUpperInvariant(name[0])}{name[1..]}Strict", $"Only orders reserved for this {name}.", "boolean"),
    ]);
}
