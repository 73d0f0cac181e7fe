using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Assets;

/// <summary>The section <c>app</c>, <c>dataset</c> or <c>workerpool</c> of <c>iexec.json</c>, read with the official messages and the line of what is
/// wrong.</summary>
internal sealed class AssetSection
{
    private readonly JsonFileContent _content;
    private readonly string _name;
    private readonly JsonObject _members;

    private AssetSection(JsonFileContent content, string name, JsonObject members)
    {
        _content = content;
        _name = name;
        _members = members;
    }

    /// <summary>Opens the section.</summary>
    public static AssetSection Read(JsonFile file, AssetKind kind)
    {
        var content = file.Read();
        var name = kind.JsonName();
        return new AssetSection(content, name, content.Section(name) ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"Missing \"{name}\" in \"{file.Name}\"", new Advice($"Describe it in {file.Name} first.", Remedy.DescribeSection, name)));
    }

    /// <summary>An address, checksummed or not.</summary>
    public Address Address(string key) =>
        Ethereum.Address.TryParse(Text(key), out var address) ? address : throw Wrong(key, $"{Text(key)} is not a valid ethereum address");

    /// <summary>32 bytes.</summary>
    public Bytes32 Bytes32(string key) =>
        Ethereum.Bytes32.TryParse(Text(key), out var value) ? value : throw Wrong(key, $"{Text(key)} is not a bytes32 hexstring");

    /// <summary>A text that has to be there.</summary>
    public string Text(string key) => _members[key] switch
    {
        null => throw Wrong(key, $"{key} is a required field"),
        var value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Wrong(key, $"{key} must be a text"),
    };

    /// <summary>A text that has to be there and to say something.</summary>
    public string Words(string key) => Text(key) is { Length: > 0 } words ? words : throw Wrong(key, $"{key} is a required field");

    /// <summary>The packaging; DOCKER alone is known.</summary>
    public string AppType() => Text("type") is AppDescription.Docker and var type ? type : throw Wrong("type", $"{Text("type")} is not a valid type");

    /// <summary>The enclave measurement: nothing, a text, or an object that is kept as JSON.</summary>
    public string MrEnclave() => _members["mrenclave"] switch
    {
        null => "",
        JsonObject description => JsonText.ToLine(description),
        _ => Text("mrenclave"),
    };

    /// <summary>What is to be registered.</summary>
    /// <exception cref="IexecException">ValidationError: the first member that is wrong, with its line.</exception>
    public AssetDescription Describe(AssetKind kind) => kind switch
    {
        AssetKind.App => new AppDescription
        {
            Owner = Address("owner"), Name = Words("name"), Type = AppType(), Multiaddr = Words("multiaddr"), Checksum = Bytes32("checksum"), MrEnclave = MrEnclave(),
        },
        AssetKind.Dataset => new DatasetDescription { Owner = Address("owner"), Name = Words("name"), Multiaddr = Words("multiaddr"), Checksum = Bytes32("checksum") },
        _ => new WorkerpoolDescription { Owner = Address("owner"), Description = Words("description") },
    };

    private IexecException Wrong(string key, string message) => _content.Wrong([_name, key], message);
}
