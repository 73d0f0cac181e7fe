using System.CommandLine;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>What was typed that no command understands, in the words of the official client.</summary>
internal static class UsageError
{
    public static IexecException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var message = parsed.UnmatchedTokens is [var token, ..] ? Unknown(command, token)
            : command.Subcommands.Count > 0 ? "a command is missing"
            : parsed.Errors[0].Message;
        return new IexecException(ErrorCode.ValidationError, message, $"See: {CommandNames.Of(parsed)} --help");
    }

    private static string Unknown(Command command, string token) =>
        token.StartsWith('-') ? $"unknown option '{token}'"
        : command.Subcommands.Count > 0 ? $"unknown command '{token}'"
        : $"too many arguments: '{token}'";
}
