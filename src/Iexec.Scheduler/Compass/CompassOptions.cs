using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Scheduler.Compass;

/// <summary>A pool whose scheduler's URL the operator of the compass vouches for.</summary>
public sealed record CompassSeed(ulong ChainId, Address Workerpool, Uri ApiUrl);

/// <summary>How the compass runs: it tells clients where a pool's scheduler answers.</summary>
public sealed record CompassOptions
{
    /// <summary>The chains whose pools are known; they say who owns a pool.</summary>
    public required IReadOnlyList<IHub> Hubs { get; init; }

    /// <summary>The store: <c>Data Source=file</c> (SQLite) or <c>Host=…</c> (PostgreSQL).</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Pools that need no statement, e.g. the local network's own. An owner's statement takes precedence.</summary>
    public IReadOnlyList<CompassSeed> Seeds { get; init; } = [];

    /// <summary>Requests per client: each asks the chain.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>Whether statements may name plain HTTP or loopback, as on a developer's machine.</summary>
    public bool AllowsPlainHttp { get; init; }
}
