using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>Money into the escrow, out of it, and between accounts.</summary>
internal sealed class AccountMoves(World world)
{
    private static readonly UInt256 Rlc = 1_000_000_000;

    private readonly List<(Address Owner, Address Spender)> _allowances = [];

    public IEnumerable<(int Weight, Func<Move?> Make)> All =>
    [
        (2, Approve), (2, Deposit), (3, ApproveAndCall), (1, DepositFor), (2, DepositForArray), (2, Withdraw), (1, WithdrawTo), (2, Transfer),
        (2, Allow), (2, TransferFrom), (1, IncreaseAllowance), (1, DecreaseAllowance), (1, ApproveAndCallStake), (1, Recover), (1, SendCoin), (1, DirectReceiveApproval),
    ];

    private PrivateKey Anyone => world.Dice.Pick(People.All);

    private Address Somewhere => world.Dice.Chance(95) ? Anyone.Address : Address.Zero;

    private UInt256 Amount() => world.Dice.Below(10) switch
    {
        0 => UInt256.Zero,
        1 => UInt256.One,
        2 => Rlc * 100_000_000,
        _ => (ulong)world.Dice.Below(1_000_000_000),
    };

    private Move Hub(string function, PrivateKey from, byte[] data) => new(function, from, world.Call(data)) { Views = AllViews.Escrow(world, from.Address) };

    private Move Approve()
    {
        var (who, amount) = (Anyone, Amount());
        return new Move("RLC.approve", who, side => new ContractCall(world.Token(side), RlcContract.EncodeApprove(world.Hub(side), amount)));
    }

    private Move Deposit() => Hub("deposit", Anyone, HubContract.EncodeDeposit(Amount()));

    private Move ApproveAndCall()
    {
        var (who, amount) = (Anyone, Amount());
        return new Move("RLC.approveAndCall", who, side => new ContractCall(world.Token(side), RlcContract.EncodeApproveAndCall(world.Hub(side), amount, [])));
    }

    private Move DepositFor() => Hub("depositFor", Anyone, HubContract.EncodeDepositFor(Amount(), Somewhere));

    private Move DepositForArray()
    {
        UInt256[] amounts = [.. Enumerable.Range(0, world.Dice.Below(4)).Select(_ => (UInt256)(ulong)world.Dice.Below(10_000))];
        Address[] targets = [.. Enumerable.Range(0, world.Dice.Chance(85) ? amounts.Length : world.Dice.Below(4)).Select(_ => Somewhere)];
        return Hub("depositForArray", Anyone, HubContract.EncodeDepositForArray(amounts, targets));
    }

    private Move Withdraw() => Hub("withdraw", Anyone, HubContract.EncodeWithdraw(Amount()));

    private Move WithdrawTo() => Hub("withdrawTo", Anyone, HubContract.EncodeWithdrawTo(Amount(), Somewhere));

    private Move Transfer() => Hub("transfer", Anyone, HubContract.EncodeTransfer(Somewhere, Amount()));

    private Move Allow() => Allowance("approve", HubContract.EncodeApprove);

    private Move TransferFrom()
    {
        var (owner, spender) = _allowances.Count > 0 && world.Dice.Chance(85) ? world.Dice.PickRecent(_allowances) : (Somewhere, Anyone.Address);
        return Hub("transferFrom", Person(spender), HubContract.EncodeTransferFrom(owner, Somewhere, Amount())) with { Views = [AllowanceOf(owner, spender)] };
    }

    private Move IncreaseAllowance() => Allowance("increaseAllowance", HubContract.EncodeIncreaseAllowance);

    private Move DecreaseAllowance() => Allowance("decreaseAllowance", HubContract.EncodeDecreaseAllowance);

    private Move Allowance(string function, Func<Address, UInt256, byte[]> encode)
    {
        var (owner, spender) = _allowances.Count > 0 && world.Dice.Chance(60) ? world.Dice.PickRecent(_allowances) : (Anyone.Address, Somewhere);
        return Hub(function, Person(owner), encode(spender, Amount())) with
        {
            // Whoever cannot send anything cannot spend anything.
            Then = _ => _allowances.AddRange(spender.IsZero ? [] : [(owner, spender)]),
            Views = [AllowanceOf(owner, spender)],
        };
    }

    private View AllowanceOf(Address owner, Address spender) =>
        View.Of("allowance(address,address)", world.Hub, (call, _) => call.Address(owner).Address(spender));

    private static PrivateKey Person(Address address) => People.All.Single(key => key.Address == address);

    private Move ApproveAndCallStake() =>
        Hub("approveAndCall", Anyone, HubContract.EncodeApproveAndCall(world.Dice.Pick([world.Strangers.Everybody, world.Strangers.Nobody, world.Strangers.Reverter]), Amount(), world.Dice.Bytes(5)));

    private Move Recover() => Hub("recover", world.Dice.Chance(50) ? People.Admin : Anyone, HubContract.EncodeRecover());

    private Move SendCoin() => Hub("receive", Anyone, []) with { ValueWei = (ulong)world.Dice.Below(2) };

    /// <summary>Nobody but the token may say that something was approved.</summary>
    private Move DirectReceiveApproval()
    {
        var (who, amount) = (Anyone, Amount());
        return new Move("receiveApproval", who, side => new ContractCall(world.Hub(side), HubContract.EncodeReceiveApproval(who.Address, amount, world.Token(side), [])));
    }
}
