using System.Text.Json;

namespace Tests.Unit.Ethereum.Data;

/// <summary>What the official client hashed and signed; see "origin" in the file.</summary>
internal static class OfficialClientVectors
{
    internal static JsonElement Root { get; } = Load();

    internal static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static JsonElement Load()
    {
        var assembly = typeof(OfficialClientVectors).Assembly;
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith("official-client.json", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
