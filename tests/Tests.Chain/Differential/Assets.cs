using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Registries;

namespace Tests.Chain.Differential;

/// <summary>An app, dataset or pool on both sides.</summary>
internal sealed class TwinAsset(AssetKind kind, Twin<Address> address, PrivateKey owner)
{
    public AssetKind Kind { get; } = kind;

    public Twin<Address> Address { get; } = address;

    /// <summary>Who can sign for it; what was sold to a contract keeps its last owner here, whose signature no longer counts.</summary>
    public PrivateKey Owner { get; set; } = owner;
}
