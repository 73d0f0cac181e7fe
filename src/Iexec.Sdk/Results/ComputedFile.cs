using System.Text.Json;
using Iexec.Ethereum;

namespace Iexec.Worker.Results;

/// <summary>What an application says about its own output in <c>/iexec_out/computed.json</c>.</summary>
/// <param name="OutputPath">
/// The deterministic part of the output, relative to <c>/iexec_out</c> with <c>/</c> and without <c>.</c> or <c>..</c>;
/// empty for the whole folder, null when there is none.
/// </param>
/// <param name="CallbackData">Data for the requester's contract; null when there is none.</param>
public sealed record ComputedFile(string? OutputPath, byte[]? CallbackData)
{
    /// <summary>Name of the file.</summary>
    public const string Name = "computed.json";

    private const string ContainerFolder = "/iexec_out";

    /// <summary>Reads the file's content.</summary>
    /// <exception cref="ResultException">It is not JSON, says neither thing, leads out of the folder, or its data is not hexadecimal.</exception>
    public static ComputedFile Parse(ReadOnlySpan<byte> json, ResultLimits limits)
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
            : new ComputedFile(string.IsNullOrEmpty(path) ? null : Confine(path), string.IsNullOrEmpty(data) ? null : Decode(data, limits));
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

    private static byte[] Decode(string data, ResultLimits limits)
    {
        if (data.Length / 2 > limits.MaxCallbackBytes + 1)
        {
            throw new ResultException(ResultFault.BadCallbackData, $"The callback data has more than {limits.MaxCallbackBytes:N0} bytes.");
        }

        return data.StartsWith("0x", StringComparison.Ordinal) && Hex.TryDecode(data, out var bytes) && bytes.Length <= limits.MaxCallbackBytes
            ? bytes
            : throw new ResultException(ResultFault.BadCallbackData, $"The callback data '{Shorten(data)}' is not hexadecimal of even length with 0x.");
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
