using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class FileLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-lock-").FullName;

    private string File => Path.Combine(_folder, "lock");

    [Fact]
    public async Task Second_waits_is_told_once_and_goes_on_when_the_first_is_done()
    {
        var told = 0;
        var first = FileLock.TryTake(File);
        Assert.NotNull(first);
        Assert.Null(FileLock.TryTake(File));

        var waiting = FileLock.TakeAsync(File, TimeProvider.System, () => told++, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        using var second = await waiting;

        Assert.Equal(1, told);
        Assert.Null(FileLock.TryTake(File));
    }

    [Fact]
    public async Task Wait_ends_when_it_is_interrupted()
    {
        using var first = FileLock.TryTake(File);
        using var interruption = new CancellationTokenSource();

        var waiting = FileLock.TakeAsync(File, TimeProvider.System, interruption.Cancel, interruption.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Folder_that_is_not_there_is_an_error_and_not_a_wait() =>
        Assert.Equal("\"lock\" cannot be written", Assert.Throws<IexecException>(() => FileLock.TryTake(Path.Combine(_folder, "none", "lock"))).Message);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
