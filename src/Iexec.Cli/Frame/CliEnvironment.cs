using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;

namespace Iexec.Cli.Frame;

/// <summary>Everything outside the program that a command may touch, so that a test can give its own.</summary>
public sealed record CliEnvironment
{
    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, prompts, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Answers.</summary>
    public required TextReader In { get; init; }

    /// <summary>True if a person can answer.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>True if results are read by a person now.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Characters of a line of results; asked only where it matters.</summary>
    public Func<int> OutputColumns { get; init; } = static () => int.MaxValue;

    /// <summary>True if progress is read by a person now.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Characters of a line of progress; asked only where it matters.</summary>
    public Func<int> ErrorColumns { get; init; } = static () => int.MaxValue;

    /// <summary>The project folder.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Holds the global keystore.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>Environment variables.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Asks for a text that is not shown.</summary>
    public required Func<string, CancellationToken, Task<string>> ReadSecret { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Keys and salts.</summary>
    public IEntropySource Entropy { get; init; } = SystemEntropy.Instance;

    /// <summary>The network.</summary>
    public Func<HttpMessageHandler> HttpHandler { get; init; } = static () => new SocketsHttpHandler
    {
        // No service of ours keeps cookies or follows a trace; without them each start has less to load.
        ConnectTimeout = TimeSpan.FromSeconds(10), UseCookies = false, ActivityHeadersPropagator = null,
        ConnectCallback = LoopbackHandler.ConnectAsync,
    };

    /// <summary>True where the process lives for one command: nothing need be closed that the system closes, and a thread that waits hinders nobody.</summary>
    public bool IsOneShot { get; init; }

    /// <summary>That of this process.</summary>
    public static CliEnvironment OfProcess() => new()
    {
        IsOneShot = true,
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        OutputColumns = static () => !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var columns ? columns : int.MaxValue,
        IsErrorTerminal = !Console.IsErrorRedirected,
        ErrorColumns = static () => !Console.IsErrorRedirected && Console.WindowWidth is > 0 and var columns ? columns : int.MaxValue,
        WorkingFolder = Environment.CurrentDirectory,
        HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        Variable = Environment.GetEnvironmentVariable,
        ReadSecret = SecretPrompt.AskAsync,
    };
}
