namespace Iexec.Worker.Downloads;

/// <summary>Why a file could not be fetched.</summary>
public enum DownloadFault
{
    /// <summary>Not an absolute http or https URL, or one with credentials.</summary>
    BadUrl,

    /// <summary>The server has no such file (404, 410).</summary>
    NotFound,

    /// <summary>The server answered another status than success.</summary>
    Refused,

    /// <summary>More bytes than the limit.</summary>
    TooLarge,

    /// <summary>Longer than the limit.</summary>
    TimedOut,

    /// <summary>The host has no address of the public internet.</summary>
    ForbiddenAddress,

    /// <summary>More redirects than accepted, or one that leaves HTTPS.</summary>
    BadRedirect,

    /// <summary>No such host, no connection, or it broke.</summary>
    Unreachable,
}

/// <summary>A download that failed. The message is fit for the requester; it names the URL as given and nothing of this machine.</summary>
public sealed class DownloadException(DownloadFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind.</summary>
    public DownloadFault Fault { get; } = fault;
}
