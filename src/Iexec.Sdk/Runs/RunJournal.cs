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
internal sealed class RunJournal(ProjectFolder project, ulong chainId)
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".iexec-run.json";

    private readonly JsonFile _file = new(project[FileName]);
    private readonly string _chain = chainId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A remembered value; null when there is none.</summary>
    public string? Find(string kind, string key) =>
        _file.TryRead()?.Section(_chain, kind) is { } values && values[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Remembers a value, on the disk when this returns.</summary>
    public void Save(string kind, string key, string value) => _file.Update(root => Within(Within(root, _chain), kind)[key] = value);

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
    public void SavePurchase(string key, OrderSet set)
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

        Save("orders", key, JsonText.ToLine(orders));
    }

    /// <summary>True if the purchase has ended, with a result or without.</summary>
    public bool IsSettled(string key, DealId deal) => Find("settled", key) == deal.ToString();

    /// <summary>Remembers that a purchase has ended.</summary>
    public void SaveSettled(string key, DealId deal)
    {
        if (!IsSettled(key, deal))
        {
            Save("settled", key, deal.ToString());
        }
    }

    private static JsonObject Within(JsonObject root, string name)
    {
        if (root[name] is not JsonObject inner)
        {
            root[name] = inner = [];
        }

        return inner;
    }
}
