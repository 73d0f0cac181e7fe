using System.Globalization;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Chains;

/// <summary>Where a network's node, hub and services are. What is null is neither in <c>chain.json</c> nor a known default.</summary>
public sealed record ChainSettings
{
    /// <summary>Key in <c>chain.json</c>.</summary>
    public required string Name { get; init; }

    /// <summary>EIP-155 id.</summary>
    public required ulong Id { get; init; }

    /// <summary>JSON-RPC node.</summary>
    public Uri? Host { get; init; }

    /// <summary>More nodes of the same chain, asked together with <see cref="Host"/>.</summary>
    public IReadOnlyList<Uri> OtherHosts { get; init; } = [];

    /// <summary>How many of the nodes have to give the same answer.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>True when <see cref="Host"/> is not from <c>chain.json</c>.</summary>
    public bool IsDefaultHost { get; init; }

    /// <summary>PoCo contracts.</summary>
    public Address? Hub { get; init; }

    /// <summary>Secret service; of several, the first.</summary>
    public Uri? Sms { get; init; }

    /// <summary>Order gateway.</summary>
    public Uri? IexecGateway { get; init; }

    /// <summary>Where results are downloaded.</summary>
    public Uri? IpfsGateway { get; init; }

    /// <summary>Where files are uploaded by the Kubo interface.</summary>
    public Uri? IpfsNode { get; init; }

    /// <summary>Where results are uploaded.</summary>
    public Uri? ResultProxy { get; init; }

    /// <summary>Tells a pool's scheduler.</summary>
    public Uri? Compass { get; init; }

    /// <summary>
    /// What each unit of gas is paid, in wei; null for what the node suggests. 0 where <c>chain.json</c> says <c>"useGas": false</c>: some chains ask nothing.
    /// </summary>
    public UInt256? GasPriceWei { get; init; }

    /// <summary>Whether the hub stakes the chain's coin, as <c>chain.json</c> says; null where it says nothing. The hub knows.</summary>
    internal bool? IsNative { get; init; }

    /// <summary>The id as files and services write it.</summary>
    internal string IdText => Id.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="IexecException">ConfigurationError.</exception>
    internal Uri RequireHost() => Host ?? throw Missing($"Missing RPC host, no \"host\" key in \"chain.json\" and no default value for chain {Id}", "host");

    /// <exception cref="IexecException">ConfigurationError.</exception>
    internal Address RequireHub() => Hub ?? throw Missing($"missing hubAddress key: no \"hub\" in \"chain.json\" and no default value for chain {Id}", "hub");

    /// <exception cref="IexecException">ConfigurationError.</exception>
    internal Uri RequireIexecGateway() => IexecGateway ?? throw Missing(Service("iexecGateway"), "iexecGateway");

    /// <exception cref="IexecException">ConfigurationError.</exception>
    internal Uri RequireIpfsGateway() => IpfsGateway ?? throw Missing(Service("ipfsGateway"), "ipfsGateway");

    /// <exception cref="IexecException">ConfigurationError.</exception>
    internal Uri RequireSms() => Sms ?? throw Missing(Service("sms"), "sms");

    /// <exception cref="IexecException">ConfigurationError.</exception>
    internal Uri RequireCompass() => Compass ?? throw Missing(Service("compass"), "compass");

    private string Service(string key) => $"Missing {key} in \"chain.json\" for chain {Id}";

    private IexecException Missing(string message, string key) =>
        new(ErrorCode.ConfigurationError, message, $"Add \"{key}\" to chains.{Name} in chain.json.");
}
