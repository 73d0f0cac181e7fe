using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>The newest block that the scheduler has seen; the time is an ISO 8601 text.</summary>
internal sealed record LatestBlockMetric(ulong BlockNumber, Bytes32 BlockHash, string BlockTimestamp);

/// <summary>Figures of a pool: <c>GET /metrics</c>. The available and total members are the deprecated names of older clients.</summary>
internal sealed record PlatformMetric(
    int AliveWorkers,
    int AliveComputingCpu,
    int AliveRegisteredCpu,
    int AliveComputingGpu,
    int AliveRegisteredGpu,
    IReadOnlyDictionary<string, int> CurrentTaskStatusesCount,
    LatestBlockMetric? LatestBlockMetric,
    long DealEventsCount,
    long DealsCount,
    long ReplayDealsCount,
    ulong LatestBlockNumberWithDeal,
    int AliveAvailableCpu,
    int AliveTotalCpu,
    int AliveAvailableGpu,
    int AliveTotalGpu);
