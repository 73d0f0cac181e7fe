using System.Net;
using Dapper;
using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Hosting;

namespace Iexec.Scheduler.Compass;

/// <summary>Statements of pool owners, one per pool; believed as long as who signed it still owns the pool.</summary>
internal sealed class CompassService(CompassOptions options, TimeProvider time) : IHostedService, IAsyncDisposable
{
    private const int LongestUrl = 500;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);
    private readonly Database _database = Database.Open(options.ConnectionString, "compass");

    public Task StartAsync(CancellationToken cancellationToken) => _database.MigrateAsync(typeof(CompassService).Assembly, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<WorkerpoolLocation?> FindAsync(ulong chainId, Address workerpool, CancellationToken cancellationToken)
    {
        var hub = Hub(chainId);
        var row = await ReadAsync(chainId, workerpool, cancellationToken);
        // A pool that was sold answers to its new owner.
        if (row is not null && await hub.GetOwnerAsync(AssetKind.Workerpool, workerpool, cancellationToken) == row.Signer)
        {
            return new WorkerpoolLocation(row.ApiUrl);
        }

        return options.Seeds.FirstOrDefault(seed => seed.ChainId == chainId && seed.Workerpool == workerpool) is { } seed
            ? new WorkerpoolLocation(seed.ApiUrl.AbsoluteUri)
            : null;
    }

    /// <exception cref="IexecException">The statement is malformed, not the owner's, or not newer than the stored one.</exception>
    public async Task RegisterAsync(ulong chainId, Address workerpool, WorkerpoolStatement statement, CancellationToken cancellationToken)
    {
        var hub = Hub(chainId);
        CheckUrl(statement.ApiUrl);
        if (statement.IssuedAt > (ulong)(time.GetUtcNow() + ClockSkew).ToUnixTimeSeconds())
        {
            throw new IexecException(ErrorCode.ValidationError, "issuedAt lies in the future", "Set the clock, then sign again.");
        }

        var owner = await hub.GetOwnerAsync(AssetKind.Workerpool, workerpool, cancellationToken)
            ?? throw new IexecException(ErrorCode.ObjectNotFoundError, $"No workerpool {workerpool} on chain {chainId}");
        if (statement.Signer(chainId, workerpool) != owner)
        {
            throw new IexecException(ErrorCode.BusinessError, $"The statement is not signed by the workerpool's owner {owner}");
        }

        var stored = await _database.WriteAsync(
            async transaction => await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO workerpool_locations (chain_id, workerpool, api_url, issued_at, signer) VALUES (@ChainId, @Workerpool, @ApiUrl, @IssuedAt, @Signer)
                ON CONFLICT (chain_id, workerpool) DO UPDATE SET api_url = excluded.api_url, issued_at = excluded.issued_at, signer = excluded.signer
                WHERE excluded.issued_at > workerpool_locations.issued_at
                """,
                new { ChainId = (long)chainId, Workerpool = workerpool, statement.ApiUrl, IssuedAt = (long)statement.IssuedAt, Signer = owner },
                transaction) == 1,
            cancellationToken);
        if (!stored)
        {
            throw new IexecException(ErrorCode.BusinessError, "A statement of the same time or later is already known", "Sign a new one.");
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private IHub Hub(ulong chainId) => options.Hubs.FirstOrDefault(hub => hub.Configuration.ChainId == chainId)
        ?? throw new IexecException(ErrorCode.ObjectNotFoundError, $"Chain {chainId} is not served here");

    private void CheckUrl(string text)
    {
        if (text is not { Length: > 0 and <= LongestUrl } || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.PathAndQuery != "/" || url.Fragment.Length > 0)
        {
            throw new IexecException(ErrorCode.ValidationError, "apiUrl must be an http(s) origin without path, e.g. https://pool.example");
        }

        var isLocal = url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        if (!options.AllowsPlainHttp && (url.Scheme != "https" || isLocal))
        {
            throw new IexecException(ErrorCode.ValidationError, "apiUrl must be https, and not on loopback: clients elsewhere are to reach it");
        }
    }

    private Task<Row?> ReadAsync(ulong chainId, Address workerpool, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(
                "SELECT api_url AS ApiUrl, signer AS Signer FROM workerpool_locations WHERE chain_id = @ChainId AND workerpool = @Workerpool",
                new { ChainId = (long)chainId, Workerpool = workerpool }),
            cancellationToken);

    private sealed class Row
    {
        public string ApiUrl { get; init; } = "";

        public Address Signer { get; init; }
    }
}
