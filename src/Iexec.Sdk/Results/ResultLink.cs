using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Sdk.Storage;

namespace Iexec.Sdk.Results;

/// <summary>
/// What <c>finalize</c> writes on the chain: UTF-8 JSON such as <c>{ "storage": "ipfs", "location": "/ipfs/Qm…" }</c>. The spaces are part of the
/// bytes that the original writes.
/// </summary>
/// <param name="Storage"><c>ipfs</c>, <c>dropbox</c>, or <c>none</c> when nothing readable is there.</param>
/// <param name="Location">Where in the storage, e.g. <c>/ipfs/Qm…</c>; null when it is not said.</param>
public sealed record ResultLink(string Storage, string? Location)
{
    /// <summary>Nothing was stored, or the bytes are not a link.</summary>
    public static ResultLink None { get; } = new("none", null);

    /// <summary>A result on IPFS.</summary>
    public static ResultLink Ipfs(Cid cid) => new("ipfs", $"/ipfs/{cid}");

    /// <summary>A result that went to a contract.</summary>
    public static ResultLink Callback(Address callback) => new("ethereum", callback.ToString());

    /// <summary>The bytes for the chain.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($$"""{ "storage": "{{Storage}}", "location": "{{Location}}" }""");

    /// <summary>Reads the bytes of a completed task; <see cref="None"/> for anything unreadable.</summary>
    public static ResultLink Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.ValueKind == JsonValueKind.Object && Text(json.RootElement, "storage") is { } storage
                ? new ResultLink(storage, Text(json.RootElement, "location"))
                : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>The CID of a result on IPFS, or null.</summary>
    public Cid? FindCid()
    {
        const string Prefix = "/ipfs/";
        return Storage == "ipfs" && Location is not null && Location.StartsWith(Prefix, StringComparison.Ordinal) && Cid.TryParse(Location[Prefix.Length..], out var cid)
            ? cid
            : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
