using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Iexec.Worker.Chain;
using Xunit;

namespace Tests.Unit.Worker.Chain;

public sealed class FileOutboxStoreTests : IDisposable
{
    private static readonly Address Sender = TestAddress.Of(1);
    private static readonly Bytes32 Hash = Bytes32.Parse("0x" + new string('1', 64));
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Entry_comes_back_as_it_was_in_another_process()
    {
        var entry = Signed("contribute:1", 7) with { EarlierHashes = [Bytes32.Parse("0x" + new string('2', 64))] };
        await Store().SaveAsync(1, Sender, entry, None);

        var found = await Store().FindAsync(1, Sender, entry.Intent, None);

        Assert.Equal((entry.Intent, entry.Nonce, entry.Hash), (found!.Intent, found.Nonce, found.Hash));
        Assert.Equal(entry.Raw, found.Raw);
        Assert.Equal((entry.Call.To, entry.Call.GasLimit), (found.Call.To, found.Call.GasLimit));
        Assert.Equal(entry.Call.Data.ToArray(), found.Call.Data.ToArray());
        Assert.Equal(entry.EarlierHashes, found.EarlierHashes);
        Assert.Null(found.Receipt);
    }

    [Fact]
    public async Task Receipt_comes_back_and_the_entry_is_pending_no_more()
    {
        var receipt = new TransactionReceipt(Hash, true, 12, Hash, 21_000, default, null, []);
        await Store().SaveAsync(1, Sender, Signed("reveal:1", 7) with { Receipt = receipt }, None);

        Assert.Equal((12ul, true), ((await Store().FindAsync(1, Sender, "reveal:1", None))!.Receipt!.BlockNumber, true));
        Assert.Empty(await Store().ListPendingAsync(1, Sender, None));
    }

    [Fact]
    public async Task Chains_and_senders_do_not_see_each_other()
    {
        await Store().SaveAsync(1, Sender, Signed("contribute:1", 7), None);

        Assert.Null(await Store().FindAsync(2, Sender, "contribute:1", None));
        Assert.Null(await Store().FindAsync(1, TestAddress.Of(2), "contribute:1", None));
        Assert.Empty(await Store().ListPendingAsync(2, Sender, None));
        Assert.Empty(await Store().ListPendingAsync(1, TestAddress.Of(2), None));
    }

    [Fact]
    public async Task Pending_come_by_nonce_and_unsigned_last()
    {
        var store = Store();
        await store.SaveAsync(1, Sender, Signed("a", 9), None);
        await store.SaveAsync(1, Sender, new OutboxEntry("b", Call, null, null, null, null), None);
        await store.SaveAsync(1, Sender, Signed("c", 10), None);
        await store.SaveAsync(1, Sender, Signed("d", 2), None);

        Assert.Equal(["d", "a", "c", "b"], (await store.ListPendingAsync(1, Sender, None)).Select(entry => entry.Intent));
    }

    [Fact]
    public async Task Saving_again_replaces()
    {
        await Store().SaveAsync(1, Sender, new OutboxEntry("a", Call, null, null, null, null), None);
        await Store().SaveAsync(1, Sender, Signed("a", 3), None);

        Assert.Equal(3ul, Assert.Single(await Store().ListPendingAsync(1, Sender, None)).Nonce);
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("a/b\\c:d*?")]
    [InlineData("")]
    [InlineData("löng \n lines")]
    public async Task Intent_may_hold_any_character_and_stays_in_the_folder(string intent)
    {
        await Store().SaveAsync(1, Sender, Signed(intent, 1), None);

        Assert.Equal(intent, (await Store().FindAsync(1, Sender, intent, None))!.Intent);
        Assert.Single(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Removed_is_gone_and_may_be_removed_again()
    {
        await Store().SaveAsync(1, Sender, Signed("a", 1), None);
        await Store().RemoveAsync(1, Sender, "a", None);
        await Store().RemoveAsync(1, Sender, "a", None);

        Assert.Null(await Store().FindAsync(1, Sender, "a", None));
    }

    [Fact]
    public async Task Removing_where_nothing_was_ever_saved_is_no_error() => await Store().RemoveAsync(1, Sender, "a", None);

    [Fact]
    public async Task Half_written_file_of_a_killed_process_is_no_entry()
    {
        await Store().SaveAsync(1, Sender, Signed("a", 1), None);
        var file = Directory.EnumerateFiles(_folder.Path, "*.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.99.tmp"), "{\"Int");

        Assert.Equal("a", Assert.Single(await Store().ListPendingAsync(1, Sender, None)).Intent);
    }

    private static ContractCall Call => new(TestAddress.Of(9), new byte[] { 1, 2, 3 });

    private static OutboxEntry Signed(string intent, ulong nonce) => new(intent, Call with { GasLimit = 21_000 }, nonce, [4, 5, 6], Hash, null);

    private FileOutboxStore Store() => new(_folder.Path);
}
