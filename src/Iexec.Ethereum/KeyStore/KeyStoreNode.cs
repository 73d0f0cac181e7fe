using System.Text.Json;

namespace Iexec.Ethereum.KeyStore;

/// <summary>A place in a keystore file that knows its path, so that a refusal can name it. Values are never repeated in errors.</summary>
internal readonly struct KeyStoreNode(JsonElement element, string path)
{
    internal KeyStoreNode? Find(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refuse("is not an object");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return new(property.Value, $"{path}.{property.Name}");
            }
        }

        return null;
    }

    internal KeyStoreNode Member(string name) => Find(name) ?? throw new FormatException($"{path}.{name}: is missing.");

    /// <summary>A text, or a number as it is written.</summary>
    internal string? Text() => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    internal bool Is(string text) => string.Equals(Text(), text, StringComparison.OrdinalIgnoreCase);

    internal int Number(int min, int max) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : throw Refuse($"is not a whole number from {min} to {max}");

    /// <summary>Hexadecimal with or without 0x.</summary>
    internal byte[] Bytes(int? length = null) =>
        element.ValueKind == JsonValueKind.String && Hex.TryDecode(element.GetString(), out var bytes) && (length is null || bytes.Length == length)
            ? bytes
            : throw Refuse(length is null ? "is not hexadecimal" : $"is not {length} bytes of hexadecimal");

    internal FormatException Refuse(string reason) => new($"{path}: {reason}.");
}
