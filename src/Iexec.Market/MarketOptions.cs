using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Hosting;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Market;

/// <summary>One chain that the gateway serves.</summary>
/// <param name="Hub">Its contracts.</param>
/// <param name="StartBlock">Where the hub's history starts.</param>
/// <param name="Confirmations">Blocks to stay behind the head; a reorganisation is taken back in any case.</param>
public sealed record MarketChain(IHub Hub, ulong StartBlock = 0, ulong Confirmations = 0);

/// <summary>How the order gateway runs.</summary>
public sealed record MarketOptions
{
    /// <summary>At least one; each chain id once.</summary>
    public required IReadOnlyList<MarketChain> Chains { get; init; }

    /// <summary>The store: <c>Data Source=file</c> (SQLite) or <c>Host=…</c> (PostgreSQL).</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Requests per client.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>Open orders of one kind that a wallet may have.</summary>
    public int MaxOpenOrdersPerWallet { get; init; } = 50;

    /// <summary>How long a challenge can be answered.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the chain is looked at.</summary>
    public ReconcilePace ChainPace { get; init; } = ReconcilePace.Default;

    /// <summary>How often every open order is compared with the chain, events or not.</summary>
    public ReconcilePace SweepPace { get; init; } = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10));
}
