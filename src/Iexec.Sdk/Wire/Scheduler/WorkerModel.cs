using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>
/// A worker as it registers. <paramref name="CpuNb"/> is the number of tasks it runs at once (1 with a GPU);
/// <paramref name="MemorySize"/> in GiB for all of them.
/// </summary>
internal sealed record WorkerModel(
    string Name,
    Address WalletAddress,
    string Os,
    string Cpu,
    int CpuNb,
    int MemorySize,
    bool TeeEnabled = false,
    bool TdxEnabled = false,
    bool GpuEnabled = false)
{
    /// <summary>Tasks that it may have at the same time.</summary>
    public int Slots => GpuEnabled ? 1 : Math.Clamp(CpuNb, 0, 1024);
}

/// <summary>
/// What a pool tells everybody: <c>GET /workers/config</c>. The period is in milliseconds. <paramref name="ConfigServerUrl"/> is empty here:
/// the chain's addresses are in the worker's own configuration.
/// </summary>
internal sealed record PublicConfiguration(
    Address WorkerPoolAddress,
    Address SchedulerPublicAddress,
    string ConfigServerUrl,
    string ResultRepositoryURL,
    long AskForReplicatePeriod,
    string RequiredWorkerVersion,
    ulong ChainId,
    string IpfsGatewayURL = "");

/// <summary>
/// What the pool can do now: <c>GET /workers/summary</c>. <paramref name="ReachableTrust"/> is the largest trust at which all live
/// workers, agreeing, make a consensus (0 without workers); an order with more would never complete.
/// </summary>
internal sealed record WorkersSummary(int LiveWorkers, int TotalSlots, int FreeSlots, UInt256 ReachableTrust, int QueuedTasks);
