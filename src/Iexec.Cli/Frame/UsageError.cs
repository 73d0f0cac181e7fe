using System.CommandLine;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>What was typed that no command understands, in the words of the official client.</summary>
internal static class UsageError
{
    public static IexecException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unmatched = parsed.UnmatchedTokens.FirstOrDefault(token => command.Subcommands.Count == 0 || token is not ("--raw" or "--quiet"));
        var message = unmatched is not null ? Unknown(command, unmatched)
            : command.Subcommands.Count > 0 ? "a command is missing"
            : Missing(parsed, command) is { } argument ? $"missing required argument '{argument}'"
            : parsed.Errors[0].Message;
        return new IexecException(ErrorCode.ValidationError, message, $"See: {CommandNames.Of(parsed)} --help");
    }

    private static string? Missing(ParseResult parsed, Command command) =>
        command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })?.Name;

    private static string Unknown(Command command, string token) =>
        token.StartsWith('-') ? $"unknown option '{token}'"
        : command.Subcommands.Count > 0 ? $"unknown command '{token}'"
        : $"too many arguments: '{token}'";
}
