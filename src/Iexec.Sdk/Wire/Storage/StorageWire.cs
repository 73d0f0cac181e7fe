using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Storage;

/// <summary>One line of Kubo's answer to <c>add</c>. <paramref name="Hash"/> is the CID, <paramref name="Size"/> the bytes as decimal text.</summary>
internal sealed record AddedFile(
    [property: JsonPropertyName("Name")] string Name,
    [property: JsonPropertyName("Hash")] string Hash,
    [property: JsonPropertyName("Size")] string Size);

/// <summary>A result as the official workers post it. The archive is text in base64, as the older one sends it, or a list of bytes, as the newer one does.</summary>
internal sealed record ResultModel(Bytes32 ChainTaskId, [property: JsonConverter(typeof(ArchiveConverter))] byte[] Zip);

/// <summary>Reads an archive in either form and writes base64.</summary>
internal sealed class ArchiveConverter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.TryGetBytesFromBase64(out var decoded) ? decoded : throw new JsonException("The archive is not base64.");
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The archive is neither base64 nor a list of bytes.");
        }

        using var bytes = new MemoryStream();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bytes.WriteByte(reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value) ? value : throw new JsonException("A byte is a number from 0 to 255."));
        }

        return bytes.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
}

/// <summary>JSON of the storage's wire.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AddedFile))]
[JsonSerializable(typeof(ResultModel))]
internal sealed partial class StorageJson : JsonSerializerContext;

/// <summary>Routes and text forms that server and client share.</summary>
internal static class StorageWire
{
    /// <summary>POST: a worker's authorization against a token.</summary>
    public const string ResultToken = "/v1/results/token";

    /// <summary>POST: a result as JSON with the archive in base64, the official form.</summary>
    public const string Results = "/v1/results";

    /// <summary>PUT: the archive's bytes as they are. HEAD: 204 when there is a result.</summary>
    public const string Result = "/v1/results/{taskId}";

    /// <summary>GET: <c>/ipfs/{cid}</c> of a task's result.</summary>
    public const string ResultLink = "/v1/results/{taskId}/ipfshash";

    /// <summary>Name of the EIP-712 domain of the result proxy's challenges.</summary>
    public const string ChallengeDomain = "iExec Result Repository";

    /// <summary>GET, <c>chainId</c>, <c>address</c>: a challenge, for clients of versions 5 to 8.</summary>
    public const string OlderChallenge = "/results/challenge";

    /// <summary>POST: the signed challenge against a token, both as text.</summary>
    public const string OlderLogin = "/results/login";

    /// <summary>POST: as <see cref="Results"/>.</summary>
    public const string OlderResults = "/results";

    /// <summary>GET: the archive, for the deal's beneficiary. HEAD: 204 when there is one.</summary>
    public const string OlderResult = "/results/{taskId}";

    /// <summary>GET: a file by its CID.</summary>
    public const string OlderContent = "/results/ipfs/{cid}";

    /// <summary>GET: the program's version, at the result proxy.</summary>
    public const string Version = "/version";

    /// <summary>POST: Kubo's RPC that adds a file.</summary>
    public const string Add = "/api/v0/add";

    /// <summary>GET, HEAD: a file by its CID.</summary>
    public const string Content = "/ipfs/{cid}";

    /// <summary>One line of JSON.</summary>
    public static string Serialize(AddedFile file) => JsonSerializer.Serialize(file, StorageJson.Default.AddedFile);
}
