using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands;

/// <summary>
/// A command that another version of the client has and whose service does not exist here: its help is there, it takes whatever is written
/// after it, says one line and fails, so that no script takes silence for success.
/// </summary>
internal static class Replaced
{
    public static Command Create(CommandFrame frame, string name, string description, string message)
    {
        // Options of the old command are taken too, as words.
        var ignored = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        var command = new Command(name, description) { ignored };
        command.TreatUnmatchedTokensAsErrors = false;
        return frame.Bind(command, OptionBlocks.None, _ => throw new IexecException(ErrorCode.ConfigurationError, message));
    }
}
