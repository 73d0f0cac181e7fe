using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iexec.Sdk.Project;

/// <summary>JSON as people edit it: two spaces, characters left as they are, key order kept.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Several lines. As the official client writes: no line feed at the end.</summary>
    public static byte[] ToIndented(JsonNode node) => Write(node, Indented);

    /// <summary>One line, as <c>--raw</c> prints.</summary>
    public static string ToLine(JsonNode node) => System.Text.Encoding.UTF8.GetString(Write(node, OneLine));

    /// <summary>Lets a writer that knows only <see cref="Utf8JsonWriter"/> make an object.</summary>
    public static JsonObject ObjectFrom(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, OneLine))
        {
            write(writer);
        }

        return JsonNode.Parse(buffer.ToArray())!.AsObject();
    }

    /// <summary>The same value for a reader that knows only <see cref="JsonElement"/>.</summary>
    public static JsonElement ToElement(JsonNode node)
    {
        var reader = new Utf8JsonReader(Write(node, OneLine));
        return JsonElement.ParseValue(ref reader);
    }

    private static byte[] Write(JsonNode node, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
