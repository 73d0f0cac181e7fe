using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>Money that is in the escrow: between accounts, as an ERC-20 token, and out again.</summary>
internal sealed class StakeMoves(World world)
{
    private readonly List<(Address Owner, Address Spender)> _allowances = [];

    public IEnumerable<(int Weight, Func<Move?> Make)> All =>
    [
        (2, Withdraw), (1, WithdrawTo), (2, Transfer), (2, Approve), (2, TransferFrom),
        (1, IncreaseAllowance), (1, DecreaseAllowance), (1, ApproveAndCall), (1, Recover),
    ];

    private PrivateKey Anyone => world.Dice.Pick(People.All);

    private Move Withdraw() => On("withdraw", Anyone, HubContract.EncodeWithdraw(Amounts.Any(world.Dice)));

    private Move WithdrawTo() => On("withdrawTo", Anyone, HubContract.EncodeWithdrawTo(
        Amounts.Any(world.Dice), world.Dice.Chance(85) ? world.Somewhere() : world.Dice.Pick([world.Strangers.Reverter, world.Strangers.Silent])));

    private Move Transfer() => On("transfer", Anyone, HubContract.EncodeTransfer(world.Somewhere(), Amounts.Any(world.Dice)));

    private Move Approve() => Allowance("approve", HubContract.EncodeApprove);

    private Move TransferFrom()
    {
        var (owner, spender) = _allowances.Count > 0 && world.Dice.Chance(85) ? world.Dice.PickRecent(_allowances) : (world.Somewhere(), Anyone.Address);
        var data = HubContract.EncodeTransferFrom(owner, world.Somewhere(), Amounts.Any(world.Dice));
        return On("transferFrom", Person(spender), data) with { Views = [AllowanceOf(owner, spender)] };
    }

    private Move IncreaseAllowance() => Allowance("increaseAllowance", HubContract.EncodeIncreaseAllowance);

    private Move DecreaseAllowance() => Allowance("decreaseAllowance", HubContract.EncodeDecreaseAllowance);

    private Move ApproveAndCall()
    {
        var spender = world.Dice.Pick([world.Strangers.Everybody, world.Strangers.Nobody, world.Strangers.Reverter]);
        return On("approveAndCall", Anyone, HubContract.EncodeApproveAndCall(spender, Amounts.Any(world.Dice), world.Dice.Bytes(5)));
    }

    private Move Recover() => On("recover", world.Dice.Chance(50) ? People.Admin : Anyone, HubContract.EncodeRecover());

    private Move Allowance(string function, Func<Address, UInt256, byte[]> encode)
    {
        var (owner, spender) = _allowances.Count > 0 && world.Dice.Chance(60) ? world.Dice.PickRecent(_allowances) : (Anyone.Address, world.Somewhere());
        return On(function, Person(owner), encode(spender, Amounts.Any(world.Dice))) with
        {
            // Whoever cannot send anything cannot spend anything.
            Then = _ => _allowances.AddRange(spender.IsZero ? [] : [(owner, spender)]),
            Views = [AllowanceOf(owner, spender)],
        };
    }

    private Move On(string function, PrivateKey from, byte[] data) => new(function, from, world.Call(data)) { Views = AllViews.Escrow(world, from.Address) };

    private View AllowanceOf(Address owner, Address spender) =>
        View.Of("allowance(address,address)", world.Hub, (call, _) => call.Address(owner).Address(spender));

    private static PrivateKey Person(Address address) => People.All.Single(key => key.Address == address);
}
