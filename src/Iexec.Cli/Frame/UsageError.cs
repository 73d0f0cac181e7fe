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
        if (Unmatched(parsed) is { } unmatched)
        {
            return OfUnknown(parsed, unmatched);
        }

        var message = command.Subcommands.Count > 0 ? "a command is missing"
            : Missing(parsed, command) is { } argument ? $"missing required argument '{argument}'"
            : command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is not { Tokens.Count: > 0 }) is { } needed ? $"missing required option '{needed.Name}'"
            : OneLine(parsed.Errors[0].Message);
        return new IexecException(ErrorCode.ValidationError, message, See(parsed));
    }

    /// <summary>A word after a group that is no command of it, though its help was asked for; null if there is none.</summary>
    public static IexecException? OfStrayCommand(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && Unmatched(parsed) is { } unmatched ? OfUnknown(parsed, unmatched) : null;

    /// <summary>A first word that is no command of the program.</summary>
    public static IexecException OfUnknown(string word, IEnumerable<string> known)
    {
        const string See = "See: iexec --help";
        return FormerCommands.Find("", word) is { } former
            ? new IexecException(ErrorCode.ValidationError, former)
            : new IexecException(ErrorCode.ValidationError, $"unknown {(word.StartsWith('-') ? "option" : "command")} '{word}'", Meant(word, known) is { } meant ? $"Did you mean {meant}? {See}" : See);
    }

    // The frame's options are not those of a group, and no mistake there.
    private static string? Unmatched(ParseResult parsed) =>
        parsed.UnmatchedTokens.FirstOrDefault(token => parsed.CommandResult.Command.Subcommands.Count == 0 || token is not ("--raw" or "--quiet"));

    private static IexecException OfUnknown(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        return FormerCommands.Find(CommandNames.Of(parsed)["iexec".Length..].Trim(), word) is { } former
            ? new IexecException(ErrorCode.ValidationError, former)
            : new IexecException(ErrorCode.ValidationError, Unknown(command, word), HintOf(parsed, word));
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
            : Meant(token, Names(parsed.CommandResult.Command, token)) is { } meant ? $"Did you mean {meant}? {See(parsed)}"
            : See(parsed));

    private static IEnumerable<string> Names(Command command, string token) => token.StartsWith('-')
        ? command.Options.Where(option => !option.Hidden).Select(option => option.Name)
        : command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => sub.Aliases.Prepend(sub.Name));

    // The nearest name, if it is one or two slips of the finger away.
    private static string? Meant(string word, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Slips: Slips(word, name))).Where(near => near.Slips <= 2 && near.Slips < near.Name.TrimStart('-').Length - 1).OrderBy(near => near.Slips).FirstOrDefault().Name;

    // Letters to add, leave out or replace.
    private static int Slips(string word, string name)
    {
        int[] row = [.. Enumerable.Range(0, name.Length + 1)];
        foreach (var (index, letter) in word.Index())
        {
            var diagonal = row[0];
            row[0] = index + 1;
            for (var column = 1; column <= name.Length; column++)
            {
                (diagonal, row[column]) = (row[column], Math.Min(Math.Min(row[column], row[column - 1]) + 1, diagonal + (char.ToUpperInvariant(letter) == char.ToUpperInvariant(name[column - 1]) ? 0 : 1)));
            }
        }

        return row[^1];
    }

    // The parser lists what it would take one below the other.
    private static string OneLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 1 ? message : $"{lines[0]} {string.Join(", ", lines.Skip(1).Select(line => line.Trim('\'')))}";
    }

    private static string See(ParseResult parsed) => $"See: {CommandNames.Of(parsed)} --help";

    private static string? Missing(ParseResult parsed, Command command) =>
        command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })?.Name;

    private static string Unknown(Command command, string token) =>
        token.StartsWith('-') ? $"unknown option '{token}'"
        : command.Subcommands.Count > 0 ? $"unknown command '{token}'"
        : $"too many arguments: '{token}'";
}
