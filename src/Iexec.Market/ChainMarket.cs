using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Market.Categories;
using Iexec.Market.Chain;
using Iexec.Market.Deals;
using Iexec.Market.Feed;
using Iexec.Market.Feed.Socket;
using Iexec.Market.Publishing;
using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Hosting;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Logging;

namespace Iexec.Market;

/// <summary>Everything of one chain: its book, deals, categories, and the loops that keep them in step.</summary>
internal sealed class ChainMarket
{
    public ChainMarket(MarketChain chain, MarketOptions options, Database database, SocketSessions sessions, TimeProvider time, IEntropySource entropy, ILogger logger)
    {
        Hub = chain.Hub;
        ChainId = Hub.Configuration.ChainId;
        Book = new BookStore(database, ChainId);
        Deals = new DealStore(database, ChainId);
        Categories = new CategoryStore(database, ChainId);
        Publisher = new OrderPublisher(Hub, Book, options.MaxOpenOrdersPerWallet, time);
        Remover = new OrderRemover(Book);
        Review = new RequestReview(Book, Hub);
        Groups = new GroupAccess(Hub, time);
        Projection = new BookProjection(Hub, Book, Deals, Categories, Review, new BroadcastIntake(Publisher, logger));
        var cursor = new LogCursor(Hub, Projection, new LogCursorOptions(Confirmations: chain.Confirmations, StartBlock: chain.StartBlock));
        ChainLoop = new ReconcileLoop($"market-chain-{ChainId}", cursor.AdvanceAsync, options.ChainPace, time, entropy, logger);
        SweepLoop = new ReconcileLoop($"market-sweep-{ChainId}", SweepAsync, options.SweepPace, time, entropy, logger);
        FeedLoop = new ReconcileLoop(
            $"market-feed-{ChainId}", new FeedPump(Feed, sessions, ChainId).PumpAsync, new ReconcilePace(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30)), time,
            entropy, logger);
    }

    public IHub Hub { get; }

    public ulong ChainId { get; }

    public BookStore Book { get; }

    public FeedStore Feed => Book.Feed;

    public DealStore Deals { get; }

    public CategoryStore Categories { get; }

    public OrderPublisher Publisher { get; }

    public OrderRemover Remover { get; }

    public RequestReview Review { get; }

    public GroupAccess Groups { get; }

    public BookProjection Projection { get; }

    public ReconcileLoop ChainLoop { get; }

    public ReconcileLoop SweepLoop { get; }

    public ReconcileLoop FeedLoop { get; }

    public IReadOnlyList<ReconcileLoop> Loops => [ChainLoop, SweepLoop, FeedLoop];

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        // First what needs no node.
        await Feed.PruneAsync(cancellationToken);
        await Projection.SweepAsync(cancellationToken);
    }
}
