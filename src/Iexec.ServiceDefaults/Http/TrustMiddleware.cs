using System.Net;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Iexec.ServiceDefaults.Http;

/// <summary>
/// The first thing a request meets, before any forwarded header is read. Unknown Host names are refused, because a web page can point its own name at loopback
/// (DNS rebinding); plain HTTP from outside is refused unless a named proxy sends it.
/// </summary>
internal sealed class TrustMiddleware(RequestDelegate next, ServiceEndpoint endpoint)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly List<StringSegment>? _hosts = HostsOf(endpoint);

    public Task InvokeAsync(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress;
        if (!context.Request.IsHttps && peer is not null && !IPAddress.IsLoopback(peer) && !endpoint.BehindProxy.Contains(Plain(peer)))
        {
            throw new HttpErrorException(StatusCodes.Status403Forbidden, "Plain HTTP is refused here: use https", null, ErrorCode.BusinessError);
        }

        if (_hosts is not null && !HostString.MatchesAny(context.Request.Host.Host, _hosts))
        {
            throw new HttpErrorException(StatusCodes.Status421MisdirectedRequest, "This host name is not served here", "Add it to the allowed hosts of the service.", ErrorCode.BusinessError);
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static List<StringSegment>? HostsOf(ServiceEndpoint endpoint)
    {
        var any = endpoint.AllowedHosts.Contains("*") || (endpoint.AllowedHosts.Count == 0 && !IPAddress.IsLoopback(endpoint.Address));
        return any ? null : [.. LoopbackNames.Concat(endpoint.AllowedHosts).Select(host => new StringSegment(host))];
    }
}
