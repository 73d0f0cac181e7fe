using Iexec.Poco;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>One party sells and buys: a request of four tasks becomes two deals, of which nobody settles anything.</summary>
public sealed class ClaimTests : IAsyncLifetime
{
    private static readonly TimeSpan PastTheFinalDeadline = TimeSpan.FromHours(1);

    private LocalServices _services = null!;
    private Party _party = null!;
    private string _first = "";
    private string _second = "";

    public async Task InitializeAsync()
    {
        _services = await LocalServices.StartAsync();
        _party = await Party.CreateAsync(_services, AnvilProcess.Keys[1]);
        await _services.GiveAsync(_party.Address, 100);
        foreach (var kind in new[] { "app", "workerpool" })
        {
            await _party.Cli.OkAsync(kind, "init");
            await _party.Cli.OkAsync(kind, "deploy");
        }

        await _party.Cli.OkAsync("account", "deposit", "100");
        await _party.Cli.OkAsync("order", "init");
        _party.Edit("iexec.json", "order.workerpoolorder.workerpoolprice", "10");
        _party.Edit("iexec.json", "order.workerpoolorder.volume", "2");
        _party.Edit("iexec.json", "order.requestorder.workerpoolmaxprice", "10");
        _party.Edit("iexec.json", "order.requestorder.volume", "4");
        await _party.Cli.OkAsync("order", "sign", "--app", "--workerpool", "--request");
        _first = (string)(await _party.Cli.OkAsync("order", "fill"))["dealid"]!;
        await _party.Cli.OkAsync("order", "sign", "--workerpool");
        _second = (string)(await _party.Cli.OkAsync("order", "fill"))["dealid"]!;
        Assert.Equal(("48", "52"), await _party.AccountAsync());
    }

    [Fact]
    public async Task All_tasks_of_a_deal_that_does_not_begin_at_zero_are_claimed_begun_or_not()
    {
        var early = (await _party.Cli.FailAsync("deal", "claim", _second))["error"]!;
        Assert.StartsWith($"Deal {_second} cannot be claimed before its final deadline", (string)early["message"]!, StringComparison.Ordinal);
        await BeginAsync(_second, 2);
        await _services.AdvanceTimeAsync(PastTheFinalDeadline);

        var planned = await _party.Cli.OkAsync("deal", "claim", _second, "--dry-run");
        Assert.Equal(2, planned["transactions"]!.AsArray().Count);
        Assert.Equal(("48", "52"), await _party.AccountAsync());

        var claimed = await _party.Cli.OkAsync("deal", "claim", _second);
        Assert.Equal(["ok", "claimed", "transactions"], claimed.Select(member => member.Key));
        Assert.Equal(TaskOf(_second, 2), (string)claimed["claimed"]!["2"]!);
        Assert.Equal(TaskOf(_second, 3), (string)claimed["claimed"]!["3"]!);
        Assert.Equal(["claimArray", "initializeAndClaimArray"], claimed["transactions"]!.AsArray().Select(transaction => (string)transaction!["type"]!));
        Assert.Equal(("68", "26"), await _party.AccountAsync());

        var again = (await _party.Cli.FailAsync("deal", "claim", _second))["error"]!;
        Assert.StartsWith("Nothing to claim", (string)again["message"]!, StringComparison.Ordinal);
        await _party.Cli.FailAsync("deal", "claim", "0x12");
        await _party.Cli.FailAsync("deal", "claim", Iexec.Ethereum.Bytes32.Zero.ToString());
    }

