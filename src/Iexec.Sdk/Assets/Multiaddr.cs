using System.Text;
using Iexec.Sdk.Storage;

namespace Iexec.Sdk.Assets;

/// <summary>
/// How registries hold the place of an image or a file: an IPFS path as a packed multiaddr (code 421, p2p, and the multihash), anything else
/// as its UTF-8 text. Source: multiformats/multiaddr.
/// </summary>
public static class Multiaddr
{
    private const string Ipfs = "/ipfs/";
    private const string P2p = "/p2p/";

    // varint(421), and the length of a SHA-256 multihash.
    private static ReadOnlySpan<byte> PackedPrefix => [0xa5, 0x03, 0x22];

    /// <summary>Bytes for the registry.</summary>
    public static byte[] Encode(string text)
    {
        var name = text.StartsWith(Ipfs, StringComparison.Ordinal) ? text[Ipfs.Length..] : text.StartsWith(P2p, StringComparison.Ordinal) ? text[P2p.Length..] : null;
        return Cid.TryParse(name, out var cid) ? [.. PackedPrefix, .. cid.ToMultihash()] : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Text of what a registry holds; a packed multiaddr as <c>/ipfs/…</c>, which names the same content as <c>/p2p/…</c>.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PackedPrefix) && bytes.Length == PackedPrefix.Length + 34
            ? Ipfs + SimpleBase.Base58.Bitcoin.Encode(bytes[PackedPrefix.Length..])
            : Encoding.UTF8.GetString(bytes);
}
