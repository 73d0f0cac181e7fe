using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>Tokens into the escrow.</summary>
internal sealed class TokenMoves(World world)
{
    public IEnumerable<(int Weight, Func<Move?> Make)> All =>
        [(2, Approve), (2, Deposit), (3, ApproveAndCall), (1, DepositFor), (2, DepositForArray), (1, SendCoin), (1, ReceiveApproval)];

    private PrivateKey Anyone => world.Dice.Pick(People.All);

    public Move Give(Address to) => new("RLC.transfer", People.Admin, side => world.Chain.Calls[side].TransferToken(to, 2 * Amounts.Wealth));

    public Move Approve(PrivateKey owner, UInt256 amount) =>
        new("RLC.approve", owner, side => new ContractCall(world.Token(side), RlcContract.EncodeApprove(world.Hub(side), amount)));

    public Move ApproveAndCall(PrivateKey owner, UInt256 amount) =>
        new("RLC.approveAndCall", owner, side => new ContractCall(world.Token(side), RlcContract.EncodeApproveAndCall(world.Hub(side), amount, [])));

    public Move DepositFor(PrivateKey from, UInt256 amount, Address target) => On("depositFor", from, HubContract.EncodeDepositFor(amount, target));

    private Move Approve() => Approve(Anyone, Amounts.Any(world.Dice));

    private Move ApproveAndCall() => ApproveAndCall(Anyone, Amounts.Any(world.Dice));

    private Move Deposit() => On("deposit", Anyone, HubContract.EncodeDeposit(Amounts.Any(world.Dice)));

    private Move DepositFor() => DepositFor(Anyone, Amounts.Any(world.Dice), world.Somewhere());

    private Move DepositForArray()
    {
        UInt256[] amounts = [.. Enumerable.Range(0, world.Dice.Below(4)).Select(_ => (UInt256)(ulong)world.Dice.Below(10_000))];
        Address[] targets = [.. Enumerable.Range(0, world.Dice.Chance(85) ? amounts.Length : world.Dice.Below(4)).Select(_ => world.Somewhere())];
        return On("depositForArray", Anyone, HubContract.EncodeDepositForArray(amounts, targets));
    }

    /// <summary>The chain's coin is not what this escrow holds.</summary>
    private Move SendCoin() => On("receive", Anyone, world.Dice.Chance(50) ? [] : world.Dice.Bytes(8)) with { ValueWei = (ulong)world.Dice.Below(2) };

    /// <summary>Nobody but the token may say that something was approved.</summary>
    private Move ReceiveApproval()
    {
        var (who, amount) = (Anyone, Amounts.Any(world.Dice));
        return new Move("receiveApproval", who, side => new ContractCall(
            world.Hub(side), HubContract.EncodeReceiveApproval(who.Address, amount, world.Token(side), [])));
    }

    private Move On(string function, PrivateKey from, byte[] data) => new(function, from, world.Call(data)) { Views = AllViews.Escrow(world, from.Address) };
}
