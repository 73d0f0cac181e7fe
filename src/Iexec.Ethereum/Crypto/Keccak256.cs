namespace Iexec.Ethereum.Crypto;

/// <summary>Keccak-256 with the original padding (0x01), as Ethereum uses it; not NIST SHA3-256.</summary>
public static class Keccak256
{
    /// <summary>Hash of the bytes.</summary>
    public static Bytes32 Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[32];
        Hash(data, digest);
        return new Bytes32(digest);
    }

    /// <summary>Hash of the UTF-8 form of a text.</summary>
    public static Bytes32 Hash(string text) => Hash(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the 32-byte hash into <paramref name="digest"/>.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest) => throw new NotImplementedException();
}
