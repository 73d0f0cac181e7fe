using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Sdk.Results;

/// <summary>What an application says about its own output in <c>/iexec_out/computed.json</c>.</summary>
/// <param name="OutputPath">
/// The deterministic part of the output, relative to <c>/iexec_out</c> with <c>/</c> and without <c>.</c> or <c>..</c>;
/// empty for the whole folder, null when there is none.
/// </param>
/// <param name="CallbackData">Data for the requester's contract; null when there is none.</param>
internal sealed record ComputedFile(string? OutputPath, byte[]? CallbackData)
{
    /// <summary>Name of the file.</summary>
    public const string Name = "computed.json";

    /// <summary>Bytes that it may have. Not a setting: whoever checks a result must read what its worker has read.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Bytes of callback data, which a transaction has to carry.</summary>
    public const int MaxCallbackBytes = 64 * 1024;

    private const string ContainerFolder = "/iexec_out";

    /// <summary>Reads the file's content.</summary>
    /// <exception cref="ResultException">It is not JSON, says neither thing, leads out of the folder, or its data is not hexadecimal.</exception>
    public static ComputedFile Parse(ReadOnlySpan<byte> json)
    {
        string? path = null;
        string? data = null;
        try
        {
            var reader = new Utf8JsonReader(WithoutMark(json), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using var document = JsonDocument.ParseValue(ref reader);
            path = TextOf(document.RootElement, "deterministic-output-path");
            data = TextOf(document.RootElement, "callback-data");
        }
        catch (JsonException e)
        {
            throw new ResultException(ResultFault.BadComputedFile, $"computed.json is not JSON (line {e.LineNumber + 1}).");
        }
        catch (InvalidOperationException)
        {
            throw new ResultException(ResultFault.BadComputedFile, "computed.json is not a JSON object with text members.");
        }

        return string.IsNullOrEmpty(path) && string.IsNullOrEmpty(data)
            ? throw new ResultException(ResultFault.BadComputedFile, "computed.json names neither a \"deterministic-output-path\" nor \"callback-data\".")
            : new ComputedFile(string.IsNullOrEmpty(path) ? null : Confine(path), string.IsNullOrEmpty(data) ? null : Decode(data));
    }

    /// <summary>
    /// The digest of the output that this file describes: keccak-256 of the callback data when the deal names a callback, whatever else
    /// is said; else that of the path.
    /// </summary>
    /// <param name="wantsCallback">The deal names a callback.</param>
    /// <param name="output">The files.</param>
    /// <exception cref="ResultException">It lacks what the deal asks for, or there is nothing at the path.</exception>
    public Bytes32 DigestOf(bool wantsCallback, IResultFiles output)
    {
        if (wantsCallback)
        {
            return Keccak256.Hash(CallbackData
                ?? throw new ResultException(ResultFault.BadCallbackData, $"The deal has a callback, but {Name} has no \"callback-data\"."));
        }

        return ResultDigest.OfPath(output, OutputPath
            ?? throw new ResultException(ResultFault.BadComputedFile, $"{Name} has no \"deterministic-output-path\"."));
    }

    /// <summary>A path inside the container, made relative to <c>/iexec_out</c>.</summary>
    private static string Confine(string path)
    {
        var absolute = path.StartsWith('/') ? path : $"{ContainerFolder}/{path}";
        var parts = new List<string>();
        foreach (var part in absolute.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return parts is [var first, .. var rest] && "/" + first == ContainerFolder && !path.Contains('\0', StringComparison.Ordinal)
            ? string.Join('/', rest)
            : throw new ResultException(ResultFault.BadOutputPath, $"The deterministic output path '{Shorten(path)}' lies outside {ContainerFolder}.");
    }

    private static byte[] Decode(string data)
    {
        if (data.Length / 2 > MaxCallbackBytes + 1)
        {
            throw new ResultException(ResultFault.BadCallbackData, $"The callback data has more than {MaxCallbackBytes:N0} bytes.");
        }

        return data.StartsWith("0x", StringComparison.Ordinal) && Hex.TryDecode(data, out var bytes) && bytes.Length <= MaxCallbackBytes
            ? bytes
            : throw new ResultException(ResultFault.BadCallbackData, $"The callback data '{Shorten(data)}' is not hexadecimal of even length with 0x.");
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
