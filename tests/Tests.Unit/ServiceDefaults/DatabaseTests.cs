using Dapper;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Stores;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Unit.ServiceDefaults;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = Database.OpenFile(_folder.Path, "role");
        await _database.MigrateAsync(typeof(Database).Assembly, default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Amounts_sort_as_numbers_and_come_back_whole()
    {
        UInt256[] amounts = [10, 9, UInt256.MaxValue, 0, 1UL << 63, (UInt256)ulong.MaxValue * 4];
        await _database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("CREATE TABLE amounts (amount TEXT NOT NULL)", transaction: transaction);
                foreach (var amount in amounts)
                {
                    await transaction.Connection!.ExecuteAsync("INSERT INTO amounts VALUES (@Amount)", new { Amount = amount }, transaction);
                }
            },
            default);

        var sorted = await _database.ReadAsync(connection => connection.QueryAsync<UInt256>("SELECT amount FROM amounts ORDER BY amount"), default);

        Assert.Equal(amounts.Order(), sorted);
    }

    [Fact]
    public async Task A_failed_transaction_leaves_nothing_and_does_not_block_the_next()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("INSERT INTO challenges VALUES (1, 'd', 'h', 'a', 1)", transaction: transaction);
                throw new InvalidOperationException();
            },
            default));

        Assert.Equal(0, await _database.WriteAsync(
            transaction => transaction.Connection!.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM challenges", transaction: transaction), default));
    }

    [Fact]
    public async Task Only_its_owner_reads_the_files_of_a_store()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        await using var database = Database.OpenFile(folder.File("scheduler"), "scheduler");
        // Open while its files are looked at: with it go those beside it.
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await connection.ExecuteAsync("CREATE TABLE keys (value TEXT NOT NULL)");

        var files = Directory.GetFiles(folder.File("scheduler"));
        Assert.Equal(["scheduler.db", "scheduler.db-shm", "scheduler.db-wal"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.File("scheduler")));
    }

    [Fact]
    public async Task Many_writers_at_once_all_succeed()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("INSERT INTO challenges VALUES (1, 'd', @Hash, 'a', 1)", new { Hash = $"h{i}" }, transaction), default)));

        Assert.Equal(50, await _database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM challenges"), default));
    }

    [Fact]
    public async Task Migrations_run_once()
    {
        await _database.MigrateAsync(typeof(Database).Assembly, default);

        Assert.Equal(1, await _database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM migrations"), default));
    }

    [Fact]
    public async Task A_changed_migration_is_refused()
    {
        await ExecuteAsync("UPDATE migrations SET checksum = 'other'");

        var error = await Assert.ThrowsAsync<IexecException>(() => _database.MigrateAsync(typeof(Database).Assembly, default));
        Assert.Contains("001_defaults.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains("iexec up --reset", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused()
    {
        await ExecuteAsync("INSERT INTO migrations VALUES ('defaults', 999, 'x', 'y')");

        var error = await Assert.ThrowsAsync<IexecException>(() => _database.MigrateAsync(typeof(Database).Assembly, default));
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("User=me;Password=secret")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    public void An_unusable_connection_string_is_refused_without_repeating_it(string text)
    {
        var error = Assert.Throws<IexecException>(() => Database.Open(text, "role"));
        Assert.Equal(ErrorCode.ConfigurationError, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Role")]
    [InlineData("a\"; DROP SCHEMA x")]
    public void A_role_that_could_not_be_a_schema_name_is_refused(string role) =>
        Assert.Throws<ArgumentException>(() => Database.OpenFile(_folder.Path, role));

    [Fact]
    public async Task Outbox_entries_come_back_as_they_were_saved()
    {
        var store = new SqlOutboxStore(_database);
        var sender = TestAddress.Of(1);
        var call = new ContractCall(TestAddress.Of(2), [1, 2, 3], 500_000);
        var receipt = new TransactionReceipt(
            Bytes32.Parse("0x" + new string('1', 64)), true, 7, Bytes32.Parse("0x" + new string('2', 64)), 21_000, 5, null,
            [new EventLog(TestAddress.Of(3), [Bytes32.Zero], [9], 7, Bytes32.Zero, Bytes32.Zero, 0)]);
        await store.SaveAsync(1, sender, new OutboxEntry("mined", call, 0, [4], receipt.TransactionHash, receipt), default);
        await store.SaveAsync(1, sender, new OutboxEntry("later", call, null, null, null, null), default);
        await store.SaveAsync(1, sender, new OutboxEntry("second", call, 2, [5], null, null) { EarlierHashes = [Bytes32.Zero, receipt.BlockHash] }, default);
        await store.SaveAsync(1, sender, new OutboxEntry("first", call, 1, [6], null, null), default);
        await store.SaveAsync(2, sender, new OutboxEntry("other chain", call, 1, null, null, null), default);

        var mined = await store.FindAsync(1, sender, "mined", default);
        var pending = await store.ListPendingAsync(1, sender, default);

        Assert.Equivalent(receipt, mined!.Receipt);
        Assert.Equal(call.Data, mined.Call.Data);
        Assert.Equal(["first", "second", "later"], pending.Select(entry => entry.Intent));
        Assert.Equal([Bytes32.Zero, receipt.BlockHash], pending[1].EarlierHashes);
        Assert.Empty(pending[0].EarlierHashes);
        Assert.Null(await store.FindAsync(2, sender, "mined", default));
        await store.RemoveAsync(1, sender, "mined", default);
        Assert.Null(await store.FindAsync(1, sender, "mined", default));
    }

    [Fact]
    public async Task Cursor_positions_are_kept_per_chain_bounded_and_taken_back()
    {
        var positions = new CursorPositions(1, "book", kept: 3);
        var other = new CursorPositions(2, "book", kept: 3);
        for (ulong number = 1; number <= 5; number++)
        {
            var block = new BlockRef(number, Bytes32.Parse("0x" + new string((char)('0' + number), 64)));
            await _database.WriteAsync(transaction => positions.SaveAsync(transaction, block), default);
        }

        Assert.Equal([5UL, 4, 3], (await positions.LoadAsync(_database, default)).Select(block => block.Number));
        Assert.Empty(await other.LoadAsync(_database, default));

        await _database.WriteAsync(transaction => positions.RollBackAsync(transaction, new BlockRef(3, Bytes32.Parse("0x" + new string('3', 64)))), default);

        Assert.Equal([3UL], (await positions.LoadAsync(_database, default)).Select(block => block.Number));
    }

    private Task ExecuteAsync(string sql) => _database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, transaction: transaction), default);
}
