namespace Iexec.Host.Children;

/// <summary>A program that the host runs beside itself. Its output goes to <c>{name}.log</c>, its process id to <c>{name}.pid</c> in the folder.</summary>
internal sealed record ChildSpec(string Name, string FileName, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Variables beside the inherited ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string LogFile => Path.Combine(Folder, Name + ".log");

    public string PidFile => Path.Combine(Folder, Name + ".pid");
}
