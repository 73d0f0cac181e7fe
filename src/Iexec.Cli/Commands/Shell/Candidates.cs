using System.CommandLine;
using System.CommandLine.Completions;
using Iexec.Cli.Frame;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Commands.Shell;

/// <summary>What a word that is being written can become: commands, options, and values that are known here.</summary>
internal sealed class Candidates(Command root, CommandContext context)
{
    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["--keystoredir"] = ["global", "local"],
        ["--storage-provider"] = ["ipfs", "dropbox"],
        ["--tag"] = ["tee", "tdx", "scone", "gramine", "gpu"],
        ["--app"] = ["deployed"],
        ["--dataset"] = ["deployed"],
        ["--workerpool"] = ["deployed"],
    };

    /// <summary>Sorted; none where only the user knows, such as a file or an address.</summary>
    public IEnumerable<string> Of(IReadOnlyList<string> words)
    {
        var current = words.Count == 0 ? "" : words[^1];
        var (command, before) = (root, "");
        foreach (var word in words.SkipLast(1))
        {
            if (word == "--")
            {
                return [];
            }

            command = command.Subcommands.FirstOrDefault(sub => IsNamed(sub, word)) ?? command;
            before = word;
        }

        var option = command.Options.FirstOrDefault(option => IsNamed(option, before));
        if (option is not null && option.ValueType != typeof(bool))
        {
            return Beginning(current, ValuesOf(option));
        }

        if (current.StartsWith('-'))
        {
            return Beginning(current, command.Options.Where(candidate => !candidate.Hidden).Select(candidate => candidate.Name));
        }

        var names = Beginning(current, command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)
            .Concat(command.Arguments.Where(argument => !argument.Hidden).SelectMany(argument => Labels(argument.GetCompletions(CompletionContext.Empty))))).ToList();
        // The names of older versions, for whoever begins one.
        return names.Count > 0 ? names : Beginning(current, command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => sub.Aliases));
    }

    private static bool IsNamed(Command command, string word) => command.Name == word || command.Aliases.Contains(word);

    private static bool IsNamed(Option option, string word) => option.Name == word || option.Aliases.Contains(word);

    // Of a list with commas, the last part is being written.
    private static IEnumerable<string> Beginning(string current, IEnumerable<string> all)
    {
        var written = current[..(current.LastIndexOf(',') + 1)];
        return all.Select(candidate => written + candidate).Where(candidate => candidate.StartsWith(current, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Labels(IEnumerable<CompletionItem> items) => items.Select(item => item.InsertText ?? item.Label);

    private IEnumerable<string> ValuesOf(Option option) => option.Name switch
    {
        "--chain" => Quietly(() => ChainFile.Read(context.Project.Chain).Names),
        "--wallet-file" => Quietly(() => Keystore().ListNames()),
        "--wallet-address" => Quietly(() => Keystore().ListNames().Select(file => KeystoreFolder.AddressInName(file)?.ToString()).OfType<string>()),
        // Orders are named by a hash there.
        "--app" or "--dataset" or "--workerpool" when option.HelpName?.Contains("deployed", StringComparison.Ordinal) != true => [],
        var name when Values.TryGetValue(name, out var values) => values,
        _ => Labels(option.GetCompletions(CompletionContext.Empty)),
    };

    private KeystoreFolder Keystore() => KeystoreFolder.At(null, context.Project.Path, context.Environment.HomeFolder);

    // A file that is missing or wrong has nothing to propose; the command itself will say so.
    private static List<string> Quietly(Func<IEnumerable<string>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (IexecException)
        {
            return [];
        }
    }
}
