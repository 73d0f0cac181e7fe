using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SimpleBase;

namespace Iexec.Sdk.Multiaddrs;

/// <summary>One protocol of a multiaddress. <paramref name="Size"/> is the length of its value in bytes, or <see cref="Prefixed"/>.</summary>
internal sealed record MultiaddrProtocol(string Name, int Code, int Size, Func<string, byte[]?> Pack, Func<ReadOnlySpan<byte>, string?> Unpack)
{
    /// <summary>The value has its length before it.</summary>
    public const int Prefixed = -1;

    // The first name of a code is the one that is written.
    private static readonly MultiaddrProtocol[] All =
    [
        new("ip4", 0x04, 4, text => PackIp(text, AddressFamily.InterNetwork), UnpackIp),
        new("tcp", 0x06, 2, PackPort, UnpackPort),
        new("ip6", 0x29, 16, text => PackIp(text, AddressFamily.InterNetworkV6), UnpackIp),
        Host("dns", 0x35),
        Host("dns4", 0x36),
        Host("dns6", 0x37),
        Host("dnsaddr", 0x38),
        new("udp", 0x0111, 2, PackPort, UnpackPort),
        new("p2p", 0x01a5, Prefixed, PackPeer, UnpackPeer),
        new("ipfs", 0x01a5, Prefixed, PackPeer, UnpackPeer),
        Flag("tls", 0x01c0),
        Flag("quic", 0x01cc),
        Flag("quic-v1", 0x01cd),
        Flag("ws", 0x01dd),
        Flag("wss", 0x01de),
        Flag("http", 0x01e0),
        Flag("https", 0x01bb),
    ];

    public static MultiaddrProtocol? ByName(string name) => Array.Find(All, protocol => protocol.Name == name);

    public static MultiaddrProtocol? ByCode(int code) => Array.Find(All, protocol => protocol.Code == code);

    private static MultiaddrProtocol Flag(string name, int code) => new(name, code, 0, static _ => null, static _ => null);

    private static MultiaddrProtocol Host(string name, int code) => new(name, code, Prefixed, PackHost, UnpackHost);

    private static byte[]? PackIp(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == family && address.ToString() == text ? address.GetAddressBytes() : null;

    private static string? UnpackIp(ReadOnlySpan<byte> bytes) => new IPAddress(bytes).ToString();

    private static byte[]? PackPort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? [(byte)(port >> 8), (byte)port] : null;

    private static string? UnpackPort(ReadOnlySpan<byte> bytes) => ((bytes[0] << 8) | bytes[1]).ToString(CultureInfo.InvariantCulture);

    private static byte[]? PackHost(string text) => Uri.CheckHostName(text) == UriHostNameType.Dns ? Encoding.ASCII.GetBytes(text) : null;

    private static string? UnpackHost(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return PackHost(text) is null ? null : text;
    }

    // CIDv0 and peer ids: a multihash in base58; only SHA-256 (0x12, 32 bytes) is in use.
    private static byte[]? PackPeer(string text)
    {
        var bytes = new byte[64];
        return text.Length is > 0 and <= 60 && Base58.Bitcoin.TryDecode(text, bytes, out var length) && IsSha256(bytes.AsSpan(0, length))
            ? bytes[..length]
            : null;
    }

    private static string? UnpackPeer(ReadOnlySpan<byte> bytes) => IsSha256(bytes) ? Base58.Bitcoin.Encode(bytes) : null;

    private static bool IsSha256(ReadOnlySpan<byte> multihash) => multihash is [0x12, 0x20, ..] && multihash.Length == 34;
}
