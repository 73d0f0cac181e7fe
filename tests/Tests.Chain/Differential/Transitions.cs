using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Tests.Chain.Differential;

/// <summary>The steps that deals, tasks, orders and stakes take, told by the event that each writes.</summary>
internal static class Transitions
{
    private static readonly Dictionary<Bytes32, string> Names = new[]
    {
        "OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)", "SchedulerNotice(address,bytes32)", "DealSponsored(bytes32,address)",
        "SchedulerNoticeBoost(address,bytes32,address,address,uint256,bytes32,string,address)", "DealSponsoredBoost(bytes32,address)", "ResultPushedBoost(bytes32,uint256,bytes)",
        "TaskInitialize(bytes32,address)", "TaskContribute(bytes32,address,bytes32)", "TaskConsensus(bytes32,bytes32)", "TaskReveal(bytes32,address,bytes32)",
        "TaskReopen(bytes32)", "TaskFinalize(bytes32,bytes)", "TaskClaimed(bytes32)",
        "AccurateContribution(address,bytes32)", "FaultyContribution(address,bytes32)",
        "Lock(address,uint256)", "Unlock(address,uint256)", "Reward(address,uint256,bytes32)", "Seize(address,uint256,bytes32)",
        "SignedAppOrder(bytes32)", "SignedDatasetOrder(bytes32)", "SignedWorkerpoolOrder(bytes32)", "SignedRequestOrder(bytes32)",
        "ClosedAppOrder(bytes32)", "ClosedDatasetOrder(bytes32)", "ClosedWorkerpoolOrder(bytes32)", "ClosedRequestOrder(bytes32)",
        "Transfer(address,address,uint256)", "Approval(address,address,uint256)", "CreateCategory(uint256,string,string,uint256)",
        "PolicyUpdate(uint256,uint256,uint256,uint256)",
    }.ToDictionary(signature => new AbiSignature(signature).Topic, signature => signature[..signature.IndexOf('(', StringComparison.Ordinal)]);

    public static IEnumerable<string> All => Names.Values;

    public static IEnumerable<string> Of(Outcome outcome) => outcome.Logs.Select(log => Names.GetValueOrDefault(log.Topics[0])).OfType<string>();
}
