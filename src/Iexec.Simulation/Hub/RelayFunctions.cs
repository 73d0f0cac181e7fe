using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Orders published in the log of the chain: anything by anybody, unchecked and not stored.</summary>
internal static class RelayFunctions
{
    public static FunctionTable Table => new()
    {
        [$"broadcastAppOrder({OrderSchemas.App.AbiTuple})"] = (execution, _, arguments, _) => Broadcast(execution, OrderSchemas.App, arguments),
        [$"broadcastDatasetOrder({OrderSchemas.Dataset.AbiTuple})"] = (execution, _, arguments, _) => Broadcast(execution, OrderSchemas.Dataset, arguments),
        [$"broadcastWorkerpoolOrder({OrderSchemas.Workerpool.AbiTuple})"] = (execution, _, arguments, _) => Broadcast(execution, OrderSchemas.Workerpool, arguments),
        [$"broadcastRequestOrder({OrderSchemas.Request.AbiTuple})"] = (execution, _, arguments, _) => Broadcast(execution, OrderSchemas.Request, arguments),
    };

    private static void Broadcast<TOrder>(Execution execution, OrderSchema<TOrder> schema, AbiReader arguments)
        where TOrder : Order
    {
        var order = schema.ReadAbi(arguments);
        execution.Emit(new EventKind($"Broadcast{schema.TypeName}({schema.AbiTuple})").Of(execution.Settings.Hub, [], data =>
        {
            schema.WriteAbi(data, order);
            return data;
        }));
    }
}
