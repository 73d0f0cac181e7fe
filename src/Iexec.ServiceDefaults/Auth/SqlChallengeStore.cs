using Dapper;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.ServiceDefaults.Auth;

/// <summary>Challenges in the role's store: any copy of the role can take the answer.</summary>
/// <param name="database">The role's store.</param>
/// <param name="mostPending">How many may wait.</param>
public sealed class SqlChallengeStore(Database database, long mostPending = 100_000) : IChallengeStore
{
    /// <inheritdoc/>
    public Task AddAsync(PendingChallenge challenge, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                await connection.ExecuteAsync("DELETE FROM challenges WHERE expires_at <= @Now", new { Now = now.ToUnixTimeMilliseconds() }, transaction);
                if (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM challenges", transaction: transaction) >= mostPending)
                {
                    // A tenth at a time, as many as expire together.
                    await connection.ExecuteAsync(
                        "DELETE FROM challenges WHERE expires_at <= (SELECT expires_at FROM challenges ORDER BY expires_at LIMIT 1 OFFSET @Tenth)",
                        new { Tenth = mostPending / 10 },
                        transaction);
                }

                await connection.ExecuteAsync(
                    "INSERT INTO challenges (chain_id, domain, hash, address, expires_at) VALUES (@ChainId, @Domain, @Hash, @Address, @ExpiresAt)",
                    new
                    {
                        ChainId = (long)challenge.ChainId,
                        Domain = challenge.DomainName,
                        challenge.Hash,
                        challenge.Address,
                        ExpiresAt = challenge.ExpiresAt.ToUnixTimeMilliseconds(),
                    },
                    transaction);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> IsPendingAsync(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM challenges WHERE chain_id = @ChainId AND domain = @Domain AND hash = @Hash AND address = @Address AND expires_at > @Now",
                Key(chainId, domainName, hash, address, now)) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TakeAsync(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction => await transaction.Connection!.ExecuteAsync(
                "DELETE FROM challenges WHERE chain_id = @ChainId AND domain = @Domain AND hash = @Hash AND address = @Address AND expires_at > @Now",
                Key(chainId, domainName, hash, address, now),
                transaction) == 1,
            cancellationToken);

    private static object Key(ulong chainId, string domainName, Bytes32 hash, Address address, DateTimeOffset now) =>
        new { ChainId = (long)chainId, Domain = domainName, Hash = hash, Address = address, Now = now.ToUnixTimeMilliseconds() };
}
