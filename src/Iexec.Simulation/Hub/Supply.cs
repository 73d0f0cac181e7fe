using Iexec.Ethereum;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>How much there is of the stake: it grows by what comes in and shrinks by what goes out.</summary>
internal static class Supply
{
    private static readonly UInt256 Max = UInt256.FromBigEndian(Enumerable.Repeat((byte)0xff, 12).ToArray());

    /// <summary>Credits what has come in. Transfer from zero.</summary>
    public static void Mint(this Execution execution, Address account, UInt256 amount)
    {
        Refusal.Unless(!account.IsZero, "ERC20: mint to the zero address");
        var supply = execution.State.Hub.TotalSupply + amount;
        if (supply > Max)
        {
            throw Refusal.Custom("SupplyOutOfRange(uint256)", error => error.Uint(supply));
        }

        execution.ChangeHub(hub => hub with { TotalSupply = supply });
        execution.ChangeAccount(account, entry => entry with { Free = entry.Free + amount });
        execution.LogTransfer(Address.Zero, account, amount);
    }

    /// <summary>Takes what is about to go out from a free balance. Transfer to zero.</summary>
    /// <exception cref="Refusal">There is less.</exception>
    public static void Burn(this Execution execution, Address account, UInt256 amount)
    {
        Refusal.Unless(amount <= execution.State.Hub.AccountOf(account).Free);
        execution.ChangeAccount(account, entry => entry with { Free = entry.Free - amount });
        execution.ChangeHub(hub => hub with { TotalSupply = hub.TotalSupply - amount });
        execution.LogTransfer(account, Address.Zero, amount);
    }
}
