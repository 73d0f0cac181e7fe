using Iexec.Ethereum;

namespace Iexec.Poco.Rules;

/// <summary>What is locked for a deal, in nRLC. Divisions round down, per task, as in the contracts.</summary>
public static class Stakes
{
    /// <summary>Share of its price that a pool's owner stakes, in percent.</summary>
    public const int WorkerpoolStakeRatio = 30;

    /// <summary>Locked of the pool owner's account for one task.</summary>
    public static UInt256 SchedulerPerTask(UInt256 workerpoolPrice) => workerpoolPrice * WorkerpoolStakeRatio / 100;

    /// <summary>Locked of the pool owner's account for <paramref name="volume"/> tasks.</summary>
    public static UInt256 Scheduler(UInt256 workerpoolPrice, UInt256 volume) => SchedulerPerTask(workerpoolPrice) * volume;

    /// <summary>Locked of each contributing worker's account for one task; the ratio is the pool's policy in percent.</summary>
    public static UInt256 Worker(UInt256 workerpoolPrice, UInt256 workerStakeRatioPolicy) => workerpoolPrice * workerStakeRatioPolicy / 100;

    /// <summary>Locked of the sponsor's account for <paramref name="volume"/> tasks.</summary>
    /// <exception cref="OverflowException">The prices are beyond any real amount; the contracts revert.</exception>
    public static UInt256 Sponsor(UInt256 appPrice, UInt256 datasetPrice, UInt256 workerpoolPrice, UInt256 volume) =>
        (appPrice + datasetPrice + workerpoolPrice) * volume;
}
