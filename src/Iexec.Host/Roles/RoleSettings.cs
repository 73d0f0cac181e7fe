using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Host.Roles;

/// <summary>A scheduler's pool, its owner's key, and where results go.</summary>
internal sealed record SchedulerSettings(Address Workerpool, PrivateKey Owner, Uri ResultProxy, Uri? IpfsGateway)
{
    public ulong StartBlock { get; init; }

    public ulong Confirmations { get; init; }

    /// <summary>Null for a chain that makes blocks only on demand.</summary>
    public TimeSpan? MaximumHeadAge { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A worker's pool, its key, and what apps may do on this machine.</summary>
internal sealed record WorkerSettings(string Name, Uri Scheduler, Address? Workerpool, PrivateKey Key)
{
    /// <summary>Tasks at the same time; null as many as the machine has cores but one.</summary>
    public int? Slots { get; init; }

    /// <summary>Of one task; null for the default.</summary>
    public long? MemoryBytes { get; init; }

    public bool AllowNetwork { get; init; }

    public bool AllowRoot { get; init; }

    public IReadOnlyList<string> OwnRegistries { get; init; } = [];

    public IReadOnlyList<Uri> OwnOrigins { get; init; } = [];
}
