namespace Iexec.Ethereum.Crypto;

/// <summary>
/// An ECDSA signature over secp256k1 with its recovery bit. <paramref name="V"/> is 27 or 28.
/// Written as 65 bytes r ‖ s ‖ v; also read from the 64-byte compact form of EIP-2098.
/// </summary>
public readonly record struct Signature(Bytes32 R, Bytes32 S, byte V)
{
    /// <summary>65 bytes r ‖ s ‖ v.</summary>
    public byte[] ToArray() => [.. R.AsSpan(), .. S.AsSpan(), V];

    /// <summary>65 bytes as hexadecimal with <c>0x</c>.</summary>
    public override string ToString() => Hex.Encode(ToArray());

    /// <summary>
    /// Reads 65 bytes (v of 0/1 is taken as 27/28) or 64 bytes (EIP-2098). False for another length or another v.
    /// Whether s is in the lower half is checked where the signature is verified.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Signature signature) => throw new NotImplementedException();
}
