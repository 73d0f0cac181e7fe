using System.Data.Common;
using Dapper;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Http;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Market.Categories;

/// <summary>A category and where it was created.</summary>
internal sealed class CategoryRow
{
    public UInt256 Id { get; init; }

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public long WorkClockTimeRef { get; init; }

    public Bytes32 TransactionHash { get; init; }

    public long BlockNumber { get; init; }

    public long BlockTime { get; init; }
}

/// <summary>The categories of one chain.</summary>
internal sealed class CategoryStore(Database database, ulong chainId)
{
    private const string Columns =
        """
        category AS Id, name AS Name, description AS Description, work_clock_time_ref AS WorkClockTimeRef, transaction_hash AS TransactionHash,
        block_number AS BlockNumber, block_time AS BlockTime
        """;

    private readonly long _chainId = checked((long)chainId);

    public Task<CategoryRow?> FindAsync(UInt256 id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<CategoryRow>(
            $"SELECT {Columns} FROM categories WHERE chain_id = @ChainId AND category = @Id", new { ChainId = _chainId, Id = id }),
        cancellationToken);

    /// <summary>A page, shortest first, and the number of all matches.</summary>
    public Task<(IReadOnlyList<CategoryRow> Categories, long Count)> ListAsync(long shortest, long longest, Paging paging, CancellationToken cancellationToken)
    {
        const string Where = "chain_id = @ChainId AND work_clock_time_ref >= @Shortest AND work_clock_time_ref <= @Longest";
        var parameters = new { ChainId = _chainId, Shortest = shortest, Longest = longest, paging.Skip, paging.Limit };
        return database.ReadAsync<(IReadOnlyList<CategoryRow>, long)>(
            async connection =>
            {
                var count = await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM categories WHERE {Where}", parameters);
                var rows = await connection.QueryAsync<CategoryRow>(
                    $"SELECT {Columns} FROM categories WHERE {Where} ORDER BY work_clock_time_ref ASC, category ASC LIMIT @Limit OFFSET @Skip", parameters);
                return ([.. rows], count);
            },
            cancellationToken);
    }

    public Task InsertAsync(DbTransaction transaction, CategoryRow row) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO categories (chain_id, category, name, description, work_clock_time_ref, transaction_hash, block_number, block_time)
        VALUES (@ChainId, @Id, @Name, @Description, @WorkClockTimeRef, @TransactionHash, @BlockNumber, @BlockTime)
        ON CONFLICT (chain_id, category) DO UPDATE SET name = excluded.name, description = excluded.description,
            work_clock_time_ref = excluded.work_clock_time_ref, transaction_hash = excluded.transaction_hash,
            block_number = excluded.block_number, block_time = excluded.block_time
        """,
        new { ChainId = _chainId, row.Id, row.Name, row.Description, row.WorkClockTimeRef, row.TransactionHash, row.BlockNumber, row.BlockTime },
        transaction);
}
