using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>
/// The section <c>order.buy</c> of <c>iexec.json</c>, as version 2 had it: an app, perhaps a dataset, and its command line. With the order of a
/// pool it is an execution.
/// </summary>
internal static class BuyDraft
{
    private static readonly string[] Path = ["order", "buy"];

    /// <summary>Writes a fresh section in place of the former one.</summary>
    public static JsonObject Init(ProjectFolder project, ulong chainId)
    {
        var draft = new JsonObject
        {
            ["app"] = (project.Deployed.Find(AssetKind.App, chainId) ?? Address.Zero).ToString(),
            ["dataset"] = Address.Zero.ToString(),
            ["params"] = new JsonObject { ["cmdline"] = "" },
        };
        _ = project.Iexec.Read();
        project.Iexec.UpdateSection(["order"], orders => orders["buy"] = draft);
        return draft.DeepClone().AsObject();
    }

    /// <summary>The execution on the pool of an order, in its category.</summary>
    /// <exception cref="IexecException">ConfigurationError: no such section; ValidationError with the line.</exception>
    public static ExecutionRequest Read(JsonFile file, WorkerpoolOrder pool)
    {
        var content = file.Read();
        var buy = content.Section(Path) ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"Missing \"buy\" order in \"{file.Name}\"", new Advice($"Draft the purchase in {file.Name} first, and set its app.", Remedy.DraftPurchase));
        Address At(string member) => Text(buy[member]) is { } text && Address.TryParse(text, out var address)
            ? address
            : throw content.Wrong([.. Path, member], $"{buy[member]?.ToJsonString() ?? "nothing"} is not a valid ethereum address");
        var app = At("app");
        if (app.IsZero)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The \"buy\" order in \"{file.Name}\" names no app", "Write the app's address into \"order.buy.app\".");
        }

        return new ExecutionRequest
        {
            App = app,
            Dataset = buy["dataset"] is null ? Address.Zero : At("dataset"),
            Workerpool = pool.Workerpool,
            Category = pool.Category,
            Params = Params(buy["params"]),
        };
    }

    // The command line of version 2 is what is called arguments today; other members pass as they are.
    private static string Params(JsonNode? node)
    {
        if (Text(node) is { } text)
        {
            return ExecutionParams.Create(text.TrimStart().StartsWith('{') ? text : null, text.TrimStart().StartsWith('{') ? null : text, []);
        }

        var members = node?.DeepClone() as JsonObject ?? [];
        if (Text(members["cmdline"]) is { } line)
        {
            members.Remove("cmdline");
            members["iexec_args"] ??= line;
        }

        return JsonText.ToLine(members);
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
