using System.Data.Common;
using Dapper;
using Iexec.Ethereum;
using Iexec.Poco.Chain;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>
/// The blocks that a projection has applied, kept beside its tables so that effects and position are stored in one transaction.
/// Implements the position half of <see cref="IChainProjection"/>.
/// </summary>
/// <param name="chainId">The chain.</param>
/// <param name="name">The projection's name within the role.</param>
/// <param name="kept">How many positions are remembered: as far back as a reorganisation may reach.</param>
public sealed class CursorPositions(ulong chainId, string name, int kept = 256)
{
    private readonly long _chainId = checked((long)chainId);

    /// <summary>Positions, newest first.</summary>
    public async Task<IReadOnlyList<BlockRef>> LoadAsync(Database database, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async connection => (await connection.QueryAsync<PositionRow>(
                """
                SELECT block_number AS Number, block_hash AS Hash FROM cursor_positions
                WHERE chain_id = @ChainId AND cursor_name = @Name ORDER BY block_number DESC
                """,
                new { ChainId = _chainId, Name = name }))
                .Select(row => new BlockRef((ulong)row.Number, Bytes32.Parse(row.Hash)))
                .ToList(),
            cancellationToken);

    /// <summary>Adds the new position and forgets the oldest.</summary>
    public async Task SaveAsync(DbTransaction transaction, BlockRef position)
    {
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO cursor_positions (chain_id, cursor_name, block_number, block_hash) VALUES (@ChainId, @Name, @Number, @Hash)
            ON CONFLICT (chain_id, cursor_name, block_number) DO UPDATE SET block_hash = excluded.block_hash
            """,
            new { ChainId = _chainId, Name = name, Number = (long)position.Number, Hash = position.Hash.ToString() },
            transaction);
        await transaction.Connection!.ExecuteAsync(
            """
            DELETE FROM cursor_positions WHERE chain_id = @ChainId AND cursor_name = @Name AND block_number <=
                (SELECT block_number FROM cursor_positions WHERE chain_id = @ChainId AND cursor_name = @Name ORDER BY block_number DESC LIMIT 1 OFFSET @Kept)
            """,
            new { ChainId = _chainId, Name = name, Kept = kept },
            transaction);
    }

    /// <summary>Forgets everything after the ancestor, which becomes the position.</summary>
    public async Task RollBackAsync(DbTransaction transaction, BlockRef ancestor)
    {
        await transaction.Connection!.ExecuteAsync(
            "DELETE FROM cursor_positions WHERE chain_id = @ChainId AND cursor_name = @Name AND block_number > @Number",
            new { ChainId = _chainId, Name = name, Number = (long)ancestor.Number },
            transaction);
        await SaveAsync(transaction, ancestor);
    }

    private sealed class PositionRow
    {
        public long Number { get; init; }

        public string Hash { get; init; } = "";
    }
}
