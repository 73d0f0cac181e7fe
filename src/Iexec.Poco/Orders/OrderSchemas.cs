using Iexec.Ethereum;
using Iexec.Ethereum.Eip712;
using static Iexec.Poco.Orders.OrderFieldTypes;

namespace Iexec.Poco.Orders;

/// <summary>The four schemas. The tables below are the only place that names an order's members.</summary>
public static class OrderSchemas
{
    /// <summary>AppOrder.</summary>
    public static OrderSchema<AppOrder> App { get; } = new(
        "AppOrder",
        new AppOrder { App = default, Volume = default },
        Field<AppOrder, Address>("app", OrderFieldTypes.Address, o => o.App, (o, v) => o with { App = v }),
        Field<AppOrder, UInt256>("appprice", Price, o => o.AppPrice, (o, v) => o with { AppPrice = v }),
        Field<AppOrder, UInt256>("volume", Uint256, o => o.Volume, (o, v) => o with { Volume = v }),
        Field<AppOrder, Tag>("tag", OrderFieldTypes.Tag, o => o.Tag, (o, v) => o with { Tag = v }),
        Field<AppOrder, Address>("datasetrestrict", OrderFieldTypes.Address, o => o.DatasetRestrict, (o, v) => o with { DatasetRestrict = v }),
        Field<AppOrder, Address>("workerpoolrestrict", OrderFieldTypes.Address, o => o.WorkerpoolRestrict, (o, v) => o with { WorkerpoolRestrict = v }),
        Field<AppOrder, Address>("requesterrestrict", OrderFieldTypes.Address, o => o.RequesterRestrict, (o, v) => o with { RequesterRestrict = v }));

    /// <summary>DatasetOrder.</summary>
    public static OrderSchema<DatasetOrder> Dataset { get; } = new(
        "DatasetOrder",
        new DatasetOrder { Dataset = default, Volume = default },
        Field<DatasetOrder, Address>("dataset", OrderFieldTypes.Address, o => o.Dataset, (o, v) => o with { Dataset = v }),
        Field<DatasetOrder, UInt256>("datasetprice", Price, o => o.DatasetPrice, (o, v) => o with { DatasetPrice = v }),
        Field<DatasetOrder, UInt256>("volume", Uint256, o => o.Volume, (o, v) => o with { Volume = v }),
        Field<DatasetOrder, Tag>("tag", OrderFieldTypes.Tag, o => o.Tag, (o, v) => o with { Tag = v }),
        Field<DatasetOrder, Address>("apprestrict", OrderFieldTypes.Address, o => o.AppRestrict, (o, v) => o with { AppRestrict = v }),
        Field<DatasetOrder, Address>("workerpoolrestrict", OrderFieldTypes.Address, o => o.WorkerpoolRestrict, (o, v) => o with { WorkerpoolRestrict = v }),
        Field<DatasetOrder, Address>("requesterrestrict", OrderFieldTypes.Address, o => o.RequesterRestrict, (o, v) => o with { RequesterRestrict = v }));

    /// <summary>WorkerpoolOrder.</summary>
    public static OrderSchema<WorkerpoolOrder> Workerpool { get; } = new(
        "WorkerpoolOrder",
        new WorkerpoolOrder { Workerpool = default, Volume = default },
        Field<WorkerpoolOrder, Address>("workerpool", OrderFieldTypes.Address, o => o.Workerpool, (o, v) => o with { Workerpool = v }),
        Field<WorkerpoolOrder, UInt256>("workerpoolprice", Price, o => o.WorkerpoolPrice, (o, v) => o with { WorkerpoolPrice = v }),
        Field<WorkerpoolOrder, UInt256>("volume", Uint256, o => o.Volume, (o, v) => o with { Volume = v }),
        Field<WorkerpoolOrder, Tag>("tag", OrderFieldTypes.Tag, o => o.Tag, (o, v) => o with { Tag = v }),
        Field<WorkerpoolOrder, UInt256>("category", Uint256, o => o.Category, (o, v) => o with { Category = v }),
        Field<WorkerpoolOrder, UInt256>("trust", Uint256, o => o.Trust, (o, v) => o with { Trust = v }),
        Field<WorkerpoolOrder, Address>("apprestrict", OrderFieldTypes.Address, o => o.AppRestrict, (o, v) => o with { AppRestrict = v }),
        Field<WorkerpoolOrder, Address>("datasetrestrict", OrderFieldTypes.Address, o => o.DatasetRestrict, (o, v) => o with { DatasetRestrict = v }),
        Field<WorkerpoolOrder, Address>("requesterrestrict", OrderFieldTypes.Address, o => o.RequesterRestrict, (o, v) => o with { RequesterRestrict = v }));

