using Iexec.Sdk.Multiaddrs;

namespace Iexec.Worker.Compute;

/// <summary>Where a dataset's multiaddr leads: an http(s) URL as it stands, an IPFS path through the network's own gateway.</summary>
internal static class DatasetLocation
{
    private const string Gateway = "https://ipfs.io";

    /// <exception cref="FormatException">Neither.</exception>
    public static string UrlOf(byte[] multiaddr, IReadOnlyList<Uri> ownOrigins)
    {
        var text = Multiaddr.Decode(multiaddr);
        if (text.StartsWith("/p2p/", StringComparison.Ordinal) || text.StartsWith("/ipfs/", StringComparison.Ordinal))
        {
            var cid = text[(text.IndexOf('/', 1) + 1)..];
            return new Uri(ownOrigins.Count > 0 ? ownOrigins[0] : new Uri(Gateway), $"/ipfs/{cid}").AbsoluteUri;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? text
            : throw new FormatException($"The dataset's address '{text}' is neither an http(s) URL nor an IPFS path.");
    }
}
