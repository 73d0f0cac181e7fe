using Dapper;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Hosting;

namespace Iexec.Sms.Store;

/// <summary>Opens the store with its key before the first request. A store that another key has sealed is left alone.</summary>
internal sealed class SmsStart(SmsOptions options, IEntropySource entropy, TimeProvider time) : IHostedService, IAsyncDisposable
{
    private readonly Database _database = Database.Open(options.ConnectionString, "sms");
    private SecretVault? _vault;
    private SecretStore? _secrets;

    public SecretStore Secrets => _secrets ?? throw new InvalidOperationException("The secret service has not started.");

    /// <exception cref="IexecException">The key is missing, wrong, or open to others.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ThrowIfBeside(options.KeyFile, _database.FilePath);
        await _database.MigrateAsync(typeof(SmsStart).Assembly, cancellationToken);
        var chainId = options.Hub.Configuration.ChainId;
        var key = new { ChainId = checked((long)chainId) };
        if (await FindCheckAsync(key, cancellationToken) is null)
        {
            // The key is on the disk before anything is sealed with it.
            MasterKeyFile.CreateIfMissing(options.KeyFile, entropy);
        }

        _vault = new SecretVault(MasterKeyFile.Read(options.KeyFile), chainId, entropy);
        await _database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "INSERT INTO key_checks (chain_id, sealed) VALUES (@ChainId, @Sealed) ON CONFLICT (chain_id) DO NOTHING", new { key.ChainId, Sealed = _vault.SealCheck() }, transaction),
            cancellationToken);
        if (!_vault.PassesCheck((await FindCheckAsync(key, cancellationToken))!))
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"{options.KeyFile} is not the key that the store of the secret service was sealed with.",
                "Put back the right key, or give the service another store.");
        }

        _secrets = new SecretStore(_database, _vault, options, time);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _vault?.Dispose();
        await _database.DisposeAsync();
    }

    // Whoever copies the folder of the store, as a backup does, must not get the key with it.
    private static void ThrowIfBeside(string keyFile, string? store)
    {
        var folder = Path.GetDirectoryName(store);
        if (folder is not null && Path.GetFullPath(keyFile).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"The key {keyFile} lies in the folder of the store that it seals.",
                "Keep it in another folder, and out of the store's backups.");
        }
    }

    private Task<string?> FindCheckAsync(object key, CancellationToken cancellationToken) => _database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>("SELECT sealed FROM key_checks WHERE chain_id = @ChainId", key), cancellationToken);
}
