using Iexec.Ethereum;

namespace Iexec.Worker.Downloads;

/// <summary>A file that was fetched whole.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content.</param>
public sealed record DownloadedFile(string Path, long LengthBytes, Bytes32 Sha256);

/// <summary>Bounds of a download.</summary>
/// <param name="MaxBytes">Bytes of content.</param>
/// <param name="Timeout">Time for everything: resolving, connecting, redirects, content.</param>
public sealed record DownloadLimits(long MaxBytes, TimeSpan Timeout)
{
    /// <summary>4 GiB in ten minutes.</summary>
    public static DownloadLimits Default { get; } = new(4L << 30, TimeSpan.FromMinutes(10));
}
