using System.Globalization;
using Iexec.Ethereum;
using Iexec.Testing;
using Iexec.Testing.Containers;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Images;
using Xunit;

namespace Tests.Network.Containers;

public sealed class RunTests(ContainerFixture fixture) : IClassFixture<ContainerFixture>
{
    private static int _runs;

    private readonly CancellationToken _none = CancellationToken.None;

    [Fact]
    public async Task Arguments_environment_and_input_reach_the_program_and_its_output_comes_back()
    {
        var spec = Spec("one", "two words") with { Environment = new Dictionary<string, string> { ["IEXEC_TASK_ID"] = "0x2a" } };
        await File.WriteAllTextAsync(Path.Combine(spec.InputFolder!, "0xfeed"), "some input");

        var outcome = await fixture.Engine.RunAsync(spec, _none);

        Assert.True(outcome.Succeeded, outcome.Note + outcome.Stderr);
        var expected = "Hello from iExec\nargument: one\nargument: two words\nIEXEC_TASK_ID=0x2a\ninput 0xfeed: some input\n";
        Assert.Equal(expected, outcome.Stdout);
        Assert.Equal(expected, await File.ReadAllTextAsync(Path.Combine(spec.OutputFolder, "hello.txt")));
        Assert.True(File.Exists(Path.Combine(spec.OutputFolder, "computed.json")));
        Assert.Empty(await fixture.Engine.ListAsync(spec.Labels, _none));
    }

