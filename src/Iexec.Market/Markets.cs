using Iexec.Ethereum;
using Iexec.Market.Feed.Socket;
using Iexec.Market.Http;
using Iexec.ServiceDefaults.Auth;
using Iexec.ServiceDefaults.Hosting;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Logging;

namespace Iexec.Market;

/// <summary>The gateway: one market per chain over one store.</summary>
internal sealed class Markets : IAsyncDisposable
{
    private readonly Dictionary<ulong, ChainMarket> _byChain;

    public Markets(MarketOptions options, TimeProvider time, IEntropySource entropy, ILogger<Markets> logger)
    {
        Options = options;
        Database = Database.Open(options.ConnectionString, "market");
        Authentication = new ChallengeAuthentication(
            new ChallengeOptions(
                Sdk.Wire.Market.MarketRoutes.ChallengeDomain,
                options.ChallengeLifetime,
                random => Sdk.Wire.Market.MarketRoutes.ChallengePrefix + ChallengeOptions.RandomAlphanumerics(random)),
            new SqlChallengeStore(Database),
            time,
            entropy);
        Sessions = new SocketSessions(options.Chains.Select(chain => chain.Hub.Configuration.ChainId).ToHashSet(), time, entropy);
        SocketLoop = new ReconcileLoop(
            "market-sockets", Sessions.TickAsync, new ReconcilePace(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), time, entropy, logger);
        _byChain = options.Chains
            .Select(chain => new ChainMarket(chain, options, Database, Sessions, time, entropy, logger))
            .ToDictionary(market => market.ChainId);
    }

    public MarketOptions Options { get; }

    public Database Database { get; }

    public ChallengeAuthentication Authentication { get; }

    /// <summary>Listeners of the feed at this copy.</summary>
    public SocketSessions Sessions { get; }

    public ReconcileLoop SocketLoop { get; }

    public IReadOnlyCollection<ChainMarket> All => _byChain.Values;

    /// <summary>The chain that a request names.</summary>
    public ChainMarket Of(QueryReader query) => Of(query.Required("chainId"));

    /// <summary>The chain of an id in a request.</summary>
    public ChainMarket Of(string chainIdText)
    {
        var chainId = YupNumber.Read("chainId", chainIdText);
        return chainId <= YupNumber.MaxSafeInteger && _byChain.TryGetValue((ulong)chainId, out var market)
            ? market
            : throw YupText.Invalid($"chainId {chainId} is not supported");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
