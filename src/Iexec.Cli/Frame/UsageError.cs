using System.CommandLine;
using System.CommandLine.Parsing;
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
        return new IexecException(ErrorCode.ValidationError, message, unmatched is null ? See(parsed) : HintOf(parsed, unmatched));
    }

    /// <summary>
    /// An option that no command knows, taken for an argument or for one more value of the option before it: a misspelt option must not become
    /// part of a name or an amount. What follows <c>--</c> is never an option.
    /// </summary>
    public static IexecException? OfStrayOption(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        if (!command.Command.TreatUnmatchedTokensAsErrors || command.Command.Subcommands.Count > 0)
        {
            return null;
        }

        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                return null;
            }

            if (token.Type == TokenType.Argument && IsOption(token.Value) && !IsFirstValue(command, token))
            {
                return new IexecException(ErrorCode.ValidationError, $"unknown option '{token.Value}'", HintOf(parsed, token.Value));
            }
        }

        return null;
    }

    // "--args --verbose": what stands right after an option is its value, whatever it looks like.
    private static bool IsFirstValue(CommandResult command, Token token) =>
        command.Children.OfType<OptionResult>().Any(option => option.Tokens is [var first, ..] && ReferenceEquals(first, token));

    // A dash alone is standard input, and a number after it is a wrong amount.
    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]) && token[1] != '.';

    private static string HintOf(ParseResult parsed, string token) => FormerOptions.Find(token)
        ?? (parsed.CommandResult.Command.Name == "run" && parsed.CommandResult.Parent is CommandResult { Command: RootCommand }
            ? $"Options of the app come after --; for those of iexec see: {CommandNames.Of(parsed)} --help"
            : See(parsed));

    private static string See(ParseResult parsed) => $"See: {CommandNames.Of(parsed)} --help";

    private static string? Missing(ParseResult parsed, Command command) =>
        command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })?.Name;

    private static string Unknown(Command command, string token) =>
        token.StartsWith('-') ? $"unknown option '{token}'"
        : command.Subcommands.Count > 0 ? $"unknown command '{token}'"
        : $"too many arguments: '{token}'";
}
