using System.Text.Json;

namespace Iexec.Market.Http;

/// <summary>
/// Reads what the older clients post: words of a database's query language, of which only those that the clients use are understood. Nothing is passed
/// through, and an unknown word is refused instead of ignored, since ignoring it would answer another question.
/// </summary>
internal static class OlderBody
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>Number or text.</summary>
    public static string ChainId(JsonElement body) => Text(body, "chainId") ?? throw YupText.Required("chainId");

    /// <summary>A member as text; null when it is missing or neither text nor number.</summary>
    public static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    /// <summary>The object of that name, or an empty one.</summary>
    public static JsonElement Object(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value))
        {
            return Empty;
        }

        return value.ValueKind == JsonValueKind.Object ? value : throw YupText.Invalid($"{name} must be an object");
    }

    public static void RequireKnown(JsonElement body, string name, IReadOnlyCollection<string> known)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw YupText.Invalid($"{name} must be an object");
        }

        if (body.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            var text = unknown.Name.Length <= 50 ? unknown.Name : unknown.Name[..50];
            throw YupText.Invalid($"{name}.{text} cannot be searched for, only: {string.Join(", ", known)}");
        }
    }
}
