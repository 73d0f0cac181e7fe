using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The free balance as an ERC-20, "Staked RLC". Too small a balance or allowance reverts without data.</summary>
internal static class StakeToken
{
    private static readonly AbiSignature ReceiveApproval = new("receiveApproval(address,uint256,address,bytes)");

    /// <summary>Free nRLC of an account that a spender may take.</summary>
    public static UInt256 Allowance(this Execution execution, Address owner, Address spender) =>
        execution.State.Hub.Allowances.GetValueOrDefault((owner, spender));

    /// <summary><c>transfer</c>. Transfer.</summary>
    public static void Send(this Execution execution, Address from, Address to, UInt256 amount)
    {
        Refusal.Unless(!from.IsZero, "ERC20: transfer from the zero address");
        Refusal.Unless(!to.IsZero, "ERC20: transfer to the zero address");
        Refusal.Unless(amount <= execution.State.Hub.AccountOf(from).Free);
        execution.Move(from, to, amount);
    }

    /// <summary><c>transferFrom</c>. Transfer, Approval of what is left.</summary>
    public static void SendFrom(this Execution execution, Address spender, Address from, Address to, UInt256 amount)
    {
        execution.Send(from, to, amount);
        execution.DecreaseAllowance(from, spender, amount);
    }

    /// <summary><c>approve</c>. Approval.</summary>
    public static void Approve(this Execution execution, Address owner, Address spender, UInt256 amount)
    {
        Refusal.Unless(!owner.IsZero, "ERC20: approve from the zero address");
        Refusal.Unless(!spender.IsZero, "ERC20: approve to the zero address");
        execution.ChangeHub(hub => hub with { Allowances = hub.Allowances.SetItem((owner, spender), amount) });
        execution.LogApproval(owner, spender, amount);
    }

    /// <summary><c>decreaseAllowance</c>. Approval.</summary>
    public static void DecreaseAllowance(this Execution execution, Address owner, Address spender, UInt256 amount)
    {
        var allowed = execution.Allowance(owner, spender);
        Refusal.Unless(amount <= allowed);
        execution.Approve(owner, spender, allowed - amount);
    }

    /// <summary><c>approveAndCall</c>: the spender must answer true. Approval, and whatever the spender does.</summary>
    public static void ApproveAndCall(this Execution execution, Address owner, Address spender, UInt256 amount, byte[] data)
    {
        execution.Approve(owner, spender, amount);
        var hub = execution.Settings.Hub;
        var call = new AbiWriter().Address(owner).Uint(amount).Address(hub).Bytes(data).ToCallData(ReceiveApproval.Selector);
        Refusal.Unless(new AbiReader(execution.Call(new Message(hub, spender, call))).Bool(), "approval-refused");
    }
}
