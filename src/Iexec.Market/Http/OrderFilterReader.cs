using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Orders;

namespace Iexec.Market.Http;

/// <summary>The filters of the four listings.</summary>
internal static class OrderFilterReader
{
    public static OrderFilter Read(OrderKind kind, QueryReader query) => kind switch
    {
        OrderKind.App => Common(kind, query) with
        {
            App = Needed(query.Term("app"), query.Address("appOwner"), "app or appOwner is required"),
            Signer = query.Address("appOwner"),
            Dataset = query.Term("dataset", "isDatasetStrict"),
            Workerpool = query.Term("workerpool", "isWorkerpoolStrict"),
            Requester = query.Term("requester", "isRequesterStrict"),
        },
        OrderKind.Dataset => Common(kind, query) with
        {
            Dataset = Needed(query.Term("dataset"), query.Address("datasetOwner"), "dataset or datasetOwner is required"),
            Signer = query.Address("datasetOwner"),
            App = query.Term("app", "isAppStrict"),
            Workerpool = query.Term("workerpool", "isWorkerpoolStrict"),
            Requester = query.Term("requester", "isRequesterStrict"),
            BulkOnly = query.Flag("bulkOnly"),
        },
        OrderKind.Workerpool => Common(kind, query) with
        {
            Workerpool = query.Term("workerpool"),
            Signer = query.Address("workerpoolOwner"),
            Category = query.Number("category"),
            App = query.Term("app", "isAppStrict"),
            Dataset = query.Term("dataset", "isDatasetStrict"),
            Requester = query.Term("requester", "isRequesterStrict"),
            MinTrust = query.Number("minTrust"),
        },
        _ => Common(kind, query) with
        {
            Requester = query.Term("requester"),
            Beneficiary = query.Term("beneficiary").Value,
            App = query.Term("app"),
            Dataset = query.Term("dataset"),
            Category = query.Number("category"),
            Workerpool = query.Term("workerpool", "isWorkerpoolStrict"),
            MaxTrust = query.Number("maxTrust"),
        },
    };

    private static OrderFilter Common(OrderKind kind, QueryReader query) => new(kind)
    {
        MinTag = query.Tag("minTag"),
        MaxTag = query.Tag("maxTag"),
        MinVolume = query.Number("minVolume"),
    };

    private static AddressTerm Needed(AddressTerm asset, Address? owner, string message) =>
        asset.IsGiven || owner is not null ? asset : throw YupText.Invalid(message);
}
