using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>
/// The ledger. Frozen amounts lie in the free balance of the hub's own account, so at any time the balances sum up to the total supply, and the hub's balance
/// is at least the sum of what is frozen. Every primitive emits its events for an amount of zero too.
/// </summary>
internal static class Escrow
{
    /// <summary>Freezes part of the free balance. Transfer, Lock.</summary>
    public static void Lock(this Execution execution, Address account, UInt256 amount)
    {
        execution.Move(account, execution.Settings.Hub, amount);
        execution.ChangeAccount(account, entry => entry with { Frozen = entry.Frozen + amount });
        execution.LogLock(account, amount);
    }

    /// <summary>Gives part of the frozen balance back. Transfer, Unlock.</summary>
    public static void Unlock(this Execution execution, Address account, UInt256 amount)
    {
        execution.Move(execution.Settings.Hub, account, amount);
        execution.ChangeAccount(account, entry => entry with { Frozen = entry.Frozen - amount });
        execution.LogUnlock(account, amount);
    }

    /// <summary>Pays out of what was seized for a task. Transfer, Reward.</summary>
    public static void Reward(this Execution execution, Address account, UInt256 amount, TaskId task)
    {
        execution.Move(execution.Settings.Hub, account, amount);
        execution.LogReward(account, amount, task);
    }

    /// <summary>Takes part of the frozen balance away because of a task. Seize.</summary>
    public static void Seize(this Execution execution, Address account, UInt256 amount, TaskId task)
    {
        execution.ChangeAccount(account, entry => entry with { Frozen = entry.Frozen - amount });
        execution.LogSeize(account, amount, task);
    }

    /// <summary>Moves free balance. Transfer.</summary>
    public static void Move(this Execution execution, Address from, Address to, UInt256 amount)
    {
        Refusal.Unless(!from.IsZero, "IexecEscrow: Transfer from empty address");
        Refusal.Unless(!to.IsZero, "IexecEscrow: Transfer to empty address");
        Refusal.Unless(amount <= execution.State.Hub.AccountOf(from).Free, "IexecEscrow: Transfer amount exceeds balance");
        execution.ChangeAccount(from, entry => entry with { Free = entry.Free - amount });
        execution.ChangeAccount(to, entry => entry with { Free = entry.Free + amount });
        execution.LogTransfer(from, to, amount);
    }

    /// <summary>Changes one account, without any event.</summary>
    public static void ChangeAccount(this Execution execution, Address account, Func<LedgerAccount, LedgerAccount> change) =>
        execution.ChangeHub(hub => hub.WithAccount(account, change));

    /// <summary>Changes the hub's state.</summary>
    public static void ChangeHub(this Execution execution, Func<HubState, HubState> change) =>
        execution.State = execution.State with { Hub = change(execution.State.Hub) };
}
