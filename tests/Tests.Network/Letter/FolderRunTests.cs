using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Results;
using Xunit;

namespace Tests.Network.Letter;

/// <summary><c>iexec run</c>: from a folder with a Dockerfile to a result on disk, paid once whatever happens on the way.</summary>
[Collection(OtherLetterCollection.Name)]
public sealed class FolderRunTests(LetterNetwork network)
{
    [Fact]
    public async Task Folder_becomes_a_result_in_one_command_and_the_second_time_nothing_is_done_again()
    {
        var runner = await RunnerAsync("runner");
        await File.WriteAllTextAsync(runner["question.txt"], "what is it?");

        var first = await runner.ReadAsync("run", "app", "--input", "question.txt", "--force", "--", "one", "two words");

        Assert.Equal(["image", "app", "input", "price", "deposit", "deal", "task", "result"], Steps(first, skipped: false));
        var told = await File.ReadAllTextAsync(Path.Combine((string)first["resultFolder"]!, "hello.txt"));
        Assert.Contains("argument: one\nargument: two words\n", told, StringComparison.Ordinal);
        Assert.Contains(": what is it?", told, StringComparison.Ordinal);
        var task = await network.Hub.GetTaskAsync(new TaskId(Bytes32.Parse((string)first["taskid"]!)), CancellationToken.None);
        await using (var archive = File.OpenRead((string)first["resultPath"]!))
        {
            Assert.Equal(task.ResultDigest, ResultArchive.ComputeDigest(archive, wantsCallback: false, 1 << 20));
        }

        var held = await HeldAsync(runner);

        var second = await runner.ReadAsync("run", "app", "--input", "question.txt", "--force", "--", "one", "two words");

        Assert.Equal(["image", "app", "input", "deal", "result"], Steps(second, skipped: true));
        Assert.Equal(["task"], Steps(second, skipped: false));
        Assert.Equal((string)first["dealid"]!, (string)second["dealid"]!);
        Assert.Equal(held, await HeldAsync(runner));
        Assert.Equal((string)first["app"]!, (string)(await runner.ReadAsync("iexec app show"))["address"]!);
    }

    [Theory]
    [InlineData("image ")]
    [InlineData("input ")]
    [InlineData("price ")]
    [InlineData("Sent transaction")]
    [InlineData("deal ")]
    public async Task Interrupted_anywhere_it_goes_on_and_has_paid_once(string after)
    {
        var name = $"stopped-after-{after.Trim().Replace(' ', '-')}";
        var runner = await RunnerAsync(name);
        await runner.DoAsync("iexec account deposit 1 RLC");
        var before = await HeldAsync(runner);
        await File.WriteAllTextAsync(runner["note.txt"], after);
        string[] command = ["run", "app", "--input", "note.txt", "--", "say", after, "said.txt"];

        // Of two transactions, the first registers the app and the second buys.
        var (exitCode, error) = await InterruptAsync(runner, command, after, times: after == "Sent transaction" ? 2 : 1);
        Assert.True(exitCode == 130, error);
        Assert.Contains("The same command goes on", error, StringComparison.Ordinal);
        var done = await runner.ReadAsync(command);

        Assert.Equal($"{after}\n", await File.ReadAllTextAsync(Path.Combine((string)done["resultFolder"]!, "said.txt")));
        var deal = await network.Hub.GetDealAsync(new DealId(Bytes32.Parse((string)done["dealid"]!)), CancellationToken.None);
        Assert.Equal(before - deal!.PricePerTask, await HeldAsync(runner));
        Assert.True(deal.PricePerTask > 0);
        if (after == "deal ")
        {
            Assert.Contains($"deal    {done["dealid"]}", error, StringComparison.Ordinal);
            Assert.Contains("deal", Steps(done, skipped: true));
        }
    }

    [Fact]
    public async Task Two_runs_of_the_same_at_once_buy_once()
    {
        var runner = await RunnerAsync("twin");
        await runner.DoAsync("iexec account deposit 1 RLC");
        var before = await HeldAsync(runner);
        string[] command = ["run", "app", "--force", "--raw", "--", "say", "once", "said.txt"];

        var both = await Task.WhenAll(runner.RunAsync(command), runner.RunAsync(command));

        Assert.All(both, run => Assert.True(run.ExitCode == 0, run.ToString()));
        var (one, other) = (both[0].ReadOut(), both[1].ReadOut());
        Assert.Equal((string)one["dealid"]!, (string)other["dealid"]!);
        var deal = await network.Hub.GetDealAsync(new DealId(Bytes32.Parse((string)one["dealid"]!)), CancellationToken.None);
        Assert.Equal(before - deal!.PricePerTask, await HeldAsync(runner));
        Assert.Single(both, run => Steps(run.ReadOut(), skipped: true).Contains("deal"));
    }

