using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Orders;
using Iexec.Simulation.World;
using static Iexec.Simulation.World.EventKind;

namespace Iexec.Simulation.Hub;

/// <summary>The events of the hub besides those of tasks. Which argument is indexed is part of the interface.</summary>
internal static class HubLogs
{
    private static readonly EventKind Transfer = new("Transfer(address,address,uint256)");
    private static readonly EventKind Approval = new("Approval(address,address,uint256)");
    private static readonly EventKind Lock = new("Lock(address,uint256)");
    private static readonly EventKind Unlock = new("Unlock(address,uint256)");
    private static readonly EventKind Reward = new("Reward(address,uint256,bytes32)");
    private static readonly EventKind Seize = new("Seize(address,uint256,bytes32)");
    private static readonly EventKind SchedulerNotice = new("SchedulerNotice(address,bytes32)");
    private static readonly EventKind OrdersMatched = new("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)");
    private static readonly EventKind DealSponsored = new("DealSponsored(bytes32,address)");
    private static readonly EventKind OwnershipTransferred = new("OwnershipTransferred(address,address)");
    private static readonly EventKind CreateCategory = new("CreateCategory(uint256,string,string,uint256)");

    public static void LogTransfer(this Execution execution, Address from, Address to, UInt256 amount) =>
        execution.Emit(Transfer.Of(execution.Settings.Hub, [Word(from), Word(to)], data => data.Uint(amount)));

    public static void LogApproval(this Execution execution, Address owner, Address spender, UInt256 amount) =>
        execution.Emit(Approval.Of(execution.Settings.Hub, [Word(owner), Word(spender)], data => data.Uint(amount)));

    public static void LogLock(this Execution execution, Address owner, UInt256 amount) =>
        execution.Emit(Lock.Of(execution.Settings.Hub, [], data => data.Address(owner).Uint(amount)));

    public static void LogUnlock(this Execution execution, Address owner, UInt256 amount) =>
        execution.Emit(Unlock.Of(execution.Settings.Hub, [], data => data.Address(owner).Uint(amount)));

    public static void LogReward(this Execution execution, Address owner, UInt256 amount, TaskId task) =>
        execution.Emit(Reward.Of(execution.Settings.Hub, [], data => data.Address(owner).Uint(amount).Bytes32(task.Value)));

    public static void LogSeize(this Execution execution, Address owner, UInt256 amount, TaskId task) =>
        execution.Emit(Seize.Of(execution.Settings.Hub, [], data => data.Address(owner).Uint(amount).Bytes32(task.Value)));

    public static void LogSchedulerNotice(this Execution execution, Address workerpool, DealId deal) =>
        execution.Emit(SchedulerNotice.Of(execution.Settings.Hub, [Word(workerpool)], data => data.Bytes32(deal.Value)));

    public static void LogOrdersMatched(this Execution execution, DealId deal, MatchedHashes hashes, UInt256 volume) =>
        execution.Emit(OrdersMatched.Of(execution.Settings.Hub, [], data => data
            .Bytes32(deal.Value).Bytes32(hashes.App.Value).Bytes32(hashes.Dataset.Value).Bytes32(hashes.Workerpool.Value)
            .Bytes32(hashes.Request.Value).Uint(volume)));

    public static void LogDealSponsored(this Execution execution, DealId deal, Address sponsor) =>
        execution.Emit(DealSponsored.Of(execution.Settings.Hub, [], data => data.Bytes32(deal.Value).Address(sponsor)));

    /// <summary><c>SignedXOrder</c> or <c>ClosedXOrder</c>.</summary>
    public static void LogOrder(this Execution execution, string what, OrderKind kind, OrderHash hash) =>
        execution.Emit(new EventKind($"{what}{kind}Order(bytes32)").Of(execution.Settings.Hub, [], data => data.Bytes32(hash.Value)));

    public static void LogOwnershipTransferred(this Execution execution, Address contract, Address from, Address to) =>
        execution.Emit(OwnershipTransferred.Of(contract, [Word(from), Word(to)]));

    public static void LogCreateCategory(this Execution execution, Category category) =>
        execution.Emit(CreateCategory.Of(execution.Settings.Hub, [], data => data
            .Uint(category.Id).String(category.Name).String(category.Description).Uint(category.WorkClockTimeRefSeconds)));
}
