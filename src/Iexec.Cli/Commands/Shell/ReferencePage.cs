using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Shell;

/// <summary>The page docs/reference/cli.md, written from the commands themselves.</summary>
internal static class ReferencePage
{
    /// <summary>The hidden command <c>reference</c>, which prints it.</summary>
    public static void Fill(Command command, CommandFrame frame)
    {
        frame.Bind(command, OptionBlocks.None, context =>
        {
            Write(CommandTree.BuildAll(frame), context.Environment.Out);
            return Task.CompletedTask;
        });
    }

    private static void Write(Command root, TextWriter page)
    {
        page.WriteLine("# Commands");
        page.WriteLine();
        page.WriteLine("Written by `iexec reference > docs/reference/cli.md`; a test compares. `iexec <command> --help` tells the same.");
        page.WriteLine();
        page.WriteLine("Every command takes `--raw` (the result as one line of JSON on standard output, a failure on standard error; what is watched adds a line for each");
        page.WriteLine("change) and `--quiet`. Exit code 0 means that everything asked for was done, 1 that something was not, 130 that it was interrupted.");
        page.WriteLine();
        WriteDifferences(page);
        foreach (var group in root.Subcommands.Where(sub => !sub.Hidden))
        {
            page.WriteLine();
            page.WriteLine($"## {group.Name}");
            page.WriteLine();
            page.WriteLine(Sentence(group.Description));
            WriteCommand(group, $"iexec {group.Name}", page, isGroup: true);
        }

        WriteFormer(page);
    }

    private static void WriteFormer(TextWriter page)
    {
        page.WriteLine();
        page.WriteLine("## Names of versions 1 and 2");
        page.WriteLine();
        page.WriteLine("Whoever writes one is told what it is called now, and the exit code is 1.");
        page.WriteLine();
        page.WriteLine("| version | was | is now |");
        page.WriteLine("|---|---|---|");
        foreach (var (name, version, now) in FormerCommands.All)
        {
            page.WriteLine($"| {version} | `iexec {name}` | {Cell(now)} |");
        }

        page.WriteLine();
        page.WriteLine("Options of older versions:");
        page.WriteLine();
        page.WriteLine("| was | is now |");
        page.WriteLine("|---|---|");
        foreach (var (option, now) in FormerOptions.All)
        {
            page.WriteLine($"| `{option}` | {Cell(now)} |");
        }
    }

    // What stands between < and > would be taken for a tag of the page.
    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).Replace(">", "\\>", StringComparison.Ordinal);

    private static void WriteDifferences(TextWriter page)
    {
        page.WriteLine("Commands, options, files and the members of `--raw` output are those of the official client, and so are their types. On purpose it is otherwise here:");
        page.WriteLine();
        foreach (var difference in new[]
        {
            "A failure of one order among several, of a task that was watched, or of half a sweep ends with exit code 1; of a single order the error is told as `error` and as `fail`.",
            "With `--raw`, or without a terminal, nothing is asked: what needs a confirmation is refused without `--force`, `app run` and `order fill` buy what they were told to, and `init` keeps the files that are there.",
            "No order gets tags of trusted execution that nobody has asked for.",
            "An app with an `mrenclave` is not refused: it is what versions 2 to 8 sell.",
            "A task that its pool has not begun is shown as `UNSET`, and the provider `ipfs` needs no `storage init`: neither is an error.",
            "An allowance is a decimal number; `claimed` and `tasks` of a deal begin at its first task.",
        })
        {
            page.WriteLine($"- {difference}");
        }
    }

    private static void WriteCommand(Command command, string name, TextWriter page, bool isGroup)
    {
        if (command.Subcommands.Count > 0)
        {
            foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden))
            {
                WriteCommand(sub, $"{name} {sub.Name}", page, isGroup: false);
            }

            return;
        }

        page.WriteLine();
        if (!isGroup)
        {
            page.WriteLine($"### {name}");
            page.WriteLine();
            page.WriteLine(Sentence(command.Description) + Aliases(command));
            page.WriteLine();
        }

        page.WriteLine($"`{name}{string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(CommandForms.Of))}`");
        var rows = command.Arguments.Where(argument => !argument.Hidden && argument.Description is not null).Select(argument => (CommandForms.Of(argument).Trim(), argument.Description!))
            .Concat(command.Options.Where(option => !option.Hidden && option.Name is not ("--raw" or "--quiet" or "--help")).Select(option => (CommandForms.WithAliases(option), CommandForms.Description(option))))
            .ToList();
        if (rows.Count == 0)
        {
            return;
        }

        page.WriteLine();
        page.WriteLine("| | |");
        page.WriteLine("|---|---|");
        foreach (var (form, description) in rows)
        {
            page.WriteLine($"| `{form.Replace("|", "\\|", StringComparison.Ordinal)}` | {Cell(description)} |");
        }
    }

    private static string Sentence(string? description) => description is null or "" ? "" : Cell($"{char.ToUpperInvariant(description[0])}{description[1..]}.");

    private static string Aliases(Command command) => command.Aliases.Count == 0 ? "" : $" Also: {string.Join(", ", command.Aliases.Order(StringComparer.Ordinal).Select(alias => $"`{alias}`"))}.";
}
