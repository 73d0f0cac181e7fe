using System.Text.RegularExpressions;
using Iexec.Testing;
using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>No command of the official client is left out: each stands in a test that runs with both versions, or it needs a service that is named here.</summary>
public sealed partial class CoverageTests
{
    private static readonly string[] Groups =
    [
        "wallet: create import show send-ether send-RLC sweep",
        "account: deposit withdraw show approve allowance revoke",
        "app: init deploy show count check-secret push-secret publish unpublish run request-execution transfer",
        "dataset: init deploy show count encrypt push-secret check-secret publish unpublish transfer",
        "workerpool: init deploy show count publish unpublish transfer",
        "requester: push-secret check-secret",
        "order: init sign publish unpublish cancel fill show",
        "orderbook: app dataset workerpool requester",
        "deal: show claim",
        "task: show debug claim",
        "storage: init check",
        "result: generate-encryption-keypair decrypt push-encryption-key check-encryption-key",
        "category: init create show count",
    ];

    // Of 8.24.0 alone: bridges and vouchers are other contracts, and names live in a registry that a local network has not.
    private static readonly string[] OfOtherServices =
    [
        "wallet: bridge-to-sidechain bridge-to-mainchain sendRLC", "workerpool: set-api-url",
        "voucher: show authorize revoke", "ens: resolve lookup get-owner register",
    ];

    [Fact]
    public void Every_command_is_run()
    {
        var run = RunCommands();
        Assert.Equal(["init", "info"], new[] { "init", "info" }.Where(run.Contains));
        var missing = Commands(Groups).Where(command => !run.Contains(command)).ToList();
        Assert.True(missing.Count == 0, $"No test runs: {string.Join(", ", missing)}");
    }

    [Fact]
    public async Task These_are_all_the_commands_that_there_are()
    {
        var folder = Directory.CreateTempSubdirectory("iexec-help-").FullName;
        try
        {
            foreach (var (client, all) in ((OfficialClient, IEnumerable<string>)[])[
                (OfficialClient.Nine, Commands(Groups)), (OfficialClient.Eight, Commands([.. Groups, .. OfOtherServices]))])
            {
                var answers = await Task.WhenAll(all.Select(command => command.Split(' ')[0]).Distinct().Select(async group =>
                    (group, Text: (await client.RunAsync(folder, folder, [group, "--help"])).Out)));
                var told = answers.SelectMany(answer => Line().Matches(answer.Text.Split("Commands:")[1].Split("Links:")[0])
                    .Select(line => $"{answer.group} {line.Groups[1].Value}")).Where(command => !command.EndsWith(" help", StringComparison.Ordinal));
                Assert.Equal(all.Order(), told.Order());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Commands(IEnumerable<string> groups) =>
        from line in groups
        let parts = line.Split(": ")
        from command in parts[1].Split(' ')
        select $"{parts[0]} {command}";

    /// <summary>The commands that stand in the texts of the tests; <c>{kind}</c> is each kind of asset.</summary>
    private static HashSet<string> RunCommands()
    {
        string[] kinds = ["app", "dataset", "workerpool", "category"];
        var folder = Path.Combine(Repository.Root, "tests", "Tests.Conformance");
        var files = new[] { "Commands", "Networks", "Eight", "Nine" }.SelectMany(name => Directory.GetFiles(Path.Combine(folder, name), "*.cs"));
        var texts = files.Where(file => !file.EndsWith("CoverageTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText)
            .SelectMany(text => Command().Matches(text)).Select(match => match.Groups[1].Value);
        return [.. texts.SelectMany(text => text.StartsWith("{kind}", StringComparison.Ordinal) ? kinds.Select(kind => kind + text["{kind}".Length..]) : [text])];
    }

    [GeneratedRegex("\\(\\s*\\$?\"((?:\\{kind\\}|[a-z]+)(?: [a-z]+[a-zA-Z-]*)?)")]
    private static partial Regex Command();

    [GeneratedRegex("^  ([a-zA-Z-]+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
