using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Frame;

/// <summary>What a running command has: its arguments, the project, the wallet, the network, and the two channels.</summary>
internal sealed partial class CommandContext : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly SharedOptions _options;
    private readonly Lazy<ServiceHttp> _http;

    internal CommandContext(ParseResult parsed, SharedOptions options, CliEnvironment environment, CancellationToken cancellation)
    {
        _parsed = parsed;
        _options = options;
        Environment = environment;
        Cancellation = cancellation;
        Project = new ProjectFolder(environment.WorkingFolder);
        Raw = parsed.GetValue(options.Raw);
        Quiet = parsed.GetValue(options.Quiet);
        CommandName = CommandNames.Of(parsed);
        OutStyle = new Style(environment.IsOutputTerminal, environment.Variable);
        _http = new(() => new ServiceHttp(environment.HttpHandler(), environment.Time, mayBlock: environment.IsOneShot));
    }

    /// <summary>The outside.</summary>
    public CliEnvironment Environment { get; }

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Clock.</summary>
    public TimeProvider Time => Environment.Time;

    /// <summary>Keys and salts.</summary>
    public IEntropySource Entropy => Environment.Entropy;

    /// <summary>The current folder.</summary>
    public ProjectFolder Project { get; }

    /// <summary>One line of JSON, no prompts on standard output, no progress.</summary>
    public bool Raw { get; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; }

    /// <summary>No confirmations; raw output has nobody to confirm.</summary>
    public bool Force => _parsed.GetValue(_options.Force);

    /// <summary>e.g. <c>iexec account deposit</c>.</summary>
    public string CommandName { get; }

    /// <summary>Shared by everything that the command asks of the network.</summary>
    public ServiceHttp Http => _http.Value;

    /// <summary>0 until a partial failure was reported.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Told beside the error that ends the command, in raw output.</summary>
    public IReadOnlyList<string> Failures { get; set; } = [];

    internal Style OutStyle { get; }

    /// <summary>Value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>Value of an option.</summary>
    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>True if the option was written, with or without a value.</summary>
    public bool Has(Option option) => _parsed.GetResult(option) is { Implicit: false };

    /// <summary>The result: raw, <c>{"ok":true, …fields}</c> on standard output; else what <paramref name="human"/> writes there.</summary>
    public void Succeed(JsonObject fields, Action<TextWriter> human)
    {
        if (Raw)
        {
            Environment.Out.WriteLine(JsonText.ToLine(With("ok", true, fields)));
        }
        else
        {
            human(Environment.Out);
        }
    }

    /// <summary>The result: the sentence, then the object.</summary>
    public void Succeed(JsonObject fields, string sentence, JsonObject? details = null) => Succeed(fields, output =>
    {
        Tick(output, sentence);
        if (details is not null)
        {
            Show(output, details);
        }
    });

    /// <summary>A sentence of what was done.</summary>
    public void Tick(TextWriter output, string sentence) => output.WriteLine(OutStyle.Good("✔ ") + WordWrap.Of(sentence, 2, Environment.OutputColumns(), 2));

    /// <summary>
    /// The result of several wishes, some of which failed: with <c>fail</c> and <c>ok:false</c> on standard error, exit code 1. Without
    /// failures as <see cref="Succeed(JsonObject, Action{TextWriter})"/>.
    /// </summary>
    public void Report(JsonObject fields, IReadOnlyList<string> failures, Action<TextWriter> human)
    {
        if (failures.Count == 0)
        {
            Succeed(fields, human);
            return;
        }

        ExitCode = ExitCodes.Failed;
        if (Raw)
        {
            var body = With("ok", false, fields);
            body["fail"] = new JsonArray([.. failures.Select(failure => (JsonNode?)failure)]);
            Environment.Error.WriteLine(JsonText.ToLine(body));
            return;
        }

        human(Environment.Out);
        var style = new Style(Environment.IsErrorTerminal, Environment.Variable);
        foreach (var failure in failures)
        {
            Environment.Error.WriteLine(style.Error("✖ ") + WordWrap.Of(Printable.Of(failure, keepLines: true), 2, Environment.ErrorColumns(), 2));
        }
    }

    /// <summary>Progress on standard error; nothing when raw or quiet.</summary>
    public void Note(string text)
    {
        if (!Raw && !Quiet)
        {
            Environment.Error.WriteLine($"{new Style(Environment.IsErrorTerminal, Environment.Variable).Faint("·")} {WordWrap.Of(Printable.Of(text), 2, Environment.ErrorColumns(), 2)}");
        }
    }

    /// <summary>Something the user should know although the command goes on.</summary>
    public void Warn(string text)
    {
        if (!Raw)
        {
            Environment.Error.WriteLine($"⚠ {WordWrap.Of(Printable.Of(text), 2, Environment.ErrorColumns(), 2)}");
        }
    }

    /// <summary>Lines of an object.</summary>
    public void Show(TextWriter output, JsonObject details, int indent = 0) =>
        new ObjectView(output, OutStyle, Time.GetUtcNow(), Environment.OutputColumns()).Write(details, indent);

    /// <summary>Rows under headings.</summary>
    public void ShowTable(TextWriter output, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) =>
        TextTable.Write(output, OutStyle, Environment.OutputColumns(), headers, rows);

    /// <summary>Asks on standard error; yes with <c>--force</c>.</summary>
    /// <exception cref="IexecException">Declined, or nobody is there to answer.</exception>
    public async Task ConfirmAsync(string question)
    {
        if (Force)
        {
            return;
        }

        if (!Environment.IsInputTerminal || Raw)
        {
            throw new IexecException(ErrorCode.ValidationError, $"Not confirmed: {question}", "Use --force to go on without being asked.");
        }

        if (!await AskAsync(question))
        {
            throw new IexecException(ErrorCode.ValidationError, "Not confirmed; nothing was changed.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key?.Dispose();
        if (_http.IsValueCreated && !Environment.IsOneShot)
        {
            _http.Value.Dispose();
        }
    }

    private static JsonObject With(string name, JsonNode value, JsonObject fields)
    {
        var all = new JsonObject { [name] = value };
        while (fields.Count > 0)
        {
            // A node has one parent at a time.
            var (key, field) = fields.GetAt(0);
            fields.RemoveAt(0);
            all[key] = field;
        }

        return all;
    }
}
