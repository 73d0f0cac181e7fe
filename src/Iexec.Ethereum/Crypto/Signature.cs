using Iexec.Ethereum.Crypto.Secp256k1;

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

    /// <summary>
    /// Makes a whole signature of what a key management service or a hardware module answers: 64 bytes r ‖ s, or the DER sequence of both
    /// (RFC 3279 §2.2.3). Such a service says nothing of v and gives s in either half; here s is brought into the lower one and the v is found
    /// whose key is <paramref name="signer"/>'s. False if it is no such encoding, or if another key made it.
    /// </summary>
    public static bool TryComplete(ReadOnlySpan<byte> answer, in Bytes32 digest, in Address signer, out Signature signature)
    {
        Span<byte> words = stackalloc byte[2 * Bytes32.Size];
        if (answer.Length == words.Length)
        {
            answer.CopyTo(words);
        }
        else if (!DerSignature.TryRead(answer, words))
        {
            signature = default;
            return false;
        }

        var s = Scalar.Read(words[Bytes32.Size..], out _);
        s.NegateIf(s.IsHigh).Write(words[Bytes32.Size..]);
        for (byte v = 27; v <= 28; v++)
        {
            signature = new(new(words[..Bytes32.Size]), new(words[Bytes32.Size..]), v);
            if (PublicKey.RecoverAddress(digest, signature) == signer)
            {
                return true;
            }
        }

        signature = default;
        return false;
    }

    private static bool TryNormalizeV(byte v, out byte normalized)
    {
        normalized = v < 27 ? (byte)(v + 27) : v;
        return normalized is 27 or 28;
    }
}
