using System.CommandLine;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>Binds a command to what it does: shared options, context, errors, exit code.</summary>
internal sealed class CommandFrame(CliEnvironment environment)
{
    // Made with the first command that is bound: the help of the program binds none.
    private SharedOptions Options => field ??= new();

    /// <summary>Shows what a command takes.</summary>
    public CommandHelp Help => new(environment);

    /// <summary>Adds the shared options and the action. The action returns when all is done, and throws or reports failures otherwise.</summary>
    public Command Bind(Command command, OptionBlocks blocks, Func<CommandContext, Task> action)
    {
        Options.AddTo(command, blocks);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, action, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<CommandContext, Task> action, CancellationToken cancellationToken)
    {
        using var context = new CommandContext(parsed, Options, environment, cancellationToken);
        try
        {
            await action(context);
            return context.ExitCode;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            var error = new IexecException(ErrorCode.Error, "A service did not answer in time", "Try again; see that the addresses in chain.json are right.", late);
            return ErrorReport.Write(environment, context.CommandName, context.Raw, error, context.Failures);
        }
        catch (Exception error)
        {
            return ErrorReport.Write(environment, context.CommandName, context.Raw, error, context.Failures);
        }
    }
}
