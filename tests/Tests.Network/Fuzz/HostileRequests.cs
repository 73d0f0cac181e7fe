using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Tests.Network.Fuzz;

/// <summary>Requests to a route that are wrong in method, path, query, headers, body or length; by a seed, so that a failure can be had again.</summary>
internal sealed class HostileRequests
{
    /// <summary>More than any server takes as JSON.</summary>
    public const int TooLongBytes = 1 << 20;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FUZZ"];

    private static readonly string[] Types =
    [
        "application/json", "text/plain", "application/json; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=",
        "application/x-www-form-urlencoded", ";;;", "application/zip",
    ];

    private static readonly string[] Words =
    [
        "", "0", "1", "-1", "any", "true", "null", "NaN", "1e309", "0x", "0x1", "4", "polling", "websocket", "9007199254740992", "18446744073709551616", "DROP TABLE orders", "' OR 1=1 --",
        "../../../etc/passwd", "%00", "%2e%2e%2f", "%ff%fe", "%F0%9F%92%A9", "\ud83d\ude00", "a b", "x", "publish", "unpublish_all", "unpublish_orderHash", "http://127.0.0.1:1/", "https://pool.example",
        "0x0000000000000000000000000000000000000000", "0x7bd4783FDCAD405A28052a0d1f11236A741da593", "0x7bd4783fDCAD405A28052a0d1f11236A741da593",
        "0x0000000000000000000000000000000000000000000000000000000000000000", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPBdG", "Qm" + "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", new('a', 5000),
    ];

    private readonly Random _random;
    private readonly string? _token;
    private readonly string[] _words;
    private readonly WireObjects _objects;

    public HostileRequests(int seed, IEnumerable<string> known, string? token)
    {
        _random = new Random(seed);
        _token = token;
        _words = [.. Words, .. known];
        _objects = new WireObjects(_random, Word);
    }

    public HttpRequestMessage Next(Uri origin, RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
        var method = methods is { Count: > 0 } && _random.Next(4) > 0 ? Pick(methods) : Pick(Methods);
        var url = origin.GetLeftPart(UriPartial.Authority) + Path(route.RoutePattern) + Query(route);

        // Sent as it is written: canonical paths would spare the server the interesting ones.
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (method is not ("GET" or "HEAD" or "TRACE") && _random.Next(8) > 0)
        {
            request.Content = Body();
            // A server that has not read all of a body ends the connection, and the next request must not be the one to find out.
            request.Headers.ConnectionClose = request.Headers.ExpectContinue = request.Content.Headers.ContentLength > TooLongBytes;
        }

        AddHeaders(request.Headers);
        return request;
    }

    private string Path(RoutePattern pattern)
    {
        var segments = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : Escaped(Word()))));
        var path = "/" + string.Join('/', segments);
        return _random.Next(12) switch
        {
            0 => path + "/",
            1 => path + "/" + Escaped(Word()),
            2 => path.ToUpperInvariant(),
            3 => path.Replace("/", "//", StringComparison.Ordinal),
            _ => path,
        };
    }

    private string Query(RouteEndpoint route)
    {
        var own = route.Metadata.OfType<System.Reflection.MethodInfo>().SelectMany(method => method.GetParameters()).Select(parameter => parameter.Name!).ToList();
        var pairs = Enumerable.Range(0, _random.Next(6)).Select(_ =>
        {
            var name = own.Count > 0 && _random.Next(2) == 0 ? Pick(own) : Pick(Names);

            // A long poll that is granted is no failure, but takes the time that it was asked for.
            return $"{name}={(name == "wait" ? "x" : Escaped(Word()))}";
        }).ToList();
        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private static readonly IReadOnlyList<string> Names =
    [
        .. WireObjects.KnownNames, "chainId", "chainId", "chainID", "appOwner", "minTag", "maxTag", "minVolume", "minTrust", "maxTrust", "isAppStrict", "isDatasetStrict", "bulkOnly", "pageIndex", "pageSize", "page",
        "skip", "after", "since", "limit", "address", "walletAddress", "blockNumber", "secretAddress", "ownerAddress", "secretName", "EIO", "transport", "sid", "minWorkClockTimeRef", "stream-channels",
    ];

    private void AddHeaders(HttpRequestHeaders headers)
    {
        if (_random.Next(2) == 0)
        {
            headers.TryAddWithoutValidation("Authorization", _random.Next(4) switch
            {
                0 => Ascii(Word()),
                1 => $"{_words[^1]}_{Ascii(Word())}_{Ascii(Word())}",
                2 when _token is not null => _token[..^1] + "x",
                _ => _token ?? "Bearer a.b.c",
            });
        }

        foreach (var name in (string[])["Accept", "Range", "Origin", "If-None-Match", "X-Forwarded-For", "X-Forwarded-Proto", "Accept-Encoding", "Cookie"])
        {
            if (_random.Next(10) == 0)
            {
                headers.TryAddWithoutValidation(name, name == "Range" ? Pick(["bytes=0-", "bytes=9-1", "bytes=999999999999-", "lines=1"]) : Ascii(Word()));
            }
        }
    }

    private ByteArrayContent Body()
    {
        var bytes = Bytes();
        var content = new ByteArrayContent(bytes);
        if (_random.Next(6) > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(3) > 0 ? Types[0] : Pick(Types));
        }

        if (_random.Next(20) == 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        }

        return content;
    }

    private byte[] Bytes()
    {
        switch (_random.Next(12))
        {
            case 0:
                var noise = new byte[_random.Next(300)];
                _random.NextBytes(noise);
                return noise;
            case 1:
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Pick(["{\"a\":", "[", "{"]), 20_000)));
            case 2:
                return Encoding.UTF8.GetBytes(Pick(["\"\\ud800\"", "{\"order\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "null", "[]", "7", "{} {}", "{\"order\":null}", "\ufeff{}", "{\"\\ud800\":1}"]));
            case 3:
                return Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{Pick(["a", "../a", "a\"b", ""])}\"\r\n\r\n{Word()}\r\n--x{Pick(["--", "--\r\n", ""])}");
            case 4 when _random.Next(6) == 0:
                return new byte[2 * TooLongBytes];
            default:
                var text = Encoding.UTF8.GetBytes(_objects.Next()?.ToJsonString() ?? "null");
                return _random.Next(6) == 0 ? text[.._random.Next(text.Length)] : text;
        }
    }

    private string Word() => Pick(_words);

    private static string Escaped(string word) => word.Contains('%', StringComparison.Ordinal) ? word : Uri.EscapeDataString(word);

    private static string Ascii(string word) => Uri.EscapeDataString(word);

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
