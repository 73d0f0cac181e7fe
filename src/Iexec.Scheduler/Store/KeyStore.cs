using Dapper;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Scheduler.Store;

/// <summary>Random keys that must survive a restart, e.g. the one that signs sessions. Made on first use.</summary>
internal sealed class KeyStore(Database database, PoolScope scope)
{
    public Task<byte[]> GetOrCreateAsync(string name, IEntropySource entropy, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                var fresh = new byte[32];
                entropy.Fill(fresh);
                await transaction.Connection!.ExecuteAsync(
                    "INSERT INTO keys (chain_id, workerpool, name, value) VALUES (@ChainId, @Pool, @Name, @Value) ON CONFLICT (chain_id, workerpool, name) DO NOTHING",
                    new { scope.ChainId, scope.Pool, Name = name, Value = Convert.ToBase64String(fresh) },
                    transaction);
                return Convert.FromBase64String(await transaction.Connection!.QuerySingleAsync<string>(
                    "SELECT value FROM keys WHERE chain_id = @ChainId AND workerpool = @Pool AND name = @Name", new { scope.ChainId, scope.Pool, Name = name }, transaction));
            },
            cancellationToken);
}
