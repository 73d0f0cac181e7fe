namespace Iexec.Worker.Results;

/// <summary>Bounds of a result.</summary>
public sealed record ResultLimits
{
    /// <summary>Sum of the files' sizes in bytes.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Files and folders.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Bytes of callback data, which a transaction has to carry.</summary>
    public int MaxCallbackBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes of <c>computed.json</c>.</summary>
    public int MaxComputedFileBytes { get; init; } = 1 << 20;
}
