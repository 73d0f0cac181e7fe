namespace Iexec.Host.Children;

/// <summary>A program that the host runs beside itself. Its output goes to <c>{name}.log</c>, its process id to <c>{name}.pid</c> in the folder.</summary>
internal sealed record ChildSpec(string Name, string FileName, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Variables beside the inherited ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Time between asking it to end and ending it.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Asked when the child ended by itself: how long to wait before it is started again, or null to leave it.
    /// The argument counts the ends so far, from 1.
    /// </summary>
    public Func<int, TimeSpan?> Restart { get; init; } = _ => null;

    public string LogFile => Path.Combine(Folder, Name + ".log");

    public string PidFile => Path.Combine(Folder, Name + ".pid");

    /// <summary>The last lines of output, for error messages.</summary>
    public string ReadLogTail(int lines = 5) =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "";
}
