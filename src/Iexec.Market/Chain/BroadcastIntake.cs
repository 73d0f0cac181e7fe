using System.Text.Json;
using Iexec.Ethereum.JsonRpc;
using Iexec.Market.Http;
using Iexec.Market.Publishing;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Microsoft.Extensions.Logging;

namespace Iexec.Market.Chain;

/// <summary>
/// Lists the orders that were published in the log of the chain. They pass the same checks as any other, but nobody has to log in: whoever holds a signed
/// order could match it anyway. What is not acceptable is left out; its sender has paid for the attempt.
/// </summary>
internal sealed class BroadcastIntake(OrderPublisher publisher, ILogger logger)
{
    public async Task TakeAsync(IReadOnlyList<HubEvent> events, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            await (e switch
            {
                HubEvent.OrderBroadcast<AppOrder> app => TakeAsync(OrderSchemas.App, app.Signed, cancellationToken),
                HubEvent.OrderBroadcast<DatasetOrder> dataset => TakeAsync(OrderSchemas.Dataset, dataset.Signed, cancellationToken),
                HubEvent.OrderBroadcast<WorkerpoolOrder> pool => TakeAsync(OrderSchemas.Workerpool, pool.Signed, cancellationToken),
                HubEvent.OrderBroadcast<RequestOrder> request => TakeAsync(OrderSchemas.Request, request.Signed, cancellationToken),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task TakeAsync<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> signed, CancellationToken cancellationToken)
        where TOrder : Order
    {
        try
        {
            await publisher.PublishAsync(schema, Checked(schema, signed), visitor: null, cancellationToken);
        }
        catch (IexecException refusal) when (refusal.Code is ErrorCode.BusinessError or ErrorCode.ValidationError)
        {
            logger.LogDebug("A broadcast order is not listed: {Reason}", refusal.Message);
        }
        catch (JsonRpcException odd) when (odd.Kind is NodeErrorKind.Other or NodeErrorKind.Halted or NodeErrorKind.Reverted)
        {
            // A stranger's contract was asked about the order. Whatever the node made of that, the chain is followed on: who sent the order can still post it.
            logger.LogWarning("A broadcast order is not listed, the node says: {Reason}", odd.Message);
        }
    }

    /// <summary>The order, read as if it had been posted: amounts that the gateway could not show are refused here too.</summary>
    private static Signed<TOrder> Checked<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> signed)
        where TOrder : Order
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("order");
            schema.WriteJson(writer, signed);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return SignedOrderReader.Read(schema, document.RootElement);
    }
}
