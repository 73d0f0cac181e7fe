using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;

namespace Iexec.Simulation.Hub;

/// <summary>The four signed orders as arguments of a call.</summary>
internal static class SignedOrdersCodec
{
    public static SignedOrders Read(AbiReader arguments) => new(
        OrderSchemas.App.ReadAbi(arguments),
        OrderSchemas.Dataset.ReadAbi(arguments),
        OrderSchemas.Workerpool.ReadAbi(arguments),
        OrderSchemas.Request.ReadAbi(arguments));
}
