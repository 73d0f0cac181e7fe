using Iexec.Ethereum;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Money in and out of a hub that stakes the chain's coin: 1 nRLC is 1e9 wei, and what is less goes back. Senders have as many coins as they like.</summary>
internal static class Coins
{
    private static readonly UInt256 WeiPerNrlc = 1_000_000_000;

    /// <summary><c>deposit</c>, <c>depositFor</c>, and every call that the hub does not know: credits the coins sent along. Transfer from zero.</summary>
    public static void DepositCoins(this Execution execution, Message message, Address target)
    {
        execution.Take(message);
        execution.Mint(target, message.ValueWei / WeiPerNrlc);
        execution.SendCoins(message.Sender, message.ValueWei % WeiPerNrlc);
    }

    /// <summary><c>depositForArray</c>: each target its amount out of the coins sent along; what is left goes back.</summary>
    public static void DepositCoinsForArray(this Execution execution, Message message, UInt256[] amounts, Address[] targets)
    {
        Refusal.Unless(amounts.Length == targets.Length, "invalid-array-length");
        execution.Take(message);
        var left = message.ValueWei;
        for (var i = 0; i < amounts.Length; i++)
        {
            left -= amounts[i] * WeiPerNrlc;
            execution.Mint(targets[i], amounts[i]);
        }

        execution.SendCoins(message.Sender, left);
    }

    /// <summary>Pays free balance out as coins. Transfer to zero.</summary>
    public static void WithdrawCoins(this Execution execution, Address account, Address target, UInt256 amount)
    {
        execution.Burn(account, amount);
        execution.SendCoins(target, amount * WeiPerNrlc);
    }

    /// <summary><c>recover</c>: credits the owner with coins that came without a deposit. Transfer from zero.</summary>
    public static UInt256 RecoverCoins(this Execution execution, Address sender)
    {
        execution.CheckOwner(sender);
        var surplus = (execution.State.Hub.HeldWei / WeiPerNrlc) - execution.State.Hub.TotalSupply;
        execution.Mint(sender, surplus);
        return surplus;
    }

    private static void Take(this Execution execution, Message message) =>
        execution.ChangeHub(hub => hub with { HeldWei = hub.HeldWei + message.ValueWei });

    private static void SendCoins(this Execution execution, Address target, UInt256 amountWei)
    {
        if (amountWei.IsZero)
        {
            return;
        }

        execution.ChangeHub(hub => hub with { HeldWei = hub.HeldWei - amountWei });
        Refusal.Unless(execution.Try(new Message(execution.Settings.Hub, target, default, amountWei)).Succeeded, "native-transfer-failed");
    }
}
