using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Rules;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Deals;

/// <summary>Reads deals.</summary>
internal static class DealActions
{
    /// <summary>The deal.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public static async Task<Deal> GetAsync(ChainConnection chain, DealId id, CancellationToken cancellationToken) =>
        await chain.ReadAsync(hub => hub.GetDealAsync(id, cancellationToken)).ConfigureAwait(false)
        ?? throw IexecException.NotFound("deal", id.ToString(), chain.ChainId, new Advice("Check the id and the network.", Remedy.CheckId));

    /// <summary>Ids of the deal's tasks, in their order.</summary>
    public static IEnumerable<TaskId> TasksOf(Deal deal)
    {
        for (ulong i = 0; i < deal.BotSize; i++)
        {
            yield return TaskId.Of(deal.Id, deal.BotFirst + i);
        }
    }

    /// <summary>Unix seconds of the chain after which unfinished tasks can be claimed.</summary>
    public static async Task<ulong> GetFinalTimeAsync(ChainConnection chain, Deal deal, CancellationToken cancellationToken)
    {
        var category = await chain.ReadAsync(hub => hub.GetCategoryAsync(deal.Category, cancellationToken)).ConfigureAwait(false)
            ?? throw IexecException.NotFound("category", deal.Category.ToString(), chain.ChainId);
        return Deadlines.Of(deal.StartTimeSeconds, category.WorkClockTimeRefSeconds).Final;
    }

    /// <summary>Members under the official names. Times in Unix seconds, prices in nRLC.</summary>
    public static async Task<JsonObject> ShowAsync(ChainConnection chain, Deal deal, CancellationToken cancellationToken)
    {
        var final = GetFinalTimeAsync(chain, deal, cancellationToken);
        var head = await chain.ReadAsync(hub => hub.GetHeadAsync(cancellationToken)).ConfigureAwait(false);
        return new JsonObject
        {
            ["dealid"] = deal.Id.ToString(),
            ["app"] = Resource(deal.App),
            ["dataset"] = Resource(deal.Dataset),
            ["workerpool"] = Resource(deal.Workerpool),
            ["trust"] = deal.Trust.ToString(),
            ["category"] = deal.Category.ToString(),
            ["tag"] = deal.Tag.ToString(),
            ["requester"] = deal.Requester.ToString(),
            ["beneficiary"] = deal.Beneficiary.ToString(),
            ["callback"] = deal.Callback.ToString(),
            ["params"] = deal.Params,
            ["startTime"] = Decimal(deal.StartTimeSeconds),
            ["botFirst"] = Decimal(deal.BotFirst),
            ["botSize"] = Decimal(deal.BotSize),
            ["workerStake"] = deal.WorkerStake.ToString(),
            ["schedulerRewardRatio"] = deal.SchedulerRewardRatio.ToString(),
            ["sponsor"] = deal.Sponsor.ToString(),
            ["finalTime"] = Decimal(await final.ConfigureAwait(false)),
            ["deadlineReached"] = head.Timestamp >= await final.ConfigureAwait(false),
            ["tasks"] = new JsonArray([.. TasksOf(deal).Select(task => (JsonNode)task.ToString())]),
        };
    }

    // As the official client does: every integer of a deal is a text.
    private static string Decimal(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Resource(DealResource resource) =>
        new() { ["pointer"] = resource.Pointer.ToString(), ["owner"] = resource.Owner.ToString(), ["price"] = resource.Price.ToString() };
}