    [Fact]
    public async Task Exit_code_and_both_streams_are_told()
    {
        var outcome = await fixture.Engine.RunAsync(Spec("fail", "42"), _none);

        Assert.Equal((RunEnd.Exited, 42), (outcome.End, outcome.ExitCode));
        Assert.Equal(("to stdout\n", "to stderr\n"), (outcome.Stdout, outcome.Stderr));
        Assert.False(outcome.Succeeded);
        Assert.Contains("42", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_is_confined()
    {
        var outcome = await fixture.Engine.RunAsync(Spec("probe"), _none);

        var lines = outcome.Stdout.Split('\n');
        Assert.Contains("uid 65532 gid 65532", lines);
        Assert.Contains("root read-only", lines);
        Assert.Contains("input read-only", lines);
        Assert.Contains("tmp writable", lines);
        Assert.Contains("interfaces 0", lines);
        Assert.Contains("CapEff:\t0000000000000000", lines);
        Assert.Contains("CapBnd:\t0000000000000000", lines);
        Assert.Contains("NoNewPrivs:\t1", lines);
    }

    [Fact]
    public async Task Image_user_is_kept_only_when_the_pool_allows_it_and_is_confined_all_the_same()
    {
        var outcome = await fixture.Engine.RunAsync(Spec("probe") with { User = ContainerUser.OfTheImage }, _none);

        var lines = outcome.Stdout.Split('\n');
        Assert.Contains("uid 0 gid 0", lines);
        Assert.Contains("root read-only", lines);
        Assert.Contains("CapBnd:\t0000000000000000", lines);
        Assert.Contains("as the pool allows", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_memory_is_told_as_such()
    {
        var outcome = await fixture.Engine.RunAsync(Spec("memory"), _none);

        Assert.True(outcome.OutOfMemory, $"{outcome.End} {outcome.ExitCode} {outcome.Stderr}");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("memory", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_ignores_the_request_to_end_is_killed_at_its_time_limit()
    {
        var spec = Spec("sleep", "600");
        var outcome = await fixture.Engine.RunAsync(spec with { Limits = spec.Limits with { Time = TimeSpan.FromSeconds(1) } }, _none);

        Assert.Equal(RunEnd.TimedOut, outcome.End);
        Assert.Equal("asleep\n", outcome.Stdout);
        Assert.InRange(outcome.Duration.TotalSeconds, 1, 5);
        Assert.Empty(await fixture.Engine.ListAsync(spec.Labels, _none));
    }

    [Fact]
    public async Task Fork_bomb_is_refused_beyond_its_processes()
    {
        var spec = Spec("fork");
        var outcome = await fixture.Engine.RunAsync(spec with { Limits = spec.Limits with { Processes = 30 } }, _none);

        // Either the shell counts its refusals or it dies of one; the host never sees more than thirty.
        Assert.True(
            outcome.ExitCode != 0 || !outcome.Stdout.Contains("refused: 0\n", StringComparison.Ordinal),
            outcome.Stdout + outcome.Stderr);
    }

    [Fact]
    public async Task One_file_cannot_grow_beyond_the_limit()
    {
        var spec = Spec("disk", "64");
        var outcome = await fixture.Engine.RunAsync(spec, _none);

        Assert.False(outcome.Succeeded);
        Assert.InRange(new FileInfo(Path.Combine(spec.OutputFolder, "big")).Length, 1, spec.Limits.OutputBytes);
    }

    [Theory]
    [InlineData("spread", "200", "bytes")]
    [InlineData("files", "2000", "files")]
    public async Task Many_files_end_the_run(string what, string count, string why)
    {
        var outcome = await fixture.Engine.RunAsync(Spec(what, count), _none);

        Assert.Equal(RunEnd.OutputTooLarge, outcome.End);
        Assert.Contains(why, outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_output_is_cut_to_its_end()
    {
        var outcome = await fixture.Engine.RunAsync(Spec("chatter", "200000"), _none);

        Assert.True(outcome.Succeeded);
        Assert.Equal(TextTail.DefaultLimit, outcome.Stdout.Length);
        Assert.EndsWith("199999\n200000\n", outcome.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Container_removed_by_somebody_is_noticed_at_once()
    {
        // By a clock that stands still nothing is asked again and no limit is reached: only the engine can say so.
        using var engine = fixture.EngineBy(new ManualTime());
        var spec = Spec("sleep", "600");
        var run = engine.RunAsync(spec, _none);
        await Eventually(async () => await fixture.Engine.ListAsync(spec.Labels, _none) is [{ IsRunning: true }]);

        await fixture.Engine.RemoveAsync((await fixture.Engine.ListAsync(spec.Labels, _none))[0].Id, _none);
        var outcome = await run;

        Assert.Equal(RunEnd.Vanished, outcome.End);
    }

    [Fact]
    public async Task Cancelling_removes_the_container()
    {
        var spec = Spec("sleep", "600");
        using var cancel = new CancellationTokenSource();
        var run = fixture.Engine.RunAsync(spec, cancel.Token);
        await Eventually(async () => await fixture.Engine.ListAsync(spec.Labels, _none) is [{ IsRunning: true }]);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(await fixture.Engine.ListAsync(spec.Labels, _none));
    }

    [Fact]
    public async Task Sweep_removes_what_a_killed_worker_left_and_nothing_else()
    {
        var mine = Spec("sleep", "600");
        var others = Spec("sleep", "600") with { Labels = ContainerLabels.Of(2, Worker, Bytes32.Zero), Name = ContainerLabels.NameOf(2, Worker, Bytes32.Zero) };
        using var cancel = new CancellationTokenSource();
        var runs = new[] { fixture.Engine.RunAsync(mine, _none), fixture.Engine.RunAsync(others, cancel.Token) };
        await Eventually(async () => await fixture.Engine.ListAsync(others.Labels, _none) is [{ IsRunning: true }] && await fixture.Engine.ListAsync(mine.Labels, _none) is [{ IsRunning: true }]);

        var swept = await OrphanSweep.SweepAsync(fixture.Engine, mine.Labels, new HashSet<string>(), _none);

        Assert.Equal([mine.Labels[ContainerLabels.Task]], swept);
        Assert.Single(await fixture.Engine.ListAsync(others.Labels, _none));
        Assert.Equal(RunEnd.Vanished, (await runs[0]).End);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runs[1]);
    }

    [Fact]
    public async Task Missing_image_is_a_clear_error()
    {
        var missing = ImageReference.Parse($"{fixture.Hello.Name}@sha256:{new string('a', 64)}");

        var error = await Assert.ThrowsAsync<EngineException>(() => fixture.Engine.PullAsync(missing, new PullOptions(), _none));

        Assert.Equal(EngineFault.ImageNotFound, error.Fault);
        Assert.NotNull(error.Hint);
        var outcome = await fixture.Engine.RunAsync(Spec() with { Image = missing }, _none);
        Assert.Equal(RunEnd.NotStarted, outcome.End);
    }

    [Fact]
    public async Task Image_is_pulled_by_its_digest_and_found_by_it()
    {
        await ForgetImageAsync();

        var image = await fixture.Engine.PullAsync(fixture.Hello, new PullOptions(), _none);

        Assert.Contains(fixture.Hello.ToString(), image.RepoDigests);
        Assert.True(image.WantsRoot);
        Assert.Equal(["/bin/busybox", "sh", "/hello.sh"], image.Entrypoint);
    }

    [Fact]
    public async Task Private_registry_that_is_not_ours_is_refused_before_it_is_asked()
    {
        var image = ImageReference.Parse($"127.0.0.1:1/hello@{fixture.Hello.Digest}");

        var error = await Assert.ThrowsAsync<EngineException>(() => fixture.Engine.PullAsync(image, new PullOptions(), _none));

        Assert.Equal(EngineFault.RegistryForbidden, error.Fault);
    }

    [Fact]
    public async Task Image_larger_than_the_limit_is_refused()
    {
        await ForgetImageAsync();

        var error = await Assert.ThrowsAsync<EngineException>(() => fixture.Engine.PullAsync(fixture.Hello, new PullOptions { MaxBytes = 1000 }, _none));

        Assert.Equal(EngineFault.TooLarge, error.Fault);
        await fixture.Engine.PullAsync(fixture.Hello, new PullOptions(), _none);
    }

    private static Address Worker => Address.Parse("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");

    private ContainerSpec Spec(params string[] arguments)
    {
        var number = Interlocked.Increment(ref _runs);
        var folder = Path.Combine(fixture.Folder, "runs", number.ToString(CultureInfo.InvariantCulture));
        var task = new Bytes32([.. new byte[28], .. BitConverter.GetBytes(number)]);
        return new ContainerSpec
        {
            Name = ContainerLabels.NameOf(1, Worker, task),
            Image = fixture.Hello,
            Arguments = arguments,
            InputFolder = Directory.CreateDirectory(Path.Combine(folder, "in")).FullName,
            OutputFolder = Directory.CreateDirectory(Path.Combine(folder, "out")).FullName,
            Labels = ContainerLabels.Of(1, Worker, task),
            Limits = new ContainerLimits
            {
                MemoryBytes = 64 << 20,
                NanoCpus = 1_000_000_000,
                OutputBytes = 16 << 20,
                OutputEntries = 1000,
                Time = TimeSpan.FromSeconds(60),
            },
        };
    }

    private async Task ForgetImageAsync()
    {
        await fixture.Engine.RemoveImageAsync(fixture.Hello.Name + ":latest", _none);
        await fixture.Engine.RemoveImageAsync(fixture.Hello.ToString(), _none);
        Assert.Null(await fixture.Engine.FindImageAsync(fixture.Hello.ToString(), _none));
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
