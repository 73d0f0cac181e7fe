using Iexec.Ethereum.Abi;
using Iexec.Poco;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="Matching"/>, <see cref="Tasks"/>, <see cref="Settlements"/> and <see cref="Claims"/>.</summary>
internal static class DealFunctions
{
    public static FunctionTable Table => new()
    {
        [$"matchOrders({SignedOrdersCodec.Types})"] = (execution, _, arguments, results) =>
        {
            var orders = SignedOrdersCodec.Read(arguments);
            results.Bytes32(execution.Match(orders, orders.Request.Order.Requester).Value);
        },
        [$"sponsorMatchOrders({SignedOrdersCodec.Types})"] = (execution, message, arguments, results) =>
        {
            var deal = execution.Match(SignedOrdersCodec.Read(arguments), message.Sender);
            execution.LogDealSponsored(deal, message.Sender);
            results.Bytes32(deal.Value);
        },
        ["initialize(bytes32,uint256)"] = (execution, _, arguments, results) =>
            results.Bytes32(execution.Initialize(new(arguments.Bytes32()), arguments.Uint()).Value),
        ["initializeArray(bytes32[],uint256[])"] = (execution, _, arguments, results) =>
        {
            foreach (var (deal, index) in Pairs(arguments))
            {
                execution.Initialize(deal, index);
            }

            results.Bool(true);
        },
        ["contribute(bytes32,bytes32,bytes32,address,bytes,bytes)"] = (execution, message, arguments, _) => execution.Contribute(
            message.Sender, Task(arguments), arguments.Bytes32(), arguments.Bytes32(), arguments.Address(), arguments.Bytes(), arguments.Bytes()),
        ["reveal(bytes32,bytes32)"] = (execution, message, arguments, _) => execution.Reveal(message.Sender, Task(arguments), arguments.Bytes32()),
        ["reopen(bytes32)"] = (execution, message, arguments, _) => execution.Reopen(message.Sender, Task(arguments)),
        ["finalize(bytes32,bytes,bytes)"] = (execution, message, arguments, _) =>
            execution.Finalize(message.Sender, Task(arguments), arguments.Bytes(), arguments.Bytes()),
        ["contributeAndFinalize(bytes32,bytes32,bytes,bytes,address,bytes,bytes)"] = (execution, message, arguments, _) => execution.ContributeAndFinalize(
            message.Sender,
            Task(arguments),
            arguments.Bytes32(),
            arguments.Bytes(),
            arguments.Bytes(),
            arguments.Address(),
            arguments.Bytes(),
            arguments.Bytes()),
        ["claim(bytes32)"] = (execution, _, arguments, _) => execution.Claim(Task(arguments)),
        ["claimArray(bytes32[])"] = (execution, _, arguments, results) =>
        {
            foreach (var task in arguments.StaticArray(1, Task))
            {
                execution.Claim(task);
            }

            results.Bool(true);
        },
        ["initializeAndClaimArray(bytes32[],uint256[])"] = (execution, _, arguments, results) =>
        {
            foreach (var (deal, index) in Pairs(arguments))
            {
                execution.Claim(execution.Initialize(deal, index));
            }

            results.Bool(true);
        },
    };

    private static TaskId Task(AbiReader arguments) => new(arguments.Bytes32());

    private static IEnumerable<(DealId Deal, Ethereum.UInt256 Index)> Pairs(AbiReader arguments)
    {
        var deals = arguments.StaticArray(1, item => new DealId(item.Bytes32()));
        var indexes = arguments.StaticArray(1, item => item.Uint());
        Refusal.Unless(deals.Length == indexes.Length);
        return deals.Zip(indexes);
    }
}
