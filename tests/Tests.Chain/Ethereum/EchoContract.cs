namespace Tests.Chain.Ethereum;

/// <summary>
/// A contract in 23 bytes: called without data it emits one log with topic 42 and 32 zero bytes; called with data it reverts with
/// that data. Small enough to be checked by eye, and it needs no compiler.
/// </summary>
internal static class EchoContract
{
    private static ReadOnlySpan<byte> Runtime =>
    [
        0x36, 0x60, 0x0c, 0x57, // if (calldatasize) goto 0x0c
        0x60, 0x2a, 0x60, 0x20, 0x60, 0x00, 0xa1, 0x00, // log1(0, 32, 42); stop
        0x5b, 0x36, 0x60, 0x00, 0x60, 0x00, 0x37, // 0x0c: calldatacopy(0, 0, calldatasize)
        0x36, 0x60, 0x00, 0xfd, // revert(0, calldatasize)
    ];

    /// <summary>Copies the runtime code that follows these 12 bytes and returns it.</summary>
    public static byte[] InitCode =>
    [
        0x60, (byte)Runtime.Length, 0x60, 0x0c, 0x60, 0x00, 0x39, 0x60, (byte)Runtime.Length, 0x60, 0x00, 0xf3, .. Runtime,
    ];
}
