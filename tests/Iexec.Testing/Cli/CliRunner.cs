using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;

namespace Iexec.Testing.Cli;

/// <summary>What a command answered.</summary>
public sealed record CliResult(int ExitCode, string Out, string Error)
{
    /// <summary>The line of a successful <c>--raw</c> command that tells its result: the last one, which is the only one unless something is watched.</summary>
    public JsonObject ReadOut() => ReadLines()[^1];

    /// <summary>All lines of a <c>--raw</c> command.</summary>
    public IReadOnlyList<JsonObject> ReadLines() => [.. Out.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>The one line of a failed <c>--raw</c> command, after prompts if there were any.</summary>
    public JsonObject ReadError() => JsonNode.Parse(Error.TrimEnd('\n').Split('\n')[^1])!.AsObject();
}

/// <summary>Runs commands in this process, in a folder and a home of their own, with everything outside given by the test.</summary>
public sealed class CliRunner : IDisposable
{
    /// <summary>The project folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("iexec-cli-").FullName;

    /// <summary>Holds the global keystore.</summary>
    public string Home { get; init; } = Directory.CreateTempSubdirectory("iexec-home-").FullName;

    /// <summary>Environment variables.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The network; by default nothing answers.</summary>
    public Func<HttpMessageHandler> Network { get; set; } = () => new SilentNetwork();

    /// <summary>Standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Standard input that does more than hold a text.</summary>
    public TextReader? Reader { get; set; }

    /// <summary>True if a person answers.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>True if a person looks at the progress.</summary>
    public bool IsErrorTerminal { get; set; }

    /// <summary>Characters of a line.</summary>
    public int Columns { get; set; } = int.MaxValue;

    /// <summary>Answers to password prompts, in their order.</summary>
    public Queue<string> Secrets { get; } = new();

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Interruption { get; set; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Keys and salts.</summary>
    public IEntropySource Entropy { get; set; } = SystemEntropy.Instance;

    /// <summary>Path of a file in the project.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Runs one command.</summary>
    public async Task<CliResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment
        {
            Out = output,
            Error = error,
            In = Reader ?? new StringReader(Input),
            IsInputTerminal = IsTerminal,
            IsErrorTerminal = IsErrorTerminal,
            OutputColumns = () => Columns,
            ErrorColumns = () => Columns,
            WorkingFolder = Folder,
            HomeFolder = Home,
            Variable = name => Variables.GetValueOrDefault(name),
            ReadSecret = (question, _) =>
            {
                error.WriteLine(question);
                return Task.FromResult(Secrets.Dequeue());
            },
            Time = Time,
            Entropy = Entropy,
            HttpHandler = Network,
        };
        var code = await CliApplication.RunAsync(args, environment, Interruption);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs one command with <c>--raw</c> that has to succeed.</summary>
    public async Task<JsonObject> OkAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--raw"]);
        return result.ExitCode == 0 && result.Error.Length == 0 ? result.ReadOut() : throw new InvalidOperationException($"{string.Join(' ', args)}: {result}");
    }

    /// <summary>Runs one command with <c>--raw</c> that has to fail.</summary>
    public async Task<JsonObject> FailAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--raw"]);
        return result.ExitCode == 1 && result.Out.Length == 0 ? result.ReadError() : throw new InvalidOperationException($"{string.Join(' ', args)}: {result}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        if (Directory.Exists(Home))
        {
            Directory.Delete(Home, recursive: true);
        }
    }

    private sealed class SilentNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("nobody listens");
    }
}
