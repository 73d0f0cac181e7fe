using Iexec.Market.Categories;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Chain;

/// <summary>Reads from the chain what events only point at: the deals, the categories and the times of their blocks.</summary>
internal sealed class EventDetails(IHub hub)
{
    public async Task<Dictionary<ulong, DateTimeOffset>> ReadTimesAsync(IReadOnlyList<HubEvent> events, CancellationToken cancellationToken)
    {
        var blocks = events.Where(e => e is HubEvent.OrdersMatched or HubEvent.CategoryCreated).Select(e => e.Position.Block.Number).Distinct().ToList();
        var times = new Dictionary<ulong, DateTimeOffset>();
        foreach (var chunk in blocks.Chunk(100))
        {
            var headers = await Task.WhenAll(chunk.Select(number => hub.GetBlockAsync(number, cancellationToken)));
            foreach (var (number, header) in chunk.Zip(headers))
            {
                // A block that vanished meanwhile: the cursor will take it back.
                times[number] = DateTimeOffset.FromUnixTimeSeconds((long)(header?.Timestamp ?? 0));
            }
        }

        return times;
    }

    public async Task<List<MarketDeal>> ReadDealsAsync(
        List<HubEvent.OrdersMatched> matches, Dictionary<ulong, DateTimeOffset> times, CancellationToken cancellationToken)
    {
        var result = new List<MarketDeal>();
        foreach (var chunk in matches.Chunk(100))
        {
            var views = await Task.WhenAll(chunk.Select(match => ReadDealAsync(match.DealId, cancellationToken)));
            foreach (var (match, view) in chunk.Zip(views))
            {
                // Boost matches give the event without a deal to view; one beyond 64 bits is not shown.
                if (view is not null)
                {
                    result.Add(ToMarketDeal(match, view, times[match.Position.Block.Number]));
                }
            }
        }

        return result;
    }

    /// <summary>Null for a deal whose indices are beyond 64 bits: nobody can serve it, and it must not hold up the others.</summary>
    private async Task<Deal?> ReadDealAsync(DealId id, CancellationToken cancellationToken)
    {
        try
        {
            return await hub.GetDealAsync(id, cancellationToken);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public async Task<List<CategoryRow>> ReadCategoriesAsync(
        IEnumerable<HubEvent.CategoryCreated> created, Dictionary<ulong, DateTimeOffset> times, CancellationToken cancellationToken)
    {
        var result = new List<CategoryRow>();
        foreach (var e in created)
        {
            if (await hub.GetCategoryAsync(e.Id, cancellationToken) is { } category)
            {
                result.Add(new CategoryRow
                {
                    Id = e.Id,
                    Name = category.Name,
                    Description = category.Description,
                    WorkClockTimeRef = (long)Math.Min(category.WorkClockTimeRefSeconds, long.MaxValue),
                    TransactionHash = e.Position.TransactionHash,
                    BlockNumber = (long)e.Position.Block.Number,
                    BlockTime = times[e.Position.Block.Number].ToUnixTimeMilliseconds(),
                });
            }
        }

        return result;
    }

    private MarketDeal ToMarketDeal(HubEvent.OrdersMatched match, Deal deal, DateTimeOffset time) => new()
    {
        DealId = deal.Id.Value,
        ChainId = hub.Configuration.ChainId,
        App = ToResource(deal.App),
        Dataset = ToResource(deal.Dataset),
        Workerpool = ToResource(deal.Workerpool),
        Requester = deal.Requester,
        Beneficiary = deal.Beneficiary,
        Callback = deal.Callback,
        AppHash = match.App.Value,
        DatasetHash = match.Dataset.Value,
        WorkerpoolHash = match.Workerpool.Value,
        RequestHash = match.Request.Value,
        Params = deal.Params,
        Volume = match.Volume,
        Category = deal.Category,
        Tag = deal.Tag.Value,
        Trust = deal.Trust,
        StartTime = deal.StartTimeSeconds,
        BotFirst = deal.BotFirst,
        BotSize = deal.BotSize,
        SchedulerRewardRatio = deal.SchedulerRewardRatio,
        WorkerStake = deal.WorkerStake,
        BlockNumber = match.Position.Block.Number,
        BlockTimestamp = time,
        TransactionHash = match.Position.TransactionHash,
    };

    private static MarketDealResource ToResource(DealResource resource) => new(resource.Pointer, resource.Owner, resource.Price);
}