    [Fact]
    public async Task Base_image_that_is_not_to_be_had_is_named_with_what_to_do()
    {
        var runner = await RunnerAsync("baseless");
        await File.WriteAllTextAsync(Path.Combine(runner["app"], "Dockerfile"), "FROM 127.0.0.1:1/nobody/nothing:7\n");

        var (message, hint) = await runner.RefusedAsync("iexec run app");

        Assert.Contains("FROM 127.0.0.1:1/nobody/nothing:7", message, StringComparison.Ordinal);
        Assert.Contains("The registry of 127.0.0.1:1/nobody/nothing:7 cannot be reached", message, StringComparison.Ordinal);
        Assert.Contains("after FROM in the Dockerfile", hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_that_fails_ends_the_run_with_its_exit_code_and_the_end_of_its_log()
    {
        var runner = await RunnerAsync("unlucky");
        var failed = await runner.RunAsync(["run", "app", "--force", "--raw", "--", "fail", "7"]);

        Assert.True(failed.ExitCode == 1 && failed.Out.Length == 0, failed.ToString());
        var told = failed.ReadError();
        Assert.Contains("exit code 7", (string)told["fail"]![0]!, StringComparison.Ordinal);
        Assert.Contains($"iexec task claim {told["taskid"]}", (string)told["fail"]![0]!, StringComparison.Ordinal);
        Assert.Equal("to stdout\nto stderr", (string)told["logEnd"]!);

        // Told again, not bought again, until somebody says so.
        var same = (await runner.RunAsync(["run", "app", "--force", "--raw", "--", "fail", "7"])).ReadError();
        var other = (await runner.RunAsync(["run", "app", "--force", "--raw", "--again", "--", "fail", "7"])).ReadError();
        Assert.Equal((string)told["dealid"]!, (string)same["dealid"]!);
        Assert.NotEqual((string)told["dealid"]!, (string)other["dealid"]!);
    }

    [Fact]
    public async Task Cheapest_offer_of_a_pool_that_nobody_serves_is_passed_over_unless_it_is_named()
    {
        var seller = await network.InitAsync("absent", "iexec init");
        await network.FundAsync(seller.Address);
        await seller.DoAsync("iexec workerpool init");
        seller.Edit("iexec.json", ("workerpool.description", "nobody is there"));
        var pool = (string)(await seller.ReadAsync("iexec workerpool deploy"))["address"]!;
        await seller.DoAsync("iexec workerpool publish --price 0 --volume 1 --force && iexec workerpool publish --price 0 --volume 1 --force");
        var runner = await RunnerAsync("impatient");
        await runner.DoAsync("iexec account deposit 1 RLC");
        string[] command = ["run", "app", "--", "say", "served", "said.txt"];

        var run = await runner.RunAsync(command);
        Assert.True(run.ExitCode == 0, run.ToString());
        // Two offers, one question.
        Assert.Single(run.Error.Split('\n'), line => line.Contains($"Workerpool {pool} is passed over: no scheduler serves it", StringComparison.Ordinal));
        Assert.DoesNotContain($"at workerpool {pool}", run.Error, StringComparison.Ordinal);

        var named = await runner.RunAsync(["run", "app", "--workerpool", pool, "--dry-run"]);
        Assert.True(named.ExitCode == 0, named.ToString());
        Assert.Contains($"Workerpool {pool} may not begin the task: no scheduler serves it", named.Error, StringComparison.Ordinal);
        Assert.Contains($"at workerpool {pool}", named.Out, StringComparison.Ordinal);
        await seller.DoAsync("iexec workerpool unpublish --all --force");
    }

    [Fact]
    public async Task Project_that_is_begun_while_the_network_runs_has_its_entry_and_an_older_one_gets_it_by_asking()
    {
        var late = new Party(Directory.CreateTempSubdirectory("iexec-late-").FullName, network.StateFolder);
        await late.DoAsync("iexec init");
        Assert.Equal(network.Status.Hub.ToString(), (string)(await late.ReadAsync("iexec info"))["hubAddress"]!);

        await File.WriteAllTextAsync(late["chain.json"], """{ "default": "dev", "chains": {} }""");
        Assert.Contains("iexec up", (await late.RefusedAsync("iexec info")).Hint, StringComparison.Ordinal);

        var (message, hint) = await late.RefusedAsync($"iexec up --detach --chain-id {network.Status.ChainId}");

        Assert.Equal("The network is up already.", message);
        Assert.Contains("chain.json of this folder", hint, StringComparison.Ordinal);
        Assert.Equal(network.Status.Hub.ToString(), (string)(await late.ReadAsync("iexec info"))["hubAddress"]!);
    }

    [Fact]
    public async Task Dry_run_tells_the_steps_and_sends_nothing()
    {
        var runner = await RunnerAsync("careful");

        var plan = await runner.ReadAsync("run", "app", "--dry-run", "--", "say", "x", "x.txt");

        Assert.Equal(["image", "app", "deal"], Steps(plan, skipped: false));
        Assert.False(File.Exists(runner[".iexec-run.json"]));
        Assert.Equal(UInt256.Zero, await HeldAsync(runner));
    }

    [Fact]
    public async Task What_is_wrong_is_said_before_anything_is_built_or_sent()
    {
        var runner = await RunnerAsync("mistaken");
        Directory.CreateDirectory(runner["empty"]);
        foreach (var (command, problem, remedy) in new[]
        {
            ("iexec run empty", "no Dockerfile", "name an image"),
            ("iexec run nowhere/nothing", "named without digest", "@sha256:"),
            ($"iexec run 127.0.0.1:{network.Status.Ports.Registry}/never-pushed", "has no image", "docker push"),
            ($"iexec run 127.0.0.1:{network.Status.Ports.Registry}/hello@sha256:{new string('7', 64)}", "has no image", "docker push"),
            ("iexec run app --input missing.txt", "\"missing.txt\"", "--input takes a file"),
            ("iexec run app --input empty", "\"empty\"", "--input takes a file"),
            ("iexec run app --category first", "--category", ""),
            ("iexec run app --trust -1", "--trust", ""),
            ("iexec run", "'target'", "iexec run --help"),
        })
        {
            var (message, hint) = await runner.RefusedAsync(command);
            Assert.Contains(problem, message, StringComparison.Ordinal);
            Assert.Contains(remedy, hint, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(runner[".iexec-run.json"]));
    }

    [Fact]
    public async Task Missing_engine_and_missing_network_are_named_with_what_starts_them()
    {
        var runner = await RunnerAsync("alone");
        (string, string)[] elsewhere = [("IEXEC_HOME", runner["nothing-here"]), ("DOCKER_HOST", "unix:///nowhere/docker.sock")];

        var network = await runner.RefusedAsync("iexec run app", elsewhere);
        Assert.Contains("No local network of chain", network.Message, StringComparison.Ordinal);
        Assert.Contains("iexec up", network.Hint, StringComparison.Ordinal);

        var engine = await runner.RefusedAsync("iexec run app --registry 127.0.0.1:1", elsewhere);
        Assert.Contains("No container engine answers", engine.Message, StringComparison.Ordinal);
        Assert.Contains("iexec up", engine.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_that_is_missing_is_named_with_the_command_that_brings_it()
    {
        var runner = await RunnerAsync("poor-runner");
        var (message, hint) = await runner.RefusedAsync("iexec run app -- say x x.txt");
        Assert.Contains("stake (0)", message, StringComparison.Ordinal);
        Assert.Contains("iexec account deposit ", hint, StringComparison.Ordinal);

        var rlc = (string)(await runner.ReadAsync("iexec wallet show"))["balance"]!["nRLC"]!;
        await runner.DoAsync($"iexec wallet sendRLC {rlc} --to 0x00000000000000000000000000000000000000AA --force");
        (message, hint) = await runner.RefusedAsync("iexec run app --force -- say x x.txt");
        Assert.Contains("wallet's balance (0 nRLC)", message, StringComparison.Ordinal);
        Assert.Contains("iexec wallet getRLC", hint, StringComparison.Ordinal);
    }

    /// <summary>Somebody with ether, RLC and a folder <c>app</c> whose image is that of <c>samples/hello</c> and his own name.</summary>
    private async Task<Party> RunnerAsync(string name)
    {
        var party = await network.InitAsync(name, "iexec init");
        await network.FundAsync(party.Address);
        Directory.CreateDirectory(party["app"]);
        await File.WriteAllTextAsync(Path.Combine(party["app"], "Dockerfile"), $"FROM {network.Hello}\nLABEL whose={name}\n");
        return party;
    }

    private static async Task<(int ExitCode, string Error)> InterruptAsync(Party party, string[] command, string after, int times)
    {
        using var process = party.Start(command);
        var error = new System.Text.StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            error.AppendLine(line);
            if (line.StartsWith($"· {after}", StringComparison.Ordinal) && --times == 0)
            {
                BackgroundProgram.Interrupt(process);
            }
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, error.ToString());
    }

    private static IEnumerable<string> Steps(JsonObject answer, bool skipped) =>
        answer["steps"]!.AsArray().Where(step => (bool)step!["skipped"]! == skipped).Select(step => (string)step!["step"]!);

    private async Task<UInt256> HeldAsync(Party party)
    {
        var account = await network.Hub.GetAccountAsync(party.Address, CancellationToken.None);
        return account.Stake + account.Locked;
    }
}
