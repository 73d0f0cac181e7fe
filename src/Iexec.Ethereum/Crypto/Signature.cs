namespace Iexec.Ethereum.Crypto;

/// <summary>
/// An ECDSA signature over secp256k1 with its recovery bit. <paramref name="V"/> is 27 or 28.
/// Written as 65 bytes r ‖ s ‖ v; also read from the 64-byte compact form of EIP-2098.
/// </summary>
public readonly record struct Signature(Bytes32 R, Bytes32 S, byte V)
{
    /// <summary>Length of r ‖ s ‖ v in bytes.</summary>
    public const int Size = 65;

    /// <summary>Length of the compact form of EIP-2098 in bytes.</summary>
    public const int CompactSize = 64;

    /// <summary>65 bytes r ‖ s ‖ v.</summary>
    public byte[] ToArray() => [.. R.AsSpan(), .. S.AsSpan(), V];

    /// <summary>65 bytes as hexadecimal with <c>0x</c>.</summary>
    public override string ToString() => Hex.Encode(ToArray());

    /// <summary>
    /// Reads 65 bytes (v of 0/1 is taken as 27/28) or 64 bytes (EIP-2098). False for another length or another v.
    /// Whether s is in the lower half is checked where the signature is verified.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Signature signature)
    {
        signature = default;
        switch (bytes.Length)
        {
            case Size when TryNormalizeV(bytes[64], out var v):
                signature = new(new(bytes[..32]), new(bytes[32..64]), v);
                return true;
            case CompactSize:
                // The top bit of s, always clear in a low s, carries the parity of y.
                Span<byte> s = stackalloc byte[32];
                bytes[32..].CopyTo(s);
                var parity = s[0] >> 7;
                s[0] &= 0x7f;
                signature = new(new(bytes[..32]), new(s), (byte)(27 + parity));
                return true;
            default:
                return false;
        }
    }

    private static bool TryNormalizeV(byte v, out byte normalized)
    {
        normalized = v < 27 ? (byte)(v + 27) : v;
        return normalized is 27 or 28;
    }
}