    [Fact]
    public async Task A_task_is_claimed_alone_and_only_once_and_under_its_former_name()
    {
        var task = TaskOf(_first, 0);
        Assert.StartsWith("No task found", (string)(await _party.Cli.FailAsync("task", "claim", task))["error"]!["message"]!, StringComparison.Ordinal);
        await BeginAsync(_first, 0, 1);
        var early = (await _party.Cli.FailAsync("task", "claim", task))["error"]!;
        Assert.Contains("cannot be claimed before its final deadline", (string)early["message"]!, StringComparison.Ordinal);
        await _services.AdvanceTimeAsync(PastTheFinalDeadline);
        Assert.Equal(["ok", "txHash"], (await _party.Cli.OkAsync("task", "claim", task)).Select(member => member.Key));
        Assert.Contains("FAILED", (string)(await _party.Cli.FailAsync("task", "claim", task))["error"]!["message"]!, StringComparison.Ordinal);
        await _party.Cli.OkAsync("work", "claim", TaskOf(_first, 1));
        Assert.Equal("FAILED", (string)(await _party.Cli.OkAsync("work", "show", task))["task"]!["statusName"]!);
        var address = (await _party.Cli.FailAsync("work", "show", _party.Address.ToString()))["error"]!;
        Assert.Contains("This is an address", (string)address["hint"]!, StringComparison.Ordinal);
        await _party.Cli.FailAsync("task", "show", task, "--decrypt");
    }

    [Fact]
    public async Task Watching_streams_changes_as_lines_and_a_deal_without_results_is_a_failure()
    {
        await BeginAsync(_second, 3);
        var watching = _party.Cli.RunAsync("deal", "show", _second, "--watch", "--raw");
        await _services.AdvanceTimeAsync(PastTheFinalDeadline);
        var result = await watching;
        Assert.Equal(1, result.ExitCode);
        var end = result.ReadError();
        Assert.False((bool)end["ok"]!);
        Assert.Equal((2, 0, 2), ((int)end["tasksCount"]!, (int)end["completedTasksCount"]!, (int)end["failedTasksCount"]!));
        Assert.Equal(["2", "3"], end["failedTasks"]!.AsArray().Select(task => task!["idx"]!.ToString()));
        Assert.Equal(2, end["fail"]!.AsArray().Count);
        Assert.All(result.Out.Length == 0 ? [] : result.ReadLines(), line => Assert.Equal("DEAL_UPDATED", (string)line["message"]!));

        var task = await _party.Cli.RunAsync("task", "show", TaskOf(_second, 3), "--watch", "--raw");
        Assert.Equal("TIMEOUT", (string)task.ReadError()["task"]!["statusName"]!);
        Assert.True((bool)task.ReadError()["claimable"]!);
    }

    [Fact]
    public async Task Debugging_shows_the_chain_alone_where_no_scheduler_is_known_and_logs_are_the_requesters()
    {
        await BeginAsync(_first, 0);
        var task = TaskOf(_first, 0);
        var known = await _party.Cli.OkAsync("task", "debug", task);
        Assert.Equal(["ok", "onchainData"], known.Select(member => member.Key));
        Assert.Equal("ACTIVE", (string)known["onchainData"]!["statusName"]!);
        var partly = await _party.Cli.FailAsync("task", "debug", task, "--logs");
        Assert.StartsWith("appLogs: The pool's scheduler is not known", (string)partly["fail"]![0]!, StringComparison.Ordinal);
        using var stranger = await Party.CreateAsync(_services, AnvilProcess.Keys[2]);
        var refused = (await stranger.Cli.FailAsync("task", "debug", task, "--logs"))["error"]!;
        Assert.StartsWith($"Only the requester {_party.Address}", (string)refused["message"]!, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        _party.Dispose();
        await _services.DisposeAsync();
    }

    private static DealId Deal(string id) => DealId.TryParse(id, out var deal) ? deal : throw new ArgumentException(id);

    private static string TaskOf(string deal, ulong index) => TaskId.Of(Deal(deal), index).ToString();

    private async Task BeginAsync(string deal, params ulong[] indices)
    {
        foreach (var index in indices)
        {
            await _services.SendAsync(AnvilProcess.Keys[1], _services.Chain.Calls.Initialize(Deal(deal), index));
        }
    }
}
