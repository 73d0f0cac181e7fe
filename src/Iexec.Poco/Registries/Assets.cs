using Iexec.Ethereum;

namespace Iexec.Poco.Registries;

/// <summary>The three registries.</summary>
public enum AssetKind
{
    /// <summary>Applications.</summary>
    App,

    /// <summary>Datasets.</summary>
    Dataset,

    /// <summary>Worker pools.</summary>
    Workerpool,
}

/// <summary>A registered application. <paramref name="Checksum"/> is the image's manifest digest; <paramref name="Multiaddr"/> its UTF-8 reference or packed multiaddr.</summary>
public sealed record App(Address Address, Address Owner, string Name, string Type, byte[] Multiaddr, Bytes32 Checksum, byte[] MrEnclave);

/// <summary>A registered dataset. <paramref name="Checksum"/> is the SHA-256 of the (encrypted) file.</summary>
public sealed record Dataset(Address Address, Address Owner, string Name, byte[] Multiaddr, Bytes32 Checksum);

/// <summary>A registered worker pool. Ratios are in percent.</summary>
public sealed record Workerpool(Address Address, Address Owner, string Description, UInt256 WorkerStakeRatioPolicy, UInt256 SchedulerRewardRatioPolicy);
