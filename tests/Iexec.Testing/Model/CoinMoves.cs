using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>How coins come into a hub that stakes them: by name, or by any call that it does not know.</summary>
internal sealed class CoinMoves(Market market)
{
    private static readonly UInt256 WeiPerNrlc = 1_000_000_000;

    private Dice Dice => market.Dice;

    public IReadOnlyList<Move> All =>
    [
        new("deposit", 5, Deposit),
        new("depositFor", 2, () => Deposit() with { Data = Call("depositFor(address)", call => call.Address(market.AnyAddress)) }),
        new("depositForArray", 2, DepositForArray),
        new("coins by no function", 2, () => Deposit() with { Data = Dice.Chance(50) ? default : Dice.Bytes(1 + Dice.Below(40)) }),
    ];

    /// <summary>A deposit of that many nRLC.</summary>
    public static Message Deposit(Address sender, Address hub, UInt256 amount) => new(sender, hub, Call("deposit()"), amount * WeiPerNrlc);

    private static byte[] Call(string signature, Action<AbiWriter>? arguments = null)
    {
        var call = new AbiWriter();
        arguments?.Invoke(call);
        return call.ToCallData(new AbiSignature(signature).Selector);
    }

    // Contracts of strangers have no coins of their own that they could send.
    private Message Deposit()
    {
        var some = Deposit(market.Anybody.Address, market.Hub.Hub, Dice.Chance(10) ? 0 : (ulong)Dice.Below(1_000_000_000));
        return Dice.Chance(50) ? some : some with { ValueWei = some.ValueWei + (ulong)Dice.Below(1_000_000_000) };
    }

    private Message DepositForArray()
    {
        var some = Deposit();
        var amount = some.ValueWei / WeiPerNrlc;
        return some with
        {
            Data = Call("depositForArray(uint256[],address[])", call => call
                .StaticArray([amount / 2, Dice.Chance(90) ? amount / 4 : Dice.Chance(50) ? amount : UInt256.MaxValue], (item, value) => item.Uint(value))
                .StaticArray(Dice.Chance(90) ? [market.AnyAddress, some.Sender] : (Address[])[some.Sender], (item, value) => item.Address(value))),
        };
    }
}
