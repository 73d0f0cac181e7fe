namespace Tests.Unit.SourceTree;

/// <summary>
/// What each project may see: the trunk below it, and packages. Slices never see each other; what two of them share is a record of
/// <c>Sdk.Wire</c>. A project that is not in this table does not build its way past the tests.
/// </summary>
internal static class AllowedReferences
{
    private const string Ethereum = "Iexec.Ethereum";
    private const string Poco = "Iexec.Poco";
    private const string Sdk = "Iexec.Sdk";
    private const string Defaults = "Iexec.ServiceDefaults";

    private static readonly string[] Trunk = [Ethereum, Poco, Sdk];

    private static readonly string[] Slices =
    [
        "Iexec.Market", "Iexec.Explorer", "Iexec.Scheduler", "Iexec.Worker", "Iexec.Sms", "Iexec.Storage", "Iexec.Web",
    ];

    /// <summary>Every product, whether it exists yet or not.</summary>
    public static IReadOnlyDictionary<string, Allowed> Products { get; } = new Dictionary<string, Allowed>
    {
        [Ethereum] = new([], []),
        [Poco] = new([Ethereum], []),
        [Sdk] = new([Ethereum, Poco], ["SimpleBase"]),
        [Defaults] = new(
            Trunk,
            ["Dapper", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.core", "SQLitePCLRaw.provider.e_sqlite3", "Npgsql"],
            AspNet: true),
        ["Iexec.Market"] = Service("Dapper"),
        ["Iexec.Explorer"] = Service("Dapper"),
        ["Iexec.Scheduler"] = Service("Dapper"),
        ["Iexec.Sms"] = Service("Dapper"),
        ["Iexec.Storage"] = Service(),
        // A worker stands on a stranger's machine: no database, no service.
        ["Iexec.Worker"] = new(Trunk, [], AspNet: true),
        // The pages speak the same HTTP as anyone: no chain, no database.
        ["Iexec.Web"] = new([Sdk, Defaults], [], AspNet: true),
        // Proves the pure cores of the two machines against a model of the contracts.
        ["Iexec.Simulation"] = new([Ethereum, Poco, "Iexec.Scheduler", "Iexec.Worker"], []),
        ["Iexec.Host"] = new([.. Trunk, Defaults, .. Slices, "Iexec.Simulation"], [], AspNet: true),
        ["Iexec.Cli"] = new([.. Trunk, "Iexec.Host"], ["System.CommandLine", "Spectre.Console"], AspNet: true),
    };

    /// <summary>What may be seen by tests, benchmarks and generators: any product, and these.</summary>
    public static IReadOnlyDictionary<string, Allowed> Others { get; } = new Dictionary<string, Allowed>
    {
        ["Iexec.Testing"] = Any([], ["xunit"]),
        ["Tests.Unit"] = Any(["Iexec.Testing", "Iexec.Bindings"], [.. Runner, "FsCheck", "Portable.BouncyCastle", TestHost]),
        ["Tests.Chain"] = Any(["Iexec.Testing"], [.. Runner, "FsCheck", TestHost]),
        ["Tests.Network"] = Any(["Iexec.Testing", .. Samples], [.. Runner, "FsCheck", TestHost]),
        ["Tests.Conformance"] = Any(["Iexec.Testing"], Runner),
        ["Tests.Browser"] = Any(["Iexec.Testing"], Runner),
        ["Iexec.Bindings"] = new([Ethereum], []),
        // What the package of the client has inside.
        ["BuyComputation"] = new(Trunk, []),
        ["PublishDataset"] = new(Trunk, []),
        ["PoolKeeper"] = new(Trunk, []),
        ["Iexec.Bench"] = Any(["Iexec.Testing"], ["BenchmarkDotNet", "Portable.BouncyCastle"]),
    };

    private static string[] Samples => ["BuyComputation", "PublishDataset", "PoolKeeper"];

    private static string[] Runner => ["Microsoft.NET.Test.Sdk", "xunit", "xunit.runner.visualstudio"];

    private static string TestHost => "Microsoft.AspNetCore.TestHost";

    private static Allowed Service(params string[] packages) => new([.. Trunk, Defaults], packages, AspNet: true);

    private static Allowed Any(string[] projects, string[] packages) => new([.. Products.Keys, .. projects], packages, AspNet: true);
}

/// <summary>Projects, packages and framework that one project may reference.</summary>
internal sealed record Allowed(IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, bool AspNet = false);
