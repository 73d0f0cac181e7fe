using Iexec.Poco;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="Boost"/>.</summary>
internal static class BoostFunctions
{
    private static readonly BoostDeal NoDeal = new(default, 0, default, 0, default, 0, default, 0, default, 0, 0, 0, default, default);

    public static FunctionTable Table => new()
    {
        [$"matchOrdersBoost({SignedOrdersCodec.Types})"] = (execution, _, arguments, results) =>
        {
            var orders = SignedOrdersCodec.Read(arguments);
            results.Bytes32(execution.MatchBoost(orders, orders.Request.Order.Requester).Value);
        },
        [$"sponsorMatchOrdersBoost({SignedOrdersCodec.Types})"] = (execution, message, arguments, results) =>
        {
            var deal = execution.MatchBoost(SignedOrdersCodec.Read(arguments), message.Sender);
            execution.LogDealSponsoredBoost(deal, message.Sender);
            results.Bytes32(deal.Value);
        },
        ["pushResultBoost(bytes32,uint256,bytes,bytes,bytes,address,bytes)"] = (execution, message, arguments, _) => execution.PushBoost(
            message.Sender,
            new DealId(arguments.Bytes32()),
            arguments.Uint(),
            arguments.Bytes(),
            arguments.Bytes(),
            arguments.Bytes(),
            arguments.Address(),
            arguments.Bytes()),
        ["claimBoost(bytes32,uint256)"] = (execution, _, arguments, _) => execution.ClaimBoost(new DealId(arguments.Bytes32()), arguments.Uint()),
        ["viewDealBoost(bytes32)"] = (execution, _, arguments, results) =>
        {
            var deal = execution.State.Hub.BoostDeals.GetValueOrDefault(new DealId(arguments.Bytes32()), NoDeal);
            results.Address(deal.AppOwner).Uint(deal.AppPrice).Address(deal.DatasetOwner).Uint(deal.DatasetPrice)
                .Address(deal.WorkerpoolOwner).Uint(deal.WorkerpoolPrice).Address(deal.Requester).Uint(deal.WorkerReward)
                .Address(deal.Callback).Uint(deal.DeadlineSeconds).Uint(deal.BotFirst).Uint(deal.BotSize)
                .FixedBytes(deal.Tag.Value.AsSpan()[29..]).Address(deal.Sponsor);
        },
    };
}
