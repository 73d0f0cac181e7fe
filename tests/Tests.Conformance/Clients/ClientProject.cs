using System.Text.Json.Nodes;
using Iexec.Sdk.Project;
using Xunit;

namespace Tests.Conformance.Clients;

/// <summary>A project folder of somebody who uses an official client. Nothing of ours is in it but <c>chain.json</c>.</summary>
internal sealed class ClientProject
{
    public ClientProject(OfficialClient client, string folder)
    {
        Client = client;
        Folder = Directory.CreateDirectory(Path.Combine(folder, "project")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
    }

    public OfficialClient Client { get; }

    public string Folder { get; }

    public string Home { get; }

    /// <summary>Path of a file in the project.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Address in <c>wallet.json</c>, with checksum.</summary>
    public string Wallet => (string)Read("wallet.json")["address"]!;

    public string PrivateKey => (string)Read("wallet.json")["privateKey"]!;

    /// <summary>A command that has to succeed: exit code 0, one JSON line on standard output, nothing on standard error.</summary>
    public async Task<JsonObject> DoAsync(string command, params string[] more)
    {
        var answer = await RunAsync([.. command.Split(' '), .. more, "--raw"]);
        Assert.True(answer is { ExitCode: 0, Error: "" }, answer.ToString());
        var json = JsonNode.Parse(answer.Out)!.AsObject();
        Assert.True((bool)json["ok"]!, answer.ToString());
        return json;
    }

    /// <summary>A command that has to succeed with exactly these keys beside <c>ok</c>.</summary>
    public async Task<JsonObject> ExpectAsync(string command, string[] keys, params string[] more)
    {
        var json = await DoAsync(command, more);
        Assert.Equal(keys.Order(), json.Select(member => member.Key).Where(key => key != "ok").Order());
        return json;
    }

    /// <summary>A command that has to be refused: exit code 1, one JSON line on standard error. Returns the message.</summary>
    public async Task<string> RefusedAsync(string command, params string[] more)
    {
        var answer = await RunAsync([.. command.Split(' '), .. more, "--raw"]);
        Assert.True(answer is { ExitCode: 1, Out: "" }, answer.ToString());
        var json = JsonNode.Parse(answer.Error)!.AsObject();
        Assert.False((bool)json["ok"]!, answer.ToString());
        return (string)json["error"]!["message"]!;
    }

    public Task<ClientAnswer> RunAsync(IReadOnlyList<string> arguments) => Client.RunAsync(Folder, Home, arguments);

    public JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(this[name]))!.AsObject();

    /// <summary>Changes members of a JSON file by their path, as a user would with an editor.</summary>
    public void Edit(string name, params (string Path, JsonNode? Value)[] changes) => new JsonFile(this[name]).Update(root =>
    {
        foreach (var (path, value) in changes)
        {
            var steps = path.Split('.');
            steps[..^1].Aggregate(root, (at, step) => at[step]!.AsObject())[steps[^1]] = value;
        }
    });
}
