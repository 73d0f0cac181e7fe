using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Project;

/// <summary><c>deployed.json</c>: <c>{app|dataset|workerpool: {chainId: address}}</c>.</summary>
internal sealed class DeployedFile(JsonFile file)
{
    /// <summary>The latest address of the kind on the chain; null when nothing was deployed.</summary>
    public Address? Find(AssetKind kind, ulong chainId)
    {
        if (file.TryRead() is not { } content)
        {
            return null;
        }

        RefuseUnknown(content);
        var name = kind.JsonName();
        var chain = Key(chainId);
        var value = content.Section(name)?[chain];
        return value switch
        {
            null => null,
            JsonValue text when text.TryGetValue<string>(out var hex) && Address.TryParse(hex, out var address) => address,
            _ => throw content.Wrong([name, chain], $"{value.ToJsonString()} is not a valid ethereum address"),
        };
    }

    /// <summary>True if the kind was deployed on any chain.</summary>
    public bool HasAny(AssetKind kind) => file.TryRead()?.Section(kind.JsonName()) is { Count: > 0 };

    /// <summary>Remembers an address.</summary>
    public void Save(AssetKind kind, ulong chainId, Address address) => file.UpdateSection([kind.JsonName()], chains => chains[Key(chainId)] = address.ToString());

    /// <summary>To be asked before something is deployed: an address that cannot be saved would have cost its gas for nothing.</summary>
    /// <exception cref="IexecException">The file cannot be read, or has something else in the kind's place.</exception>
    public void RequireUsable(AssetKind kind)
    {
        if (file.TryRead() is { } content)
        {
            RefuseUnknown(content);
            _ = content.Section(kind.JsonName());
        }
    }

    private static void RefuseUnknown(JsonFileContent content)
    {
        foreach (var (key, _) in content.Root)
        {
            if (key is not ("app" or "dataset" or "workerpool"))
            {
                throw content.Wrong([key], $"Unknown key \"{key}\"");
            }
        }
    }

    private static string Key(ulong chainId) => chainId.ToString(CultureInfo.InvariantCulture);
}
