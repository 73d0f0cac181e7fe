namespace Iexec.Host.Children;

/// <summary>A program run as a child of this process.</summary>
public sealed record ChildOptions
{
    /// <summary>Short name, for messages and for the names of its files.</summary>
    public required string Name { get; init; }

    /// <summary>The executable: a path, or a name looked up in PATH.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables added to ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Working folder; null is ours.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Folder of its log (<c>name.log</c>) and pid file (<c>name.pid</c>).</summary>
    public required string RunFolder { get; init; }

    /// <summary>Time between asking it to end and ending it.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Asked when the child ended by itself: how long to wait before it is started again, or null to leave it.
    /// The argument counts the ends so far, from 1.
    /// </summary>
    public Func<int, TimeSpan?> Restart { get; init; } = _ => null;

    /// <summary>Where the child's output goes.</summary>
    public string LogFile => Path.Combine(RunFolder, Name + ".log");

    /// <summary>Who it is, for whoever comes after us.</summary>
    public string PidFile => Path.Combine(RunFolder, Name + ".pid");
}
