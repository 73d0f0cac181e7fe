using Iexec.Ethereum;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>Money: the token or the coin, the ledger, and the stake as a token.</summary>
internal sealed class LedgerMoves(Market market)
{
    private Dice Dice => market.Dice;

    public IReadOnlyList<Move> All => [.. market.IsOfCoins ? new CoinMoves(market).All : OfTokens, .. OfBoth];

    private IReadOnlyList<Move> OfTokens =>
    [
        new("deposit by approveAndCall", 4, DepositAtOnce),
        new("token approve", 3, TokenApprove),
        new("deposit", 3, Deposit),
        new("permit", 1, Permit),
        new("deposit by permit", 2, DepositByPermit),
        new("token transfer", 2, TokenTransfer),
    ];

    private IReadOnlyList<Move> OfBoth =>
    [
        new("withdraw", 2, Withdraw),
        new("stake transfer", 3, StakeTransfer),
        new("stake allowance", 3, StakeAllowance),
        new("stake approveAndCall", 1, StakeApproveAndCall),
        new("recover", 1, () => market.ToHub(market.Usually(Actors.Owner.Address), "recover()")),
        new("plain ether or unknown call", 1, Unknown),
    ];

    private UInt256 Part(UInt256 whole) => Dice.Chance(10) ? Market.OneMore(whole) : Dice.Chance(30) ? whole : whole / (ulong)(1 + Dice.Below(8));

    private UInt256 Free(Address account) => market.State.Hub.AccountOf(account).Free;

    private Message DepositAtOnce()
    {
        var sender = market.Anybody.Address;
        var (target, data) = Dice.Chance(85) ? (market.Hub.Hub, Array.Empty<byte>()) : Dice.Chance(50) ? (market.AnyAddress, []) : (market.Hub.Hub, Dice.Bytes(2 + Dice.Below(6)));
        return Market.To(sender, market.Hub.Token, "approveAndCall(address,uint256,bytes)", call =>
            call.Address(target).Uint(Part(market.State.Token.BalanceOf(sender))).Bytes(data));
    }

    private Message TokenApprove()
    {
        var sender = market.Anybody.Address;
        var amount = Dice.Chance(5) ? UInt256.MaxValue : market.State.Token.BalanceOf(sender);
        return Market.To(sender, market.Hub.Token, "approve(address,uint256)", call => call.Address(Dice.Chance(80) ? market.Hub.Hub : market.AnyAddress).Uint(amount));
    }

    private Message Deposit()
    {
        var able = market.State.Token.Allowances.Where(entry => entry.Key.Spender == market.Hub.Hub && !entry.Value.IsZero).Select(entry => entry.Key.Owner).Order().ToArray();
        var sender = able.Length > 0 && Dice.Chance(90) ? Dice.Pick(able) : market.Anybody.Address;
        var amount = Part(UInt256.Min(market.State.Token.Allowances.GetValueOrDefault((sender, market.Hub.Hub)), market.State.Token.BalanceOf(sender)));
        return Dice.Below(3) switch
        {
            0 => market.ToHub(sender, "deposit(uint256)", call => call.Uint(amount)),
            1 => market.ToHub(sender, "depositFor(uint256,address)", call => call.Uint(amount).Address(market.AnyAddress)),
            _ => market.ToHub(sender, "depositForArray(uint256[],address[])", call => call
                .StaticArray([amount / 2, amount / 4], (item, value) => item.Uint(value))
                .StaticArray(Dice.Chance(90) ? [Actors.Wallet, sender] : (Address[])[sender], (item, value) => item.Address(value))),
        };
    }

    private Message Permit()
    {
        var (owner, spender, amount) = (market.Anybody.Address, market.AnyAddress, market.Amount);
        var sign = Permits.Sign(market, market.Usually(owner), spender, amount, market.Now);
        return Market.To(market.Anybody.Address, market.Hub.Token, "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)", call => call
            .Address(owner).Address(spender).Uint(amount).Uint(market.Now).Uint((ulong)sign[64]).Bytes32(new(sign.AsSpan(..32))).Bytes32(new(sign.AsSpan(32..64))));
    }

    private Message DepositByPermit()
    {
        var sender = market.Anybody.Address;
        return market.ToHub(sender, "depositWithPermit(uint256,uint256,uint8,bytes32,bytes32)", call =>
            Permits.Write(market, call, sender, Part(market.State.Token.BalanceOf(sender) / 4)));
    }

    private Message Withdraw()
    {
        var sender = market.Anybody.Address;
        var amount = Part(Free(sender) / 4);
        return Dice.Chance(60)
            ? market.ToHub(sender, "withdraw(uint256)", call => call.Uint(amount))
            : market.ToHub(sender, "withdrawTo(uint256,address)", call => call.Uint(amount).Address(market.AnyAddress));
    }

    private Message TokenTransfer()
    {
        var sender = market.Anybody.Address;
        var amount = Part(market.State.Token.BalanceOf(sender));
        return Dice.Below(10) switch
        {
            0 => Market.To(sender, market.Hub.Token, "burn(uint256)", call => call.Uint(amount / 100)),
            < 3 => Market.To(sender, market.Hub.Token, "transferFrom(address,address,uint256)", call => call.Address(market.Anybody.Address).Address(sender).Uint(1)),
            < 5 => Market.To(sender, market.Hub.Token, "transfer(address,uint256)", call => call.Address(market.Hub.Hub).Uint(amount / 1000)),
            _ => Market.To(sender, market.Hub.Token, "transfer(address,uint256)", call => call.Address(market.AnyAddress).Uint(amount)),
        };
    }

    private Message StakeTransfer()
    {
        var able = market.State.Hub.Allowances.Where(entry => !entry.Value.IsZero).Select(entry => entry.Key).Order().ToArray();
        if (able.Length > 0 && Dice.Chance(50))
        {
            var (owner, spender) = Dice.Pick(able);
            var amount = Part(UInt256.Min(market.State.Hub.Allowances[(owner, spender)], Free(owner)));
            return market.ToHub(market.Usually(spender), "transferFrom(address,address,uint256)", call => call.Address(owner).Address(market.AnyAddress).Uint(amount));
        }

        var sender = market.Anybody.Address;
        return market.ToHub(sender, "transfer(address,uint256)", call => call.Address(market.AnyAddress).Uint(Part(Free(sender) / 4)));
    }

    private Message StakeAllowance() => market.ToHub(
        market.Anybody.Address,
        Dice.Below(4) switch { 0 => "increaseAllowance(address,uint256)", 1 => "decreaseAllowance(address,uint256)", _ => "approve(address,uint256)" },
        call => call.Address(market.AnyAddress).Uint(market.Amount));

    private Message StakeApproveAndCall() => market.ToHub(market.Anybody.Address, "approveAndCall(address,uint256,bytes)", call => call
        .Address(Dice.Chance(40) ? market.Hub.Hub : market.AnyAddress).Uint(market.Amount).Bytes(Dice.Bytes(Dice.Below(40))));

    private Message Unknown() => new(market.Anybody.Address, market.Hub.Hub, Dice.Chance(50) ? Array.Empty<byte>() : [0xfe, .. Dice.Bytes(3), .. new byte[32]]);
}
