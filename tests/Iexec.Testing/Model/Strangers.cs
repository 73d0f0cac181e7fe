using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>A contract that somebody else wrote: byte code for the node, and what it does for the model.</summary>
public sealed class Stranger(string code, Func<Execution, Message, byte[]> answer) : ISimulatedContract
{
    /// <summary>What the node runs.</summary>
    public byte[] Code { get; } = Hex.Decode(code);

    /// <inheritdoc/>
    public byte[] Invoke(Execution execution, Message message) => answer(execution, message);
}

/// <summary>Wallets, groups and consumers of results, honest and hostile. Assembled by hand; the comments are their instructions.</summary>
internal static class Strangers
{
    private static readonly byte[] Magic = [.. new AbiSignature("isValidSignature(bytes32,bytes)").Selector, .. new byte[28]];

    /// <summary>Confirms every signature (ERC-1271): returns the magic value, whatever the call.</summary>
    public static Stranger Agreeing { get; } = new(
        // PUSH32 magic, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
        $"0x7f{Convert.ToHexStringLower(Magic)}5f5260205ff3", (_, _) => Magic);

    /// <summary>Reverts whatever is asked.</summary>
    public static Stranger Reverting { get; } = new("0x5f5ffd", (_, _) => throw Refusal.Empty);

    /// <summary>Answers nothing.</summary>
    public static Stranger Mute { get; } = new("0x00", (_, _) => []);

    /// <summary>
    /// A group (ERC-734) of the accounts whose address ends in an even byte: returns 1 − (the last bit of the first argument).
    /// </summary>
    public static Stranger EvenGroup { get; } = new(
        // PUSH1 1, PUSH1 4, CALLDATALOAD, AND, ISZERO, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
        "0x600160043516155f5260205ff3",
        (_, message) => message.Data.Length < 36 || (message.Data.Span[35] & 1) == 0 ? UInt256.One.ToBytes32().ToArray() : new byte[32]);

    /// <summary>Counts its calls in a slot: as a callback it works, as a wallet or a group, asked statically, it fails.</summary>
    public static Stranger Counting { get; } = new(
        // PUSH0, SLOAD, PUSH1 1, ADD, DUP1, PUSH0, SSTORE, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
        "0x5f54600101805f555f5260205ff3",
        (execution, message) =>
        {
            var count = UInt256.FromBigEndian(execution.Load(message.Target, default).AsSpan()) + 1;
            execution.Store(message.Target, default, count.ToBytes32());
            return count.ToBytes32().ToArray();
        });

    /// <summary>Gives the data of a callback back to who called: a way to enter the hub again in the middle of a finalization.</summary>
    public static Stranger Reentering { get; } = new(
        // PUSH1 0x44, CALLDATALOAD, DUP1, PUSH1 0x64, PUSH0, CALLDATACOPY; PUSH0, PUSH0, DUP3, PUSH0, PUSH0, CALLER, GAS, CALL; STOP
        "0x6044358060645f375f5f825f5f335af100",
        (execution, message) =>
        {
            // Called as something else than a callback, it finds no data there, or a length that ends all gas.
            var word = message.Data.Length < 0x64 ? UInt256.Zero : UInt256.FromBigEndian(message.Data.Span[0x44..0x64]);
            Refusal.Unless(word <= message.Data.Length - Math.Min(0x64, message.Data.Length));
            var length = (int)word;
            execution.Try(new Message(message.Target, message.Sender, length == 0 ? default : message.Data.Slice(0x64, length)));
            return [];
        });
}
