using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Registries;

namespace Tests.Chain.Differential;

/// <summary>An app, dataset or pool on both sides.</summary>
internal sealed class TwinAsset(AssetKind kind, Twin<Address> address, PrivateKey owner, Address? wallet = null)
{
    private PrivateKey _owner = owner;

    public AssetKind Kind { get; } = kind;

    public Twin<Address> Address { get; } = address;

    /// <summary>Who signs for it. Of what a wallet contract owns anybody may: the contract decides what counts.</summary>
    public PrivateKey Owner
    {
        get => _owner;
        set => (_owner, Wallet) = (value, null);
    }

    /// <summary>The contract that owns it, if one does.</summary>
    public Address? Wallet { get; private set; } = wallet;
}
