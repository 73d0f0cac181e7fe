namespace Iexec.Bench.Cli;

/// <summary>One command that both programs run.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Arguments">The same for both.</param>
/// <param name="WallTarget">Ours divided by theirs, at most.</param>
/// <param name="MemoryTarget">The same; null for none.</param>
internal sealed record CliRow(string Name, string[] Arguments, double WallTarget, double? MemoryTarget)
{
    /// <summary>Folder below the project.</summary>
    public string Below { get; init; } = ".";

    /// <summary>Memory of the algorithm that both have to hold, left out on both sides.</summary>
    public long LeftOutBytes { get; init; }

    /// <summary>Done before each run, not measured.</summary>
    public Func<Client, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>All of them, on a market.</summary>
    public static IReadOnlyList<CliRow> All(CliMarket market)
    {
        const double Fast = 0.12;
        const double Small = 0.5;
        const double WithScrypt = 0.4;
        const long ScryptBytes = 128 << 20;
        string[] sign = ["order", "sign", "--app", "--skip-preflight-check", "--raw"];
        string[] run = ["app", "run", market.App, "--workerpool", market.Pool, "--tag", "tee,tdx", "--skip-preflight-check", "--force", "--raw"];
        string[] password = ["--password", CliMarket.Password];
        return
        [
            new("--version", ["--version"], Fast, Small),
            new("--help", ["--help"], Fast, Small),
            new("wallet show", ["wallet", "show", "--raw"], Fast, Small),
            new("orderbook workerpool", ["orderbook", "workerpool", market.Pool, "--raw"], Fast, Small),
            new("order sign", sign, Fast, Small),
            new(
                "order fill",
                ["order", "fill", "--app", market.AppOrder, "--workerpool", market.PoolOrder, "--skip-preflight-check", "--force", "--raw"],
                Fast,
                Small) { Before = market.SignRequestAsync },
            new("app run", run, Fast, Small),
            new("info", ["info", "--raw"], 0.2, null),
            new("order sign, encrypted wallet", [.. sign, .. password], WithScrypt, Small) { Below = CliMarket.Encrypted, LeftOutBytes = ScryptBytes },
            new("app run, encrypted wallet", [.. run, .. password], WithScrypt, Small) { Below = CliMarket.Encrypted, LeftOutBytes = ScryptBytes },
            new("wallet create", ["wallet", "create", .. password, "--keystoredir", "made", "--force", "--raw"], WithScrypt, Small) { LeftOutBytes = ScryptBytes },
        ];
    }
}
