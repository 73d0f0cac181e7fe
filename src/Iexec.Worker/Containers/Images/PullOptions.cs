namespace Iexec.Worker.Containers.Images;

/// <summary>Bounds of a pull.</summary>
public sealed record PullOptions
{
    /// <summary>Time for the whole pull.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes that may be downloaded (compressed layers), and that the unpacked image may take.</summary>
    public long MaxBytes { get; init; } = 16L << 30;

    /// <summary>Told now and then how far it is.</summary>
    public IProgress<PullProgress>? Progress { get; init; }

    /// <summary>
    /// The time the official worker grants to a pull: ten times the decimal logarithm of a tenth of the category's minutes,
    /// between five and thirty minutes.
    /// </summary>
    public static TimeSpan TimeoutFor(TimeSpan maxExecutionTime)
    {
        var minutes = Math.Round(10 * Math.Log10(Math.Max(maxExecutionTime.TotalMinutes, 0.001) / 10));
        return TimeSpan.FromMinutes(Math.Clamp(minutes, 5, 30));
    }
}

/// <summary>How far a pull is.</summary>
/// <param name="DownloadedBytes">Bytes fetched.</param>
/// <param name="TotalBytes">Bytes of the layers known so far.</param>
public readonly record struct PullProgress(long DownloadedBytes, long TotalBytes);
