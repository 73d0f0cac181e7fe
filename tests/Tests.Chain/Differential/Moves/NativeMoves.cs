using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>The chain's coin into an escrow that holds it: 1 nRLC is 10⁹ wei, and what is less comes back.</summary>
internal sealed class NativeMoves(World world)
{
    private const ulong WeiPerNrlc = 1_000_000_000;

    public IEnumerable<(int Weight, Func<Move?> Make)> All => [(4, Deposit), (2, DepositFor), (2, DepositForArray), (2, Receive), (2, Fallback)];

    private PrivateKey Anyone => world.Dice.Pick(People.All);

    public Move Deposit(PrivateKey from, UInt256 amount) => On("deposit", from, HubNativeAccountsContract.EncodeDeposit(), amount * WeiPerNrlc);

    public Move DepositFor(PrivateKey from, UInt256 amount, Address target) =>
        On("depositFor", from, HubNativeAccountsContract.EncodeDepositFor(target), amount * WeiPerNrlc);

    private Move Deposit() => On("deposit", Anyone, HubNativeAccountsContract.EncodeDeposit(), Wei());

    private Move DepositFor() => On("depositFor", Anyone, HubNativeAccountsContract.EncodeDepositFor(world.Somewhere()), Wei());

    private Move DepositForArray()
    {
        UInt256[] amounts = [.. Enumerable.Range(0, world.Dice.Below(4)).Select(_ => (UInt256)(ulong)world.Dice.Below(100))];
        Address[] targets = [.. Enumerable.Range(0, world.Dice.Chance(85) ? amounts.Length : world.Dice.Below(4)).Select(_ => world.Somewhere())];
        return On("depositForArray", Anyone, HubNativeAccountsContract.EncodeDepositForArray(amounts, targets), Wei());
    }

    private Move Receive() => On("receive", Anyone, [], Wei());

    /// <summary>A function that does not exist is a deposit.</summary>
    private Move Fallback() => On("fallback", Anyone, world.Dice.Bytes(4 + world.Dice.Below(40)), Wei());

    private UInt256 Wei() => (ulong)world.Dice.Below(500) * (UInt256)WeiPerNrlc + (ulong)(world.Dice.Chance(50) ? 0 : world.Dice.Below((int)WeiPerNrlc));

    private Move On(string function, PrivateKey from, byte[] data, UInt256 wei) =>
        new(function, from, world.Call(data)) { ValueWei = wei, Views = AllViews.Escrow(world, from.Address) };
}
