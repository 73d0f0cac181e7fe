using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="OrderManagement"/>, <see cref="Signatures"/>, <see cref="OrderVolumes"/> and <see cref="DatasetCompatibility"/>.</summary>
internal static class OrderFunctions
{
    public static FunctionTable Table => new()
    {
        [$"manageAppOrder(({OrderSchemas.App.AbiTuple},uint8,bytes))"] = (execution, message, arguments, _) => execution.ManageApp(message.Sender, arguments),
        [$"manageDatasetOrder(({OrderSchemas.Dataset.AbiTuple},uint8,bytes))"] = (execution, message, arguments, _) =>
            execution.ManageDataset(message.Sender, arguments),
        [$"manageWorkerpoolOrder(({OrderSchemas.Workerpool.AbiTuple},uint8,bytes))"] = (execution, message, arguments, _) =>
            execution.ManageWorkerpool(message.Sender, arguments),
        [$"manageRequestOrder(({OrderSchemas.Request.AbiTuple},uint8,bytes))"] = (execution, message, arguments, _) =>
            execution.ManageRequest(message.Sender, arguments),
        ["verifySignature(address,bytes32,bytes)"] = (execution, _, arguments, results) =>
            results.Bool(execution.IsSignature(arguments.Address(), arguments.Bytes32(), arguments.Bytes())),
        ["verifyPresignature(address,bytes32)"] = (execution, _, arguments, results) =>
            results.Bool(execution.IsPresigned(arguments.Address(), new OrderHash(arguments.Bytes32()))),
        ["verifyPresignatureOrSignature(address,bytes32,bytes)"] = (execution, _, arguments, results) =>
            results.Bool(execution.IsConsent(arguments.Address(), new OrderHash(arguments.Bytes32()), arguments.Bytes())),
        ["viewConsumed(bytes32)"] = (execution, _, arguments, results) => results.Uint(execution.Consumed(new OrderHash(arguments.Bytes32()))),
        ["viewPresigned(bytes32)"] = (execution, _, arguments, results) =>
            results.Address(execution.State.Hub.Consents.GetValueOrDefault(new OrderHash(arguments.Bytes32())) is { OnChain: true } consent ? consent.Account : default),
        [$"computeDealVolume({SignedOrdersCodec.Types})"] = (execution, _, arguments, results) =>
        {
            var orders = SignedOrdersCodec.Read(arguments).Orders;
            results.Uint(execution.DealVolume(orders, MatchedHashes.Of(execution, orders)));
        },
        [$"assertDatasetDealCompatibility({OrderSchemas.Dataset.AbiTuple},bytes32)"] = (execution, _, arguments, _) =>
            execution.AssertCompatible(OrderSchemas.Dataset.ReadAbi(arguments), new DealId(arguments.Bytes32())),
    };
}
