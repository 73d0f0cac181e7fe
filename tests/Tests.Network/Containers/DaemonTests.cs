using System.Diagnostics;
using Iexec.Ethereum;
using Iexec.Host.Children;
using Iexec.Testing;
using Iexec.Testing.Containers;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Xunit;

namespace Tests.Network.Containers;

public sealed class DaemonTests(ContainerFixture fixture) : IClassFixture<ContainerFixture>
{
    private static readonly Address Worker = Address.Parse("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");

    private readonly CancellationToken _none = CancellationToken.None;

    [Fact]
    public async Task Killed_daemon_ends_the_run_at_once_and_its_successor_knows_the_container()
    {
        if (fixture.Daemon is null)
        {
            // Only a daemon of our own may be killed; where none can be started, the machine's engine is not to be touched.
            return;
        }

        // By a clock that stands still no limit is reached: only the broken connection can say so.
        using var running = fixture.EngineBy(new ManualTime());
        var labels = ContainerLabels.Of(1, Worker, Bytes32.Zero);
        var run = running.RunAsync(Sleep(labels), _none);
        while (await fixture.Engine.ListAsync(labels, _none) is not [{ IsRunning: true }])
        {
            await Task.Delay(20, _none);
        }

        // Once it is listed the start may still be under way; the wait that follows it is what breaks.
        using (var process = Process.GetProcessById(fixture.Daemon.ProcessId))
        {
            process.Kill();
        }

        var outcome = await run;

        Assert.Equal(RunEnd.EngineLost, outcome.End);

        await using var successor = await DockerDaemon.StartAsync(Path.Combine(fixture.Folder, "docker"), TimeProvider.System, _none);
        using var engine = new DockerEngine(successor.Endpoint);
        Assert.Equal([Bytes32.Zero.ToString()], await OrphanSweep.SweepAsync(engine, ContainerLabels.Of(1, Worker), new HashSet<string>(), _none));
        Assert.Empty(await engine.ListAsync(labels, _none));
    }

    private ContainerSpec Sleep(Dictionary<string, string> labels) => new()
    {
        Name = ContainerLabels.NameOf(1, Worker, Bytes32.Zero),
        Image = fixture.Hello,
        Arguments = ["sleep", "600"],
        OutputFolder = Directory.CreateDirectory(Path.Combine(fixture.Folder, "out")).FullName,
        Labels = labels,
        Limits = new ContainerLimits { MemoryBytes = 64 << 20, NanoCpus = 1_000_000_000, OutputBytes = 1 << 20, Time = TimeSpan.FromMinutes(10) },
    };
}
