namespace Iexec.Cli.Frame;

/// <summary>Small repairs of what was typed, at least one word, before it is parsed.</summary>
internal static class CommandArguments
{
    public static IReadOnlyList<string> Prepare(IReadOnlyList<string> args) => args[0] == "help" ? [.. args.Skip(1), "--help"] : JoinWalletFile(args);

    /// <summary>
    /// A keystore name that a text has broken in two at its <c>--</c> (<c>UTC--2019…Z --A540…</c>) is put together again:
    /// forty hexadecimal digits are never an option.
    /// </summary>
    private static List<string> JoinWalletFile(IReadOnlyList<string> args)
    {
        var joined = new List<string>(args.Count);
        foreach (var argument in args)
        {
            if (joined is [.., "--wallet-file", var name] && name.StartsWith("UTC--", StringComparison.Ordinal) && IsAddressPart(argument))
            {
                joined[^1] = name + argument;
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
