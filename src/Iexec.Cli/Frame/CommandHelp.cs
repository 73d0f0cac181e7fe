using System.CommandLine;
using System.CommandLine.Invocation;
using Iexec.Cli.Output;

namespace Iexec.Cli.Frame;

/// <summary>The help of a command or a group, no wider than the terminal: its own options first, then those that all commands share.</summary>
internal sealed class CommandHelp(CliEnvironment environment) : SynchronousCommandLineAction
{
    // Where no terminal says how wide it is, lines are as long as they are; on a very wide one they stay readable.
    private const int Widest = 120;
    private const int LongestForm = 46;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var style = new Style(environment.IsOutputTerminal, environment.Variable);
        Write(environment.Out, style, environment.OutputColumns(), CommandNames.Of(parseResult), parseResult.CommandResult.Command);
        return ExitCodes.Done;
    }

    private static void Write(TextWriter output, Style style, int columns, string name, Command command)
    {
        var width = columns == int.MaxValue ? columns : Math.Min(columns, Widest);
        output.WriteLine(WordWrap.Of($"{name}: {command.Description}", 0, width));
        output.WriteLine();
        var arguments = command.Arguments.Where(argument => !argument.Hidden).ToList();
        var usage = command.Subcommands.Count > 0 ? $"{name} <command>" : name + string.Concat(arguments.Select(CommandForms.Of));
        output.WriteLine($"{style.Heading("Usage:")} {usage}{(command.Subcommands.Count > 0 ? "" : " [options]")}");

        WriteRows(output, style, width, "Commands", [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (Form(sub), sub.Description ?? ""))]);
        WriteRows(output, style, width, "Arguments", [.. arguments.Where(argument => argument.Description is not null).Select(argument => (CommandForms.Of(argument).Trim(), argument.Description!))]);
        WriteRows(output, style, width, "Options", [.. command.Options.Where(option => !option.Hidden).Select(option => (CommandForms.WithAliases(option), CommandForms.Description(option)))]);
        if (command.Subcommands.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"Each has its own: {name} <command> --help");
        }
    }

    private static string Form(Command command) =>
        string.Join(", ", command.Aliases.Order(StringComparer.Ordinal).Prepend(command.Name)) + string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(CommandForms.Of));

    private static void WriteRows(TextWriter output, Style style, int width, string title, List<(string Form, string Description)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(style.Heading(title + ":"));
        var longest = Math.Min(LongestForm, width / 2);
        var indent = rows.Where(row => row.Form.Length <= longest).Select(row => row.Form.Length).DefaultIfEmpty(longest).Max() + 4;
        foreach (var (form, description) in rows)
        {
            // A form that is longer than the column has a line of its own.
            var isLong = form.Length + 4 > indent;
            output.Write(isLong ? $"  {form}\n{new string(' ', indent)}" : $"  {form}".PadRight(indent));
            output.WriteLine(WordWrap.Of(description, indent, width, indent));
        }
    }
}
