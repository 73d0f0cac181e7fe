using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Eip712;
using Iexec.Poco;
using Iexec.Poco.Orders;

namespace Iexec.Testing.Contracts;

/// <summary>The four orders of a match.</summary>
public sealed record SignedOrders(Signed<AppOrder> App, Signed<DatasetOrder> Dataset, Signed<WorkerpoolOrder> Workerpool, Signed<RequestOrder> Request)
{
    private static readonly string Types = string.Join(
        ',', OrderSchemas.App.AbiTuple, OrderSchemas.Dataset.AbiTuple, OrderSchemas.Workerpool.AbiTuple, OrderSchemas.Request.AbiTuple);

    /// <summary>The dataset's place in a match without one.</summary>
    public static Signed<DatasetOrder> NoDataset { get; } = new(DatasetOrder.None, ReadOnlyMemory<byte>.Empty);

    /// <summary>A call of any function that takes exactly four orders, e.g. <c>matchOrders</c> or <c>sponsorMatchOrdersBoost</c>.</summary>
    public byte[] Encode(string function)
    {
        var call = new AbiWriter();
        OrderSchemas.App.WriteAbi(call, App);
        OrderSchemas.Dataset.WriteAbi(call, Dataset);
        OrderSchemas.Workerpool.WriteAbi(call, Workerpool);
        OrderSchemas.Request.WriteAbi(call, Request);
        return call.ToCallData(new AbiSignature($"{function}({Types})").Selector);
    }

    /// <summary>The deal that they become when <paramref name="consumed"/> tasks of the request are already in others.</summary>
    public DealId DealId(Eip712Domain domain, UInt256 consumed = default) => Iexec.Poco.DealId.Of(OrderSchemas.Request.Hash(Request.Order, domain), consumed);
}
