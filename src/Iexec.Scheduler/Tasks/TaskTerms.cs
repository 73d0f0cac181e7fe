using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;

namespace Iexec.Scheduler.Tasks;

/// <summary>What a deal fixed about one of its tasks; never changes. Times in Unix seconds.</summary>
internal sealed record TaskTerms(
    Bytes32 Deal,
    ulong Index,
    ulong BotFirst,
    Address Requester,
    UInt256 Trust,
    Bytes32 TagValue,
    ulong MaxExecutionSeconds,
    ulong ContributionDeadline,
    ulong FinalDeadline,
    string DappName,
    string CommandLine,
    bool HasCallback,
    ulong DealBlock)
{
    /// <summary>What a worker locks to contribute, nRLC.</summary>
    public UInt256 WorkerStake { get; init; }

    public DealId DealId() => new(Deal);

    public TaskId TaskId() => Iexec.Poco.TaskId.Of(DealId(), Index);

    public Tag Tag() => new(TagValue);

    /// <summary>The terms of task <paramref name="index"/>.</summary>
    public static TaskTerms Of(Deal deal, Category category, string appImage, ulong index, ulong block) => new(
        deal.Id.Value,
        index,
        deal.BotFirst,
        deal.Requester,
        deal.Trust,
        deal.Tag.Value,
        category.WorkClockTimeRefSeconds,
        Deadlines.Of(deal.StartTimeSeconds, category.WorkClockTimeRefSeconds).Contribution,
        Deadlines.Of(deal.StartTimeSeconds, category.WorkClockTimeRefSeconds).Final,
        appImage,
        deal.Params,
        !deal.Callback.IsZero,
        block)
    {
        WorkerStake = deal.WorkerStake,
    };
}
