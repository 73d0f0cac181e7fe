using System.CommandLine;
using System.CommandLine.Parsing;

namespace Iexec.Cli.Frame;

/// <summary>The full name of a parsed command.</summary>
internal static class CommandNames
{
    public static string Of(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = command.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "iexec" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
