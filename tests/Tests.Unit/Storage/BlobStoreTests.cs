using Iexec.Sdk.Errors;
using Iexec.Storage.Content;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Storage;

/// <summary>The room of the store: files that are still coming take it too, and what is not kept gives it back.</summary>
public sealed class BlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_that_come_at_once_do_not_find_the_same_room()
    {
        var store = Store();
        var first = await ReceiveAsync(store, 700, 1);
        await Assert.ThrowsAsync<IexecException>(() => ReceiveAsync(store, 700, 2));
        first.Discard();
        store.Keep(await ReceiveAsync(store, 700, 2));
        Assert.Single(Files());
    }

    [Fact]
    public void Only_its_owner_looks_into_the_store()
    {
        if (!OperatingSystem.IsWindows())
        {
            var folder = _folder.File("storage");
            _ = new BlobStore(folder, 1000, 1000);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public async Task The_same_file_again_takes_no_room()
    {
        var store = Store();
        var (one, same) = (await ReceiveAsync(store, 400, 1), await ReceiveAsync(store, 400, 1));
        store.Keep(one);
        store.Keep(same);
        store.Keep(await ReceiveAsync(store, 600, 2));
        Assert.Equal(2, Files().Length);
        await Assert.ThrowsAsync<IexecException>(() => ReceiveAsync(store, 1, 3));
    }

    [Fact]
    public async Task What_breaks_off_leaves_no_file_and_takes_no_room()
    {
        var store = Store();
        await Assert.ThrowsAsync<EndOfStreamException>(() => store.ReceiveAsync(new BrokenStream(900), CancellationToken.None));
        Assert.Empty(Files());
        store.Keep(await ReceiveAsync(store, 1000, 1));
    }

    [Fact]
    public async Task Room_is_counted_again_at_the_start()
    {
        var store = Store();
        store.Keep(await ReceiveAsync(store, 700, 1));
        await Assert.ThrowsAsync<IexecException>(() => ReceiveAsync(Store(), 700, 2));
    }

    private BlobStore Store() => new(_folder.Path, maxObjectBytes: 1000, maxTotalBytes: 1000);

    private string[] Files() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

    private static Task<IncomingBlob> ReceiveAsync(BlobStore store, int length, byte content)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(content);
        return store.ReceiveAsync(new MemoryStream(bytes), CancellationToken.None);
    }

    /// <summary>Gives so many bytes, then fails as a connection that is gone.</summary>
    private sealed class BrokenStream(int length) : MemoryStream(new byte[length])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new EndOfStreamException();
    }
}
