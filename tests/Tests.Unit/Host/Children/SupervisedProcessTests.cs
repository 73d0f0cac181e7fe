using System.Diagnostics;
using Iexec.Host.Children;
using Iexec.Sdk.Errors;
using Xunit;

namespace Tests.Unit.Host.Children;

public sealed class SupervisedProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Output_of_both_streams_goes_to_the_log()
    {
        var spec = Spec("echo one; echo two >&2");
        await using var child = await SupervisedProcess.StartAsync(spec, TimeProvider.System);
        await child.WaitForExitAsync(CancellationToken.None);
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync(spec.LogFile));
        Assert.True(child.HasExited);
    }

    [Fact]
    public async Task Stopping_ends_the_child_and_what_it_started_even_when_it_ignores_the_request()
    {
        var spec = Spec("trap '' TERM; sleep 1000 & echo $!; wait; sleep 1000") with { StopWithin = TimeSpan.FromMilliseconds(300) };
        var child = await SupervisedProcess.StartAsync(spec, TimeProvider.System);
        var grandchild = await FirstNumberAsync(spec);

        await child.DisposeAsync();

        await EndedAsync(grandchild);
        Assert.False(File.Exists(spec.PidFile));
    }

    [Fact]
    public async Task Child_of_a_killed_host_is_ended_by_the_next_one()
    {
        var spec = Spec("echo $$; exec sleep 1000");
        await SupervisedProcess.StartAsync(spec, TimeProvider.System); // its owner never stops it
        var orphan = await FirstNumberAsync(spec);

        await SupervisedProcess.EndOrphanAsync(spec, TimeProvider.System);

        await EndedAsync(orphan);
    }

    [Fact]
    public async Task A_dead_process_whose_parent_does_not_ask_is_dead()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The child is a shell's, which becomes a program that asks for no child's end.
        var spec = Spec("sleep 1000 & echo $!; exec sleep 1000");
        await using var parent = await SupervisedProcess.StartAsync(spec, TimeProvider.System);
        var id = await FirstNumberAsync(spec);
        var left = new ChildSpec("left", "", [], Path.Combine(_folder, "left")) { StopWithin = TimeSpan.FromSeconds(10) };
        Directory.CreateDirectory(left.Folder);
        using (var child = Process.GetProcessById(id))
        {
            ProcessIdentity.Of(child, "sleep").Write(left.PidFile);
        }

        await SupervisedProcess.EndOrphanAsync(left, TimeProvider.System);

        Assert.Contains(") Z ", await File.ReadAllTextAsync($"/proc/{id}/stat"), StringComparison.Ordinal);
        using var dead = Process.GetProcessById(id);
        Assert.True(ProcessIdentity.HasEnded(dead));
        Assert.Null(ProcessIdentity.Of(dead, "sleep").FindAlive());
    }

    [Fact]
    public async Task Child_is_started_again_as_often_as_its_owner_wishes()
    {
        var spec = Spec("echo again") with { Restart = ends => ends < 3 ? TimeSpan.Zero : null };
        await using var child = await SupervisedProcess.StartAsync(spec, TimeProvider.System);
        await child.WaitForExitAsync(CancellationToken.None);
        Assert.Equal("again\nagain\nagain\n", await File.ReadAllTextAsync(spec.LogFile));
    }

    [Fact]
    public async Task Missing_program_is_named_with_what_to_do()
    {
        var error = await Assert.ThrowsAsync<IexecException>(() => SupervisedProcess.StartAsync(new ChildSpec("x", "no-such-program", [], _folder), TimeProvider.System));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Hint);
    }

    private ChildSpec Spec(string script) => new("child", "/bin/sh", ["-c", script], _folder);

    /// <summary>A killed process is gone when the system has reaped it, shortly after the signal; one that lives on is a failure.</summary>
    private static async Task EndedAsync(int processId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (IsRunning(processId))
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static async Task<int> FirstNumberAsync(ChildSpec spec)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!File.Exists(spec.LogFile) || !(await File.ReadAllTextAsync(spec.LogFile, limit.Token)).EndsWith('\n'))
        {
            await Task.Delay(10, limit.Token);
        }

        return int.Parse((await File.ReadAllTextAsync(spec.LogFile, limit.Token)).Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A zombie, which its parent has not buried yet, does not run.</summary>
    private static bool IsRunning(int child)
    {
        try
        {
            using var process = Process.GetProcessById(child);
            return !process.HasExited && !File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
