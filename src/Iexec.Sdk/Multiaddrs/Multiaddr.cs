using System.Text;
using Iexec.Ethereum;

namespace Iexec.Sdk.Multiaddrs;

/// <summary>
/// The <c>multiaddr</c> bytes of applications and datasets: a packed multiaddress when the text is one, else the text in UTF-8 (image
/// names, URLs). <c>/ipfs/Qm…</c> is packed under the code that is shown as <c>/p2p/Qm…</c>, as the official client does.
/// Source: github.com/multiformats/multiaddr.
/// </summary>
public static class Multiaddr
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes that go on the chain.</summary>
    public static byte[] Encode(string text) => TryPack(text) ?? Encoding.UTF8.GetBytes(text);

    /// <summary>The text of the bytes; hexadecimal when they are neither a multiaddress nor UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (TryUnpack(bytes) is { } text)
        {
            return text;
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Hex.Encode(bytes);
        }
    }

    /// <summary>The CID of a <c>/p2p/</c> or <c>/ipfs/</c> address; null for any other text.</summary>
    public static string? IpfsCid(string decoded)
    {
        var parts = decoded.Split('/');
        return parts is ["", "p2p" or "ipfs", { Length: > 0 } cid] ? cid : null;
    }

    private static byte[]? TryPack(string text)
    {
        if (!text.StartsWith('/'))
        {
            return null;
        }

        var parts = text[1..].Split('/');
        var bytes = new List<byte>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (MultiaddrProtocol.ByName(parts[i]) is not { } protocol)
            {
                return null;
            }

            Varint.Write(bytes, protocol.Code);
            if (protocol.Size == 0)
            {
                continue;
            }

            if (++i == parts.Length || protocol.Pack(parts[i]) is not { } value)
            {
                return null;
            }

            if (protocol.Size == MultiaddrProtocol.Prefixed)
            {
                Varint.Write(bytes, value.Length);
            }

            bytes.AddRange(value);
        }

        return [.. bytes];
    }

    private static string? TryUnpack(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var rest = bytes;
        while (rest.Length > 0)
        {
            if (!Varint.TryRead(ref rest, out var code) || MultiaddrProtocol.ByCode(code) is not { } protocol)
            {
                return null;
            }

            text.Append('/').Append(protocol.Name);
            var size = protocol.Size;
            if (size == 0)
            {
                continue;
            }

            if ((size == MultiaddrProtocol.Prefixed && !Varint.TryRead(ref rest, out size)) || size > rest.Length || protocol.Unpack(rest[..size]) is not { } value)
            {
                return null;
            }

            text.Append('/').Append(value);
            rest = rest[size..];
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
