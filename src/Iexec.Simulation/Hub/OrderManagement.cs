using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Orders consented to, or withdrawn, on the chain: by the owner of the asset (the requester for requests), as caller or by signature of the typed operation.</summary>
internal static class OrderManagement
{
    private const byte Sign = 0;
    private const byte Close = 1;

    /// <summary><c>manageAppOrder</c>. SignedAppOrder or ClosedAppOrder.</summary>
    public static void ManageApp(this Execution execution, Address sender, AbiReader arguments) =>
        execution.Manage(OrderSchemas.App, sender, arguments, order => execution.OwnerOf(order.App));

    /// <summary><c>manageDatasetOrder</c>. SignedDatasetOrder or ClosedDatasetOrder.</summary>
    public static void ManageDataset(this Execution execution, Address sender, AbiReader arguments) =>
        execution.Manage(OrderSchemas.Dataset, sender, arguments, order => execution.OwnerOf(order.Dataset));

    /// <summary><c>manageWorkerpoolOrder</c>. SignedWorkerpoolOrder or ClosedWorkerpoolOrder.</summary>
    public static void ManageWorkerpool(this Execution execution, Address sender, AbiReader arguments) =>
        execution.Manage(OrderSchemas.Workerpool, sender, arguments, order => execution.OwnerOf(order.Workerpool));

    /// <summary><c>manageRequestOrder</c>. SignedRequestOrder or ClosedRequestOrder.</summary>
    public static void ManageRequest(this Execution execution, Address sender, AbiReader arguments) =>
        execution.Manage(OrderSchemas.Request, sender, arguments, order => order.Requester);

    private static void Manage<TOrder>(
        this Execution execution, OrderSchema<TOrder> schema, Address sender, AbiReader arguments, Func<TOrder, Address> ownerOf)
        where TOrder : Order
    {
        var (order, operation, sign) = arguments.DynamicTuple(tuple => (schema.ReadAbi(tuple).Order, tuple.Byte(), tuple.Bytes()));
        Refusal.Unless(operation is Sign or Close);
        var owner = ownerOf(order);
        var domain = execution.Settings.Configuration.Domain;
        Refusal.Unless(
            sender == owner || execution.IsSignature(owner, schema.OperationDigest(order, operation, domain), sign), "invalid-sender-or-signature");
        var hash = schema.Hash(order, domain);
        if (operation == Sign)
        {
            execution.ChangeHub(hub => hub with { Consents = hub.Consents.SetItem(hash, new Consent(owner, OnChain: true)) });
            execution.LogOrder("Signed", order.Kind, hash);
        }
        else
        {
            execution.ChangeHub(hub => hub with { Consumed = hub.Consumed.SetItem(hash, order.Volume) });
            execution.LogOrder("Closed", order.Kind, hash);
        }
    }
}
