using System.CommandLine;

namespace Iexec.Cli.Commands.Shell;

/// <summary>What a word that is being written can become.</summary>
internal static class Candidates
{
    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["--keystoredir"] = ["global", "local"],
        ["--storage-provider"] = ["ipfs", "dropbox"],
        ["--tag"] = ["tee", "tdx", "scone", "gramine", "gpu"],
    };

    /// <summary>Sorted; none where only the user knows, such as a file or an address.</summary>
    public static IEnumerable<string> Of(Command root, IReadOnlyList<string> words)
    {
        var current = words.Count == 0 ? "" : words[^1];
        var command = root;
        var before = "";
        foreach (var word in words.Take(Math.Max(0, words.Count - 1)))
        {
            command = command.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)) ?? command;
            before = word;
        }

        var option = command.Options.FirstOrDefault(option => option.Name == before || option.Aliases.Contains(before));
        IEnumerable<string> all = Values.TryGetValue(before, out var values) ? values
            : option is not null && option.ValueType != typeof(bool) ? []
            : current.StartsWith('-') ? command.Options.Where(candidate => !candidate.Hidden).Select(candidate => candidate.Name)
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        return all.Where(candidate => candidate.StartsWith(current, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }
}
