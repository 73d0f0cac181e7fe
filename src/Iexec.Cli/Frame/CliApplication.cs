using System.CommandLine;
using Iexec.Cli.Commands;
using Iexec.Cli.Output;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>From arguments to exit code.</summary>
public static class CliApplication
{
    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs one command. Never throws.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliEnvironment environment, CancellationToken cancellationToken)
    {
        if (args is ["--version" or "-V", ..])
        {
            environment.Out.WriteLine(Version);
            return ExitCodes.Done;
        }

        if (args is [] or ["--help" or "-h" or "-?" or "help"])
        {
            CommandTree.WriteHelp(environment.Out, new Style(environment.IsOutputTerminal, environment.Variable));
            return ExitCodes.Done;
        }

        var prepared = CommandArguments.Prepare(args);
        if (CommandTree.FindUnknown(prepared) is { } unknown)
        {
            return ErrorReport.Write(environment, "iexec", prepared.Contains("--raw"), unknown);
        }

        var parsed = CommandTree.Build(prepared, new CommandFrame(environment)).Parse(prepared, Parser);
        var misunderstanding = IsHelp(prepared) ? UsageError.OfStrayCommand(parsed)
            : UsageError.OfStrayOption(parsed) ?? (parsed.Errors.Count > 0 ? UsageError.Of(parsed) : null);
        if (misunderstanding is { } misunderstood)
        {
            return ErrorReport.Write(environment, CommandNames.Of(parsed), prepared.Contains("--raw"), misunderstood);
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = environment.Out, Error = environment.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (Exception error)
        {
            return ErrorReport.Write(environment, CommandNames.Of(parsed), prepared.Contains("--raw"), error);
        }
    }

    private static bool IsHelp(IReadOnlyList<string> args) => args.Contains("--help") || args.Contains("-h");

    /// <summary>e.g. <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(CliApplication).Assembly.GetName().Version?.ToString(3)
        ?? throw new IexecException(ErrorCode.Error, "The program has no version.");
}
