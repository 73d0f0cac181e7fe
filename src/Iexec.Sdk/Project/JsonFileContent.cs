using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Project;

/// <summary>A JSON file as it was read: the object, and the text to find lines in.</summary>
internal sealed class JsonFileContent
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly byte[] _text;

    private JsonFileContent(string name, byte[] text, JsonObject root)
    {
        Name = name;
        _text = text;
        Root = root;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The object that the file holds.</summary>
    public JsonObject Root { get; }

    /// <summary>Reads bytes of a file called <paramref name="name"/>.</summary>
    /// <exception cref="IexecException">ConfigurationError with the line.</exception>
    public static JsonFileContent Parse(string name, byte[] bytes)
    {
        var text = bytes is [0xef, 0xbb, 0xbf, ..] ? bytes[3..] : bytes;
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text, null, Strict);
            RefuseBrokenText(node);
        }
        catch (JsonException malformed)
        {
            var line = malformed.LineNumber is { } number ? $" at line {number + 1}" : "";
            throw Malformed(name, line, Reason(malformed), malformed);
        }
        catch (InvalidOperationException broken)
        {
            throw Malformed(name, "", "a text holds half of a surrogate pair", broken);
        }

        return node is JsonObject root
            ? new JsonFileContent(name, text, root)
            : throw Malformed(name, " at line 1", "an object {…} is expected", null);
    }

    /// <summary>The member at the path as an object; null when it is missing.</summary>
    /// <exception cref="IexecException">ConfigurationError: it is something else.</exception>
    public JsonObject? Section(params string[] path)
    {
        JsonNode? node = Root;
        for (var depth = 0; depth < path.Length; depth++)
        {
            node = ((JsonObject)node!)[path[depth]];
            if (node is null)
            {
                return null;
            }

            if (node is not JsonObject)
            {
                throw Wrong(path[..(depth + 1)], $"{string.Join('.', path[..(depth + 1)])} must be an object");
            }
        }

        return (JsonObject)node!;
    }

    /// <summary>A complaint about the member at the path, with its line.</summary>
    public IexecException Wrong(IReadOnlyList<string> path, string message, Advice hint = default, ErrorCode code = ErrorCode.ValidationError) =>
        new(code, $"{message} in {Name} (line {JsonLines.Of(_text, path)})", hint);

    // The names of members are forced here too: JsonObject reads them lazily.
    private static void RefuseBrokenText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    RefuseBrokenText(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RefuseBrokenText(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }

    private static string Reason(JsonException malformed)
    {
        var message = malformed.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }

    private static IexecException Malformed(string name, string line, string reason, Exception? inner) =>
        new(ErrorCode.ConfigurationError, $"\"{name}\" is not valid JSON{line}: {reason}", $"Correct \"{name}\"; nothing was changed.", inner);
}
