using System.Text.Json.Nodes;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Runs;

/// <summary>
/// What <c>iexec run</c> has done so far, so that a run that was interrupted goes on and nothing is paid twice:
/// <c>.iexec-run.json</c>, keyed by chain id. Whatever it says is checked before it is believed.
/// </summary>
internal sealed class RunJournal(ProjectFolder project, ulong chainId, TimeProvider time)
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".iexec-run.json";

    private readonly JsonFile _file = new(project[FileName]);
    private readonly string _chain = chainId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A remembered value; null when there is none.</summary>
    public string? Find(string kind, string key) =>
        _file.TryRead()?.Section(_chain, kind) is { } values && values[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>
    /// Held from the first look at what is done until the purchase is on the disk: of two runs in one folder the second waits, and finds what the
    /// first has built, registered and bought.
    /// </summary>
    /// <param name="waits">Told once if another run holds it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<FileLock> LockAsync(Action waits, CancellationToken cancellationToken) =>
        FileLock.TakeAsync(project[FileName + ".buying"], time, waits, cancellationToken);

    /// <summary>Remembers a value, on the disk when this is done.</summary>
    public async Task SaveAsync(string kind, string key, string value, CancellationToken cancellationToken)
    {
        // A run that has bought already writes its end while another one buys: none may write over what the other has written.
        using var alone = await FileLock.TakeAsync(project[FileName + ".lock"], time, null, cancellationToken).ConfigureAwait(false);
        _file.Update(root => Within(Within(root, _chain), kind)[key] = value);
    }

    /// <summary>The orders of a purchase that was begun; null when there is none, or it cannot be read.</summary>
    public OrderSet? FindPurchase(string key)
    {
        if (Find("orders", key) is not { } text)
        {
            return null;
        }

        try
        {
            var orders = JsonNode.Parse(text)!.AsObject();
            Signed<TOrder> Read<TOrder>(OrderSchema<TOrder> schema, string name)
                where TOrder : Order => schema.ReadSignedJson(JsonText.ToElement(orders[name]!));

            return new OrderSet(
                Read(OrderSchemas.App, "app"),
                orders["dataset"] is null ? OrderSet.NoDataset : Read(OrderSchemas.Dataset, "dataset"),
                Read(OrderSchemas.Workerpool, "workerpool"),
                Read(OrderSchemas.Request, "request"));
        }
        catch (Exception damaged) when (damaged is System.Text.Json.JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>
    /// Remembers the signed orders before they are sent. Sending them again cannot buy twice: the request is for one task.
    /// </summary>
    public Task SavePurchaseAsync(string key, OrderSet set, CancellationToken cancellationToken)
    {
        var orders = new JsonObject
        {
            ["app"] = JsonText.ObjectFrom(writer => OrderSchemas.App.WriteJson(writer, set.App)),
            ["workerpool"] = JsonText.ObjectFrom(writer => OrderSchemas.Workerpool.WriteJson(writer, set.Workerpool)),
            ["request"] = JsonText.ObjectFrom(writer => OrderSchemas.Request.WriteJson(writer, set.Request)),
        };
        if (!set.Request.Order.Dataset.IsZero)
        {
            orders["dataset"] = JsonText.ObjectFrom(writer => OrderSchemas.Dataset.WriteJson(writer, set.Dataset));
        }

        return SaveAsync("orders", key, JsonText.ToLine(orders), cancellationToken);
    }

    /// <summary>True if the purchase has ended, with a result or without.</summary>
    public bool IsSettled(string key, DealId deal) => Find("settled", key) == deal.ToString();

    /// <summary>Remembers that a purchase has ended.</summary>
    public Task SaveSettledAsync(string key, DealId deal, CancellationToken cancellationToken) =>
        IsSettled(key, deal) ? Task.CompletedTask : SaveAsync("settled", key, deal.ToString(), cancellationToken);

    private static JsonObject Within(JsonObject root, string name)
    {
        if (root[name] is not JsonObject inner)
        {
            root[name] = inner = [];
        }

        return inner;
    }
}
