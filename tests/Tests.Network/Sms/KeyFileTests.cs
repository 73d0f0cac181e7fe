using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Sms;

/// <summary>The store opens with its own key or not at all.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new();

    private string KeyFile => _folder.File("keys/sms.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_key_is_made_for_its_owner_alone_and_outside_the_store()
    {
        await StartOnceAsync();
        Assert.Equal(32, new FileInfo(KeyFile).Length);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.File("store")), file => file.EndsWith(".key", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public async Task Another_key_is_refused_and_the_right_one_opens_again()
    {
        await StartOnceAsync();
        var right = await File.ReadAllBytesAsync(KeyFile);
        await File.WriteAllBytesAsync(KeyFile, [.. right.Reverse()]);
        Assert.Contains("is not the key", (await Assert.ThrowsAsync<IexecException>(StartOnceAsync)).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(KeyFile, right[..31]);
        Assert.Contains("must hold 32 bytes", (await Assert.ThrowsAsync<IexecException>(StartOnceAsync)).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(KeyFile, right);
        await StartOnceAsync();
    }

    [Fact]
    public async Task A_lost_key_is_not_replaced_by_a_new_one()
    {
        await StartOnceAsync();
        File.Delete(KeyFile);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<IexecException>(StartOnceAsync)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData("store/sms.key")]
    [InlineData("store/keys/sms.key")]
    public async Task A_key_beside_the_store_is_refused(string path)
    {
        var error = await Assert.ThrowsAsync<IexecException>(() => SmsServer.StartAsync(_hub, _folder, options => options with { KeyFile = _folder.File(path) }));
        Assert.Contains("lies in the folder of the store", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File(path)));
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await StartOnceAsync();
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.StartsWith("Run: chmod 600", (await Assert.ThrowsAsync<IexecException>(StartOnceAsync)).Hint, StringComparison.Ordinal);
    }

    private async Task StartOnceAsync()
    {
        await using var server = await SmsServer.StartAsync(_hub, _folder);
        Assert.False(await new SmsClient(server.Http).IsSetAsync(SecretReference.OfWallet(TestAddress.Of(1), "a"), CancellationToken.None));
    }
}
