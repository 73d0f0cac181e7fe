using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Storage;

/// <summary>How a storage is run: its folder, the hub whose results it checks, and its limits in bytes.</summary>
public sealed record StorageOptions(string Folder, IHub Hub)
{
    /// <summary>Largest single file.</summary>
    public long MaxObjectBytes { get; init; } = 1L << 30;

    /// <summary>All files together.</summary>
    public long MaxTotalBytes { get; init; } = 50L << 30;

    /// <summary>Requests per client at the older routes, where anybody can log in.</summary>
    public RateLimitOptions LoginRate { get; init; } = new();

    /// <summary>True if anybody who reaches the gateway may add files; workers' results need a token all the same.</summary>
    public bool AllowUploads { get; init; }
}
