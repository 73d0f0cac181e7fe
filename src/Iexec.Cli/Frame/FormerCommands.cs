namespace Iexec.Cli.Frame;

/// <summary>Commands of versions 1 and 2 that have another name now: whoever writes one is told which, in one line.</summary>
internal static class FormerCommands
{
    private static readonly Dictionary<string, (int Version, string Now)> Successors = new(StringComparer.Ordinal)
    {
        ["airdrop"] = (1, "iexec wallet getRLC"),
        ["compile"] = (1, "your own contract tool; an app needs no contract of its own: iexec app deploy"),
        ["migrate"] = (1, "iexec app deploy"),
        ["truffle"] = (1, "your own contract tool; an app needs no contract of its own: iexec app deploy"),
        ["deploy"] = (1, "iexec app deploy"),
        ["submit"] = (1, "iexec app run"),
        ["server"] = (1, "iexec app run, then iexec task show <taskid> --watch --download"),
        ["upgrade"] = (1, "not needed, the files of older versions are read as they are"),
        ["account allow"] = (1, "iexec account deposit <amount>"),
        ["scheduler"] = (2, "iexec workerpool show [addressOrIndex]; for the one of this machine's network: iexec status"),
        ["order place"] = (2, "iexec order sign --workerpool, then iexec order publish --workerpool"),
        ["order count"] = (2, "iexec orderbook show"),
    };

    /// <summary>What took the place of a command; null for what never was one.</summary>
    /// <param name="command">What was understood of the line, without the program's name, e.g. <c>order</c>.</param>
    /// <param name="word">The word after it.</param>
    public static string? Find(string command, string word)
    {
        var name = command.Length == 0 ? word : $"{command} {word}";
        return Successors.TryGetValue(name, out var successor) ? Text(name, successor.Version, successor.Now)
            // Some were followed by what they were about.
            : (command, word) switch
            {
                ("result", ['0', 'x', ..]) => Text("result <txHash>", 1, Result),
                ("init", [not '-', ..]) => Text($"init {word}", 1, Init(word)),
                ("order show" or "order cancel", _) when IsShortId(word) => Text($"{command} {word}", 2, Order(command["order ".Length..])),
                _ => null,
            };
    }

    /// <summary>Former name, version, and what is written now, sorted by version and name.</summary>
    public static IEnumerable<(string Name, int Version, string Now)> All => Successors
        .Select(former => (former.Key, former.Value.Version, former.Value.Now))
        .Concat([("result <txHash>", 1, Result), ("init <name>", 1, Init("<name>")), ("order show <id>", 2, Order("show")), ("order cancel <id>", 2, Order("cancel"))])
        .OrderBy(former => former.Item2).ThenBy(former => former.Item1, StringComparer.Ordinal);

    private const string Result = "iexec task show <taskid> --download";

    private static string Init(string name) => $"mkdir {name} && cd {name} && iexec init";

    private static string Order(string verb) => $"iexec order {verb} --workerpool <orderHash>, with the hash from: iexec orderbook workerpool";

    private static string Text(string name, int version, string now) => $"\"iexec {name}\" of version {version} is now: {now}";

    private static bool IsShortId(string word) => word.Length is >= 4 and < 64 && word.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
