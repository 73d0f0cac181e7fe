using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Simulation.World;
using static Iexec.Simulation.World.EventKind;

namespace Iexec.Simulation.Hub;

/// <summary>The events of <see cref="Boost"/> that no other deal has.</summary>
internal static class BoostLogs
{
    private static readonly EventKind SchedulerNotice = new("SchedulerNoticeBoost(address,bytes32,address,address,uint256,bytes32,string,address)");
    private static readonly EventKind DealSponsored = new("DealSponsoredBoost(bytes32,address)");
    private static readonly EventKind ResultPushed = new("ResultPushedBoost(bytes32,uint256,bytes)");

    public static void LogSchedulerNoticeBoost(this Execution execution, DealId deal, MatchOrders orders)
    {
        var request = orders.Request;
        execution.Emit(SchedulerNotice.Of(execution.Settings.Hub, [Word(orders.Workerpool.Workerpool)], data => data
            .Bytes32(deal.Value).Address(request.App).Address(request.Dataset).Uint(request.Category).Bytes32(orders.DealTag.Value)
            .String(request.Params).Address(request.Beneficiary)));
    }

    public static void LogDealSponsoredBoost(this Execution execution, DealId deal, Address sponsor) =>
        execution.Emit(DealSponsored.Of(execution.Settings.Hub, [], data => data.Bytes32(deal.Value).Address(sponsor)));

    public static void LogResultPushedBoost(this Execution execution, DealId deal, UInt256 index, byte[] results) =>
        execution.Emit(ResultPushed.Of(execution.Settings.Hub, [], data => data.Bytes32(deal.Value).Uint(index).Bytes(results)));
}
