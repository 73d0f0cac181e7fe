namespace Iexec.Worker.Containers;

/// <summary>Why the engine could not do what was asked.</summary>
public enum EngineFault
{
    /// <summary>Nobody listens on the socket, or it stopped answering.</summary>
    Unreachable,

    /// <summary>The socket exists but this user may not use it.</summary>
    AccessDenied,

    /// <summary>The registry has no such image.</summary>
    ImageNotFound,

    /// <summary>The registry wants credentials.</summary>
    Unauthorized,

    /// <summary>The registry refuses more downloads for now.</summary>
    RateLimited,

    /// <summary>The registry could not be reached.</summary>
    RegistryUnreachable,

    /// <summary>The registry's host is a private address or not allowed.</summary>
    RegistryForbidden,

    /// <summary>What was fetched is not what the digest says.</summary>
    DigestMismatch,

    /// <summary>Larger than the limit.</summary>
    TooLarge,

    /// <summary>Longer than the limit.</summary>
    TimedOut,

    /// <summary>The engine's disk is full.</summary>
    NoSpace,

    /// <summary>There is no such container or image.</summary>
    NotFound,

    /// <summary>The name is taken, or the object is in use.</summary>
    Conflict,

    /// <summary>The engine refused for a reason of its own.</summary>
    Refused,
}

/// <summary>A failure of the container engine or of a registry it spoke to. The message is fit for the owner of the machine.</summary>
public sealed class EngineException(EngineFault fault, string message, string? hint = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The kind.</summary>
    public EngineFault Fault { get; } = fault;

    /// <summary>The engine itself cannot be used for now: a trouble of this machine, which says nothing about the task.</summary>
    public bool IsAway => Fault is EngineFault.Unreachable or EngineFault.AccessDenied;

    /// <summary>What to do about it; null when there is nothing to say.</summary>
    public string? Hint { get; } = hint;
}
