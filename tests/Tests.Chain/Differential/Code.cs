using Iexec.Ethereum;

namespace Tests.Chain.Differential;

/// <summary>Contracts so small that they are written by hand: each answers every call in one way.</summary>
internal static class Code
{
    /// <summary>Answers with one word, e.g. as a wallet that confirms every signature (ERC-1271) or a group of everybody (ERC-734).</summary>
    public static byte[] Answering(ReadOnlySpan<byte> word) =>
        Creating([0x7f, .. word, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]); // PUSH32 word, MSTORE at 0, RETURN 32 bytes

    /// <summary>A group (ERC-734) with one member: true when the first argument is the account.</summary>
    public static byte[] GroupOf(Address member) =>
        Creating([0x60, 0x04, 0x35, 0x73, .. member.AsSpan(), 0x14, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]); // CALLDATALOAD 4, EQ member

    /// <summary>Reverts without data.</summary>
    public static byte[] Reverting => Creating([0x5f, 0x5f, 0xfd]);

    /// <summary>Takes whatever it is sent and returns nothing.</summary>
    public static byte[] Silent => Creating([0x00]);

    // PUSH1 length, PUSH1 offset of the code, PUSH0, CODECOPY; PUSH1 length, PUSH0, RETURN
    private static byte[] Creating(byte[] code) => [0x60, (byte)code.Length, 0x60, 0x0a, 0x5f, 0x39, 0x60, (byte)code.Length, 0x5f, 0xf3, .. code];
}
