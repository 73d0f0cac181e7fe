using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;

namespace Tests.Chain.Differential;

/// <summary>One offer, signed for either side: the contracts' addresses in it and the signing domain differ.</summary>
/// <param name="asset">What is offered; nothing in a request.</param>
internal sealed class TwinOrder<TOrder>(Twin<Signed<TOrder>> signed, Twin<OrderHash> hash, PrivateKey owner, TwinAsset? asset, bool isWellSigned)
    where TOrder : Order
{
    public Twin<Signed<TOrder>> Signed { get; } = signed;

    public Twin<OrderHash> Hash { get; } = hash;

    public PrivateKey Owner { get; } = owner;

    /// <summary>Its terms; addresses are those of the official side.</summary>
    public TOrder Terms => Signed.Official.Order;

    /// <summary>Something is left of it, its signature counts, and whoever signed still owns what is offered.</summary>
    public bool IsGood => isWellSigned && Consumed < Terms.Volume && (asset is null || asset.Owner == Owner);

    /// <summary>Tasks of it that are in deals, or its whole volume once it was closed.</summary>
    public ulong Consumed { get; set; }
}
