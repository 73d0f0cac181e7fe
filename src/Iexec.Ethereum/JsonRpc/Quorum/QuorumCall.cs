using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iexec.Ethereum.JsonRpc.Quorum;

/// <summary>One call of a request, with the JSON text of its id and its params.</summary>
internal sealed record QuorumCall(string Id, string Method, string Params)
{
    /// <summary>Asks for the state of the newest block, which differs between nodes by moments.</summary>
    public bool IsOfLatest => Method != "eth_getTransactionCount" && Params.Contains("\"latest\"", StringComparison.Ordinal);

    /// <summary>The calls of a request, be it one or a batch.</summary>
    public static IReadOnlyList<QuorumCall> Read(JsonElement request) => request.ValueKind == JsonValueKind.Array
        ? [.. request.EnumerateArray().Select(ReadOne)]
        : [ReadOne(request)];

    /// <summary>The same question about a block that enough nodes have.</summary>
    public QuorumCall At(string block)
    {
        var items = JsonNode.Parse(Params)!.AsArray();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonValue value && value.TryGetValue<string>(out var text) && text == "latest")
            {
                items[i] = block;
            }
        }

        return this with { Params = items.ToJsonString() };
    }

    private static QuorumCall ReadOne(JsonElement call) =>
        new(call.GetProperty("id").GetRawText(), call.GetProperty("method").GetString()!, call.GetProperty("params").GetRawText());
}
