using Iexec.Poco.Escrow;

namespace Iexec.Cli.Frame;

/// <summary>Small repairs of what was typed, at least one word, before it is parsed.</summary>
internal static class CommandArguments
{
    public static IReadOnlyList<string> Prepare(IReadOnlyList<string> args) => args[0] switch
    {
        "help" or "--help" or "-h" or "-?" => [.. args.Skip(1), "--help"],
        // The workshop of 2019 names the command without its group.
        "encryptedpush" => Join(["tee", .. args]),
        _ => Join(PutForward(args)),
    };

    /// <summary>Options of every command may stand before its name too.</summary>
    private static IReadOnlyList<string> PutForward(IReadOnlyList<string> args)
    {
        var first = 0;
        while (first < args.Count && args[first] is "--raw" or "--quiet")
        {
            first++;
        }

        if (first == 0 || first == args.Count)
        {
            return args;
        }

        // What follows "--" is not ours.
        var end = first;
        while (end < args.Count && args[end] != "--")
        {
            end++;
        }

        return [.. args.Skip(first).Take(end - first), .. args.Take(first), .. args.Skip(end)];
    }

    /// <summary>
    /// A keystore name that a text has broken in two at its <c>--</c> (<c>UTC--2019…Z --A540…</c>) is put together again:
    /// forty hexadecimal digits are never an option. And a price of gas takes a unit, which is no argument of the command.
    /// </summary>
    private static List<string> Join(IReadOnlyList<string> args)
    {
        var joined = new List<string>(args.Count);
        foreach (var argument in args)
        {
            if (joined is [.., "--wallet-file", var name] && name.StartsWith("UTC--", StringComparison.Ordinal) && IsAddressPart(argument))
            {
                joined[^1] = name + argument;
            }
            else if (joined is [.., "--gas-price", var amount] && WeiAmount.IsUnit(argument))
            {
                joined[^1] = $"{amount} {argument}";
            }
            else
            {
                joined.Add(argument);
            }
        }

        return joined;
    }

    private static bool IsAddressPart(string argument) =>
        argument.Length == 42 && argument.StartsWith("--", StringComparison.Ordinal) && argument.AsSpan(2).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
}
