using System.Data.Common;
using Dapper;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Sms.Store;

/// <summary>What became of a replacement.</summary>
internal enum Replacement
{
    /// <summary>The new value is stored.</summary>
    Done,

    /// <summary>It is the value that is there.</summary>
    Same,

    /// <summary>Nothing is there to replace.</summary>
    Missing,

    /// <summary>The secret had this value before: its signature may have been replayed.</summary>
    Replayed,
}

/// <summary>What became of a value whose signature names no secret.</summary>
internal enum Claim
{
    /// <summary>It is stored, or was before.</summary>
    Done,

    /// <summary>Another value is there.</summary>
    Taken,

    /// <summary>The signature was used for another secret: it may have been replayed.</summary>
    Replayed,
}

/// <summary>Sealed values in a database, keyed by chain. Every write is one transaction.</summary>
internal sealed class SecretStore(Database database, SecretVault vault, SmsOptions options, TimeProvider time)
{
    private const string Where = "WHERE chain_id = @ChainId AND kind = @Kind AND owner = @Owner AND name = @Name";

    private readonly long _chainId = checked((long)options.Hub.Configuration.ChainId);

    public Task<bool> ExistsAsync(SecretReference secret, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM secrets {Where}", KeyOf(secret)) > 0, cancellationToken);

    /// <summary>The value, for who is entitled to it; null when there is none.</summary>
    public async Task<byte[]?> FindAsync(SecretReference secret, CancellationToken cancellationToken)
    {
        var stored = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<string?>($"SELECT sealed FROM secrets {Where}", KeyOf(secret)), cancellationToken);
        return stored is null ? null : vault.Open(secret, stored);
    }

    /// <summary>What tells a value from others without giving it away; null when there is none.</summary>
    public Task<string?> FindMarkAsync(SecretReference secret, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>($"SELECT mark FROM secrets {Where}", KeyOf(secret)), cancellationToken);

    /// <summary>False when there is a value already. One that was only claimed gives way.</summary>
    public Task<bool> AddAsync(SecretReference secret, byte[] value, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            await database.LockAsync(transaction, secret.Owner.ToHex());
            const string CountOfOwner = "SELECT COUNT(*) FROM secrets WHERE chain_id = @ChainId AND kind = @Kind AND owner = @Owner";
            if (await CountAsync(transaction, CountOfOwner, secret) >= options.MaxSecretsPerOwner)
            {
                throw new IexecException(ErrorCode.BusinessError, $"{secret.Owner} has {options.MaxSecretsPerOwner} secrets of this kind already");
            }

            var mark = vault.Mark(secret, value);
            var added = await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO secrets (chain_id, kind, owner, name, sealed, mark, changed_at, bound) VALUES (@ChainId, @Kind, @Owner, @Name, @Sealed, @Mark, @Now, 1)
                ON CONFLICT (chain_id, kind, owner, name) DO UPDATE SET sealed = excluded.sealed, mark = excluded.mark, changed_at = excluded.changed_at, bound = 1
                WHERE secrets.bound = 0
                """,
                ValueOf(secret, value, mark), transaction) == 1;
            if (added)
            {
                await RememberAsync(transaction, secret, mark);
            }

            return added;
        },
        cancellationToken);

    /// <summary>
    /// Stores a value whose signature says who signed but not for which secret. It replaces nothing, and the same value of the same signer is good for one
    /// secret only: whoever saw it elsewhere cannot plant it here in the place of another.
    /// </summary>
    public Task<Claim> ClaimAsync(SecretReference secret, byte[] value, Address signer, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            await database.LockAsync(transaction, signer.ToHex());
            var mark = vault.Mark(secret, value);
            if (await transaction.Connection!.QuerySingleOrDefaultAsync<string?>($"SELECT mark FROM secrets {Where}", KeyOf(secret), transaction) is { } current)
            {
                return current == mark ? Claim.Done : Claim.Taken;
            }

            // No wallet has a value without a name: the place holds what the signer claimed.
            var claimed = SecretReference.OfWallet(signer, "");
            if (!await RememberAsync(transaction, claimed, vault.Mark(claimed, value)))
            {
                return Claim.Replayed;
            }

            var added = await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO secrets (chain_id, kind, owner, name, sealed, mark, changed_at, bound) VALUES (@ChainId, @Kind, @Owner, @Name, @Sealed, @Mark, @Now, 0)
                ON CONFLICT (chain_id, kind, owner, name) DO NOTHING
                """,
                ValueOf(secret, value, mark), transaction) == 1;
            if (added)
            {
                await RememberAsync(transaction, secret, mark);
            }

            return added ? Claim.Done : Claim.Taken;
        },
        cancellationToken);

    public Task<Replacement> ReplaceAsync(SecretReference secret, byte[] value, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            await database.LockAsync(transaction, secret.Owner.ToHex());
            var mark = vault.Mark(secret, value);
            var current = await transaction.Connection!.QuerySingleOrDefaultAsync<string?>($"SELECT mark FROM secrets {Where}", KeyOf(secret), transaction);
            if (current is null)
            {
                return Replacement.Missing;
            }

            if (current == mark)
            {
                return Replacement.Same;
            }

            if (await CountAsync(transaction, $"SELECT COUNT(*) FROM secret_marks {Where}", secret) >= options.MaxValuesPerSecret)
            {
                throw new IexecException(ErrorCode.BusinessError, $"{secret} was changed {options.MaxValuesPerSecret} times", "Use another name.");
            }

            if (!await RememberAsync(transaction, secret, mark))
            {
                return Replacement.Replayed;
            }

            await transaction.Connection!.ExecuteAsync(
                $"UPDATE secrets SET sealed = @Sealed, mark = @Mark, changed_at = @Now, bound = 1 {Where}", ValueOf(secret, value, mark), transaction);
            return Replacement.Done;
        },
        cancellationToken);

    private async Task<bool> RememberAsync(DbTransaction transaction, SecretReference secret, string mark) => await transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO secret_marks (chain_id, kind, owner, name, mark) VALUES (@ChainId, @Kind, @Owner, @Name, @Mark)
        ON CONFLICT (chain_id, kind, owner, name, mark) DO NOTHING
        """,
        new { ChainId = _chainId, Kind = secret.Kind.ToString(), secret.Owner, secret.Name, Mark = mark }, transaction) == 1;

    private Task<long> CountAsync(DbTransaction transaction, string sql, SecretReference secret) =>
        transaction.Connection!.ExecuteScalarAsync<long>(sql, KeyOf(secret), transaction);

    private object KeyOf(SecretReference secret) => new { ChainId = _chainId, Kind = secret.Kind.ToString(), secret.Owner, secret.Name };

    private object ValueOf(SecretReference secret, byte[] value, string mark) => new
    {
        ChainId = _chainId,
        Kind = secret.Kind.ToString(),
        secret.Owner,
        secret.Name,
        Sealed = vault.Seal(secret, value),
        Mark = mark,
        Now = time.GetUtcNow().ToUnixTimeSeconds(),
    };
}
