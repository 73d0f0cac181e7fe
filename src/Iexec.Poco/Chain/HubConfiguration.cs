using Iexec.Ethereum;
using Iexec.Ethereum.Eip712;
using Iexec.Poco.Registries;

namespace Iexec.Poco.Chain;

/// <summary>What never changes about a hub. Read once; callback gas in gas units.</summary>
public sealed record HubConfiguration(
    ulong ChainId, Address Hub, Address Token, Address AppRegistry, Address DatasetRegistry, Address WorkerpoolRegistry, Eip712Domain Domain)
{
    /// <summary>What 1 nRLC is on a hub that stakes the chain's own coin.</summary>
    public const ulong WeiPerNrlc = 1_000_000_000;

    /// <summary>Whether the hub stakes the chain's own coin: it names no token.</summary>
    public bool IsNative => Token.IsZero;

    /// <summary>The registry of a kind.</summary>
    public Address Registry(AssetKind kind) => kind switch
    {
        AssetKind.App => AppRegistry,
        AssetKind.Dataset => DatasetRegistry,
        _ => WorkerpoolRegistry,
    };
}

/// <summary>A block that was seen: enough to notice that the chain no longer has it.</summary>
public readonly record struct BlockRef(ulong Number, Bytes32 Hash);
