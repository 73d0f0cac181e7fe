namespace Iexec.Worker.Containers;

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>The program ended by itself, whatever its exit code.</summary>
    Exited,

    /// <summary>It used up its time and was killed.</summary>
    TimedOut,

    /// <summary>It wrote more than it may and was killed.</summary>
    OutputTooLarge,

    /// <summary>The program could not be started, e.g. the entrypoint does not exist.</summary>
    NotStarted,

    /// <summary>Somebody removed the container.</summary>
    Vanished,

    /// <summary>The engine stopped answering; whether the program still runs is not known.</summary>
    EngineLost,
}

/// <summary>What remains of a run.</summary>
public sealed record RunOutcome
{
    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>Exit code of the program; null unless it ran to an end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The kernel killed one of its processes for want of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>End of the standard output, at most <see cref="TextTail.DefaultLimit"/> characters.</summary>
    public string Stdout { get; init; } = "";

    /// <summary>End of the standard error, at most <see cref="TextTail.DefaultLimit"/> characters.</summary>
    public string Stderr { get; init; } = "";

    /// <summary>One sentence for the requester: what went wrong, or what was unusual. Null when there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Time from start to end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The program ended by itself with exit code 0.</summary>
    public bool Succeeded => End == RunEnd.Exited && ExitCode == 0;
}
