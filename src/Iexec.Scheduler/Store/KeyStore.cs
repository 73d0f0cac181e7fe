using Dapper;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Scheduler.Store;

/// <summary>Random keys that must survive a restart, e.g. the one that signs sessions. Made on first use.</summary>
internal sealed class KeyStore(Database database, ulong chainId)
{
    public Task<byte[]> GetOrCreateAsync(string name, IEntropySource entropy, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                var fresh = new byte[32];
                entropy.Fill(fresh);
                await transaction.Connection!.ExecuteAsync(
                    "INSERT INTO keys (chain_id, name, value) VALUES (@ChainId, @Name, @Value) ON CONFLICT (chain_id, name) DO NOTHING",
                    new { ChainId = checked((long)chainId), Name = name, Value = Convert.ToBase64String(fresh) },
                    transaction);
                return Convert.FromBase64String(await transaction.Connection!.QuerySingleAsync<string>(
                    "SELECT value FROM keys WHERE chain_id = @ChainId AND name = @Name", new { ChainId = checked((long)chainId), Name = name }, transaction));
            },
            cancellationToken);
}
