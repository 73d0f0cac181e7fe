using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Tests.Unit.Poco.Vectors;

/// <summary>Inputs and outputs recorded from the official client; see README.md beside the file.</summary>
internal static class SdkVectors
{
    private static readonly JsonDocument Document = Load();

    public static JsonElement Root => Document.RootElement;

    public static PrivateKey Key => PrivateKey.Parse(Root.GetProperty("privateKey").GetString()!);

    public static Eip712Domain Domain
    {
        get
        {
            var domain = Root.GetProperty("domain");
            return new Eip712Domain(
                domain.GetProperty("name").GetString()!,
                domain.GetProperty("version").GetString()!,
                UInt256.Parse(domain.GetProperty("chainId").GetString()!),
                Address.Parse(domain.GetProperty("verifyingContract").GetString()!));
        }
    }

    public static JsonElement Order(string typeName) => Root.GetProperty("orders").GetProperty(typeName);

    public static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private static JsonDocument Load()
    {
        using var stream = typeof(SdkVectors).Assembly.GetManifestResourceStream("Tests.Unit.Poco.Vectors.sdk.json")!;
        return JsonDocument.Parse(stream);
    }
}
