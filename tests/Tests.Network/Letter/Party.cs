using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk.Wallets;
using Xunit;

namespace Tests.Network.Letter;

/// <summary>Somebody with a project folder and a home, whose keystore holds the wallets; the password comes from the environment.</summary>
public sealed class Party
{
    private readonly Dictionary<string, string> _variables;

    /// <param name="folder">Project folder and home are made inside.</param>
    /// <param name="networkHome">State of the network on this machine.</param>
    public Party(string folder, string networkHome)
    {
        Folder = Directory.CreateDirectory(Path.Combine(folder, "project")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        PasswordFile = Path.Combine(Home, "password");
        File.WriteAllText(PasswordFile, Password + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _variables = new()
        {
            ["HOME"] = Home,
            ["IEXEC_HOME"] = networkHome,
            ["IEXEC_WALLET_PASSWORD"] = Password,
            ["NO_COLOR"] = "1",
        };
    }

    public string Folder { get; }

    public string Home { get; }

    public string Password { get; } = "correct horse battery staple";

    /// <summary>Holds the password, for roles.</summary>
    public string PasswordFile { get; }

    /// <summary>The default wallet's.</summary>
    public Address Address { get; set; }

    /// <summary>The keystore of this home.</summary>
    internal KeystoreFolder Keystore => KeystoreFolder.At(null, Folder, Home);

    /// <summary>Path of a file in the project.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>A line as the letter prints it; the second of two commands runs only after the first has succeeded. Returns what they printed.</summary>
    public async Task<string> DoAsync(string line)
    {
        var output = "";
        foreach (var command in line.Split(" && "))
        {
            var words = command.Split(' ');
            Assert.Equal("iexec", words[0]);
            var result = await RunAsync(words[1..]);
            Assert.True(result.ExitCode == 0, $"{command}\n{result}");
            output += result.Out;
        }

        return output;
    }

    /// <summary>The line with <c>--raw</c>, which has to succeed and to be silent on standard error.</summary>
    public Task<JsonObject> ReadAsync(string line) => ReadAsync(line.Split(' ')[1..]);

    public async Task<JsonObject> ReadAsync(params string[] arguments)
    {
        var result = await RunAsync(WithRaw(arguments));
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, result.ToString());
        var answer = result.ReadOut();
        Assert.True((bool)answer["ok"]!);
        return answer;
    }

    /// <summary>A command that has to be refused, in words and with <c>--raw</c> alike: exit code 1, nothing on standard output. Returns message and hint.</summary>
    public async Task<(string Message, string Hint)> RefusedAsync(string line, params (string Name, string Value)[] variables)
    {
        var words = line.Split(' ')[1..];
        var told = await RunAsync(words, variables);
        Assert.True(told.ExitCode == 1 && told.Out.Length == 0, told.ToString());
        var raw = await RunAsync(WithRaw(words), variables);
        Assert.True(raw.ExitCode == 1 && raw.Out.Length == 0, raw.ToString());
        var answer = raw.ReadError();
        Assert.False((bool)answer["ok"]!);
        var (message, hint) = ((string)answer["error"]!["message"]!, (string?)answer["error"]!["hint"] ?? "");
        Assert.Contains(message, told.Error, StringComparison.Ordinal);
        Assert.Contains(hint, told.Error, StringComparison.Ordinal);
        return (message, hint);
    }

    public Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>(_variables);
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return IexecProgram.RunAsync(Folder, all, arguments);
    }

    /// <summary>Starts a command in words, for tests that stop it on its way.</summary>
    internal System.Diagnostics.Process Start(params string[] arguments) => IexecProgram.Start(Folder, _variables, arguments);

    /// <summary>Starts a role in this folder.</summary>
    internal BackgroundProgram StartRole(params string[] arguments) => BackgroundProgram.Start(Folder, _variables, arguments);

    /// <summary>Sets members of a JSON file of the project by their path, e.g. <c>order.apporder.appprice</c>.</summary>
    public void Edit(string file, params (string Path, JsonNode Value)[] members)
    {
        var root = JsonNode.Parse(File.ReadAllText(this[file]))!;
        foreach (var (path, value) in members)
        {
            var names = path.Split('.');
            var parent = names[..^1].Aggregate(root, (node, name) => node[name]!);
            parent[names[^1]] = value;
        }

        File.WriteAllText(this[file], root.ToJsonString(Indented));
    }

    // What follows "--" is the app's.
    private static string[] WithRaw(string[] arguments) =>
        Array.IndexOf(arguments, "--") is var end and >= 0 ? [.. arguments[..end], "--raw", .. arguments[end..]] : [.. arguments, "--raw"];

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };
}
