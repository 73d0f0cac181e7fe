using System.Security.Cryptography;
using SimpleBase;

namespace Iexec.Sdk.Storage;

/// <summary>
/// A content identifier of version 0: the base58 text of a SHA-256 multihash over a dag-pb node, e.g. <c>QmT78z…</c>.
/// Source: multiformats/cid.
/// </summary>
public readonly record struct Cid
{
    private const byte Sha256Code = 0x12;
    private const int TextLength = 46;

    private readonly string _text;

    private Cid(string text) => _text = text;

    /// <summary>The identifier of an encoded dag-pb node.</summary>
    public static Cid OfNode(ReadOnlySpan<byte> encodedNode)
    {
        Span<byte> multihash = stackalloc byte[2 + SHA256.HashSizeInBytes];
        multihash[0] = Sha256Code;
        multihash[1] = SHA256.HashSizeInBytes;
        SHA256.HashData(encodedNode, multihash[2..]);
        return new Cid(Base58.Bitcoin.Encode(multihash));
    }

    /// <summary>Reads the base58 text. False for anything but a version 0 identifier.</summary>
    public static bool TryParse(string? text, out Cid cid)
    {
        cid = default;
        Span<byte> multihash = stackalloc byte[64];
        if (text is not { Length: TextLength }
            || !Base58.Bitcoin.TryDecode(text, multihash, out var length)
            || length != 2 + SHA256.HashSizeInBytes
            || multihash[0] != Sha256Code
            || multihash[1] != SHA256.HashSizeInBytes)
        {
            return false;
        }

        cid = new Cid(text);
        return true;
    }

    /// <summary>The 34-byte multihash: 0x12, 0x20, SHA-256.</summary>
    public byte[] ToMultihash() => Base58.Bitcoin.Decode(ToString());

    /// <inheritdoc/>
    public override string ToString() => _text ?? throw new InvalidOperationException("A default Cid identifies nothing.");
}
