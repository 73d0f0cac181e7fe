using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;

namespace Iexec.Simulation.Hub;

/// <summary>The four signed orders as arguments of a call.</summary>
internal static class SignedOrdersCodec
{
    /// <summary>Their types in the signature of a function.</summary>
    public static string Types { get; } =
        $"{OrderSchemas.App.AbiTuple},{OrderSchemas.Dataset.AbiTuple},{OrderSchemas.Workerpool.AbiTuple},{OrderSchemas.Request.AbiTuple}";

    public static SignedOrders Read(AbiReader arguments) => new(
        OrderSchemas.App.ReadAbi(arguments),
        OrderSchemas.Dataset.ReadAbi(arguments),
        OrderSchemas.Workerpool.ReadAbi(arguments),
        OrderSchemas.Request.ReadAbi(arguments));

    public static AbiWriter Write(SignedOrders orders)
    {
        var call = new AbiWriter();
        OrderSchemas.App.WriteAbi(call, orders.App);
        OrderSchemas.Dataset.WriteAbi(call, orders.Dataset);
        OrderSchemas.Workerpool.WriteAbi(call, orders.Workerpool);
        OrderSchemas.Request.WriteAbi(call, orders.Request);
        return call;
    }
}