    /// <summary>RequestOrder.</summary>
    public static OrderSchema<RequestOrder> Request { get; } = new(
        "RequestOrder",
        new RequestOrder { App = default, Requester = default, Volume = default },
        Field<RequestOrder, Address>("app", OrderFieldTypes.Address, o => o.App, (o, v) => o with { App = v }),
        Field<RequestOrder, UInt256>("appmaxprice", Price, o => o.AppMaxPrice, (o, v) => o with { AppMaxPrice = v }),
        Field<RequestOrder, Address>("dataset", OrderFieldTypes.Address, o => o.Dataset, (o, v) => o with { Dataset = v }),
        Field<RequestOrder, UInt256>("datasetmaxprice", Price, o => o.DatasetMaxPrice, (o, v) => o with { DatasetMaxPrice = v }),
        Field<RequestOrder, Address>("workerpool", OrderFieldTypes.Address, o => o.Workerpool, (o, v) => o with { Workerpool = v }),
        Field<RequestOrder, UInt256>("workerpoolmaxprice", Price, o => o.WorkerpoolMaxPrice, (o, v) => o with { WorkerpoolMaxPrice = v }),
        Field<RequestOrder, Address>("requester", OrderFieldTypes.Address, o => o.Requester, (o, v) => o with { Requester = v }),
        Field<RequestOrder, UInt256>("volume", Uint256, o => o.Volume, (o, v) => o with { Volume = v }),
        Field<RequestOrder, Tag>("tag", OrderFieldTypes.Tag, o => o.Tag, (o, v) => o with { Tag = v }),
        Field<RequestOrder, UInt256>("category", Uint256, o => o.Category, (o, v) => o with { Category = v }),
        Field<RequestOrder, UInt256>("trust", Uint256, o => o.Trust, (o, v) => o with { Trust = v }),
        Field<RequestOrder, Address>("beneficiary", OrderFieldTypes.Address, o => o.Beneficiary, (o, v) => o with { Beneficiary = v }),
        Field<RequestOrder, Address>("callback", OrderFieldTypes.Address, o => o.Callback, (o, v) => o with { Callback = v }),
        Field<RequestOrder, string>("params", Text, o => o.Params, (o, v) => o with { Params = v }));

    /// <summary>The EIP-712 digest of an order of any kind.</summary>
    public static OrderHash Hash(Order order, Eip712Domain domain) => order switch
    {
        AppOrder app => App.Hash(app, domain),
        DatasetOrder dataset => Dataset.Hash(dataset, domain),
        WorkerpoolOrder workerpool => Workerpool.Hash(workerpool, domain),
        RequestOrder request => Request.Hash(request, domain),
        _ => throw new ArgumentException($"{order.GetType()} is not an order.", nameof(order)),
    };

    private static OrderField<TOrder> Field<TOrder, TValue>(
        string name, OrderFieldType<TValue> type, Func<TOrder, TValue> get, Func<TOrder, TValue, TOrder> with)
        where TOrder : Order => new OrderField<TOrder, TValue>(name, type, get, with);
}
