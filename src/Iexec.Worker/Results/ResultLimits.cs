namespace Iexec.Worker.Results;

/// <summary>Bounds of a result.</summary>
public sealed record ResultLimits
{
    /// <summary>Sum of the files' sizes in bytes.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Files and folders.</summary>
    public int MaxEntries { get; init; } = 10_000;
}
