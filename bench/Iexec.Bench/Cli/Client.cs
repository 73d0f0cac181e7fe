using System.Text.Json.Nodes;
using Iexec.Sdk.Project;
using Iexec.Testing;

namespace Iexec.Bench.Cli;

/// <summary>One of the two programs, with a project folder and a home of its own.</summary>
internal sealed class Client
{
    private readonly string _file;
    private readonly string[] _first;

    private Client(string name, string file, string[] first, string folder)
    {
        (Name, _file, _first) = (name, file, first);
        Folder = Directory.CreateDirectory(Path.Combine(folder, name, "project")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(folder, name, "home")).FullName;
    }

    public string Name { get; }

    public string Folder { get; }

    public string Home { get; }

    /// <summary>Path of a file in the project.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>The program that <c>./iexec</c> builds and runs.</summary>
    public static Client Ours(string folder) => new("ours", Path.Combine(Repository.Root, "artifacts", "iexec", "iexec"), [], folder);

    /// <summary>npm <c>iexec</c> 9.0.1 as it was published.</summary>
    public static Client Official(string folder) => new(
        "official", "node", [Path.Combine(Repository.Root, "eng", "tools", "clients", "node_modules", "iexec-9", "dist", "esm", "cli", "cmd", "iexec.js")], folder);

    /// <summary>Runs a command in the project folder, or in one below it.</summary>
    public Task<Measured> RunAsync(IEnumerable<string> arguments, string below = ".") => MeasuredProcess.RunAsync(
        _file, [.. _first, .. arguments], Path.GetFullPath(below, Folder), new Dictionary<string, string> { ["HOME"] = Home, ["NO_COLOR"] = "1" });

    /// <summary>Runs a command and reads its one line of JSON.</summary>
    public async Task<JsonObject> DoAsync(string command) => JsonNode.Parse((await RunAsync([.. command.Split(' '), "--raw"])).Out)!.AsObject();

    /// <summary>Changes a JSON file of the project.</summary>
    public void Edit(string name, Action<JsonObject> change) => new JsonFile(this[name]).Update(change);
}
