using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Testing;
using Iexec.Worker;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Images;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Network.Scheduler;
using Xunit;

namespace Tests.Network.Worker;

/// <summary>A worker whose container engine goes and comes, against a scheduler in memory.</summary>
public sealed class EngineAwayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_engine_that_is_away_is_waited_for_and_the_task_goes_on_when_it_is_back()
    {
        await using var pool = await PoolHost.StartAsync();
        var engine = new ComingEngine { PullsInVain = 2, RunsInVain = 2 };
        var transactor = new Contributions();
        using var worker = await StartAsync(pool, engine, transactor);
        var task = await OpenAsync(pool);

        await AdvanceUntilAsync(pool, transactor.First);

        Assert.Equal($"contribute:{task}", await transactor.First);
        Assert.Equal((3, 3), (engine.Pulls, engine.Runs));
        var replicate = Assert.Single((await pool.User().FindTaskAsync(task, default))!.Replicates);
        Assert.DoesNotContain(replicate.StatusUpdateList, static change => change.Cause is not null);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_worker_whose_engine_stays_away_gives_up_at_the_contribution_deadline()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await StartAsync(pool, new ComingEngine { RunsInVain = int.MaxValue }, new Contributions());
        await OpenAsync(pool);
        await AdvanceUntilAsync(pool, WaitForAsync(() => worker.Running == 1));

        pool.Chain.Hub.BlockTimeSeconds = 7 * PoolChain.TimeRef;
        pool.Chain.Hub.Mine();
        await AdvanceUntilAsync(pool, WaitForAsync(() => worker.Running == 0));

        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "state.json", SearchOption.AllDirectories));
        await worker.StopAsync(default);
    }

    private async Task<WorkerService> StartAsync(PoolHost pool, IContainerEngine engine, ITransactor transactor)
    {
        var options = new WorkerOptions
        {
            Name = "worker",
            Scheduler = new Uri("http://localhost"),
            Key = PoolHost.Key(0),
            Hub = pool.Chain.Hub,
            Transactor = transactor,
            Folder = _folder.Path,
            Slots = 1,
        };
        var worker = new WorkerService(options, engine, pool.Handler(), pool.Time, NullLogger.Instance);
        await pool.TickAsync();
        await worker.StartAsync(default);
        return worker;
    }

    private static async Task<TaskId> OpenAsync(PoolHost pool)
    {
        pool.Chain.Hub.Do(
            state => state with { Apps = state.Apps.SetItem(pool.Chain.App, state.Apps[pool.Chain.App] with { Multiaddr = "app:1"u8.ToArray(), Checksum = Bytes32.Parse("0x" + new string('1', 64)) }) });
        return await pool.OpenAsync();
    }

    /// <summary>The clock stands unless it is moved: every pause of the worker ends this way.</summary>
    private static async Task AdvanceUntilAsync(PoolHost pool, Task awaited)
    {
        for (var i = 0; !awaited.IsCompleted; i++)
        {
            Assert.True(i < 6000, "The worker does not get there.");
            pool.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(awaited, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private sealed class Contributions : ITransactor
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public Address Sender => PoolHost.Wallet(0);

        public async Task<TransactionReceipt> ExecuteAsync(string intent, ContractCall call, CancellationToken cancellationToken)
        {
            _first.TrySetResult(intent);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private sealed class ComingEngine : IContainerEngine
    {
        private static EngineException Away => new(EngineFault.Unreachable, "No container engine answers.");

        public int PullsInVain { get; init; }

        public int RunsInVain { get; init; }

        public int Pulls { get; private set; }

        public int Runs { get; private set; }

        public Task<EngineDescription> DescribeAsync(CancellationToken cancellationToken) => throw Away;

        public Task<ImageDescription> PullAsync(ImageReference image, PullOptions options, CancellationToken cancellationToken) =>
            ++Pulls <= PullsInVain ? throw Away : Task.FromResult(new ImageDescription("sha256:1", [], "", [], [], 1));

        public Task<RunOutcome> RunAsync(ContainerSpec spec, CancellationToken cancellationToken)
        {
            if (++Runs <= RunsInVain)
            {
                return Task.FromResult(new RunOutcome { End = RunEnd.EngineLost, Note = "The container engine stopped answering." });
            }

            File.WriteAllText(Path.Combine(spec.OutputFolder, "computed.json"), """{"deterministic-output-path":"/iexec_out"}""");
            return Task.FromResult(new RunOutcome { End = RunEnd.Exited, ExitCode = 0 });
        }

        public Task<IReadOnlyList<ContainerListing>> ListAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ContainerListing>>([]);

        public Task RemoveAsync(string containerId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> RemoveImageAsync(string reference, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
