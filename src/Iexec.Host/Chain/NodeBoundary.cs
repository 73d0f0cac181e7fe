using Microsoft.AspNetCore.Http;

namespace Iexec.Host.Chain;

/// <summary>
/// Who may talk to the development node. The chain belongs to whoever reaches it, so a web page must not: requests with a foreign
/// <c>Origin</c> are refused. Unknown <c>Host</c> names (DNS rebinding) are refused before, by the endpoint itself.
/// </summary>
internal sealed class NodeBoundary(IReadOnlyCollection<string> origins)
{
    /// <summary>Null when the request may pass, else why not.</summary>
    public string? Refuse(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            // Pictures and links carry no Origin, yet browsers say that a page of somebody else asks.
            return "Web pages of other sites may not use this node.";
        }

        return origin.Length == 0 || IsWallet(origin) || origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"Web pages of {origin} may not use this node.";
    }

    // A wallet extension asks the visitor before it signs; it holds its own keys.
    private static bool IsWallet(string origin) =>
        origin.StartsWith("chrome-extension://", StringComparison.Ordinal) || origin.StartsWith("moz-extension://", StringComparison.Ordinal);
}
