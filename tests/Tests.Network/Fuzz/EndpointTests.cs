using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Network.Fuzz;

/// <summary>Every route of every server gets requests that nobody should send. It answers 4xx in JSON, tells nothing of its inside, and goes on.</summary>
public sealed class EndpointTests(EveryServer servers, ITestOutputHelper output) : IClassFixture<EveryServer>
{
    // IEXEC_FUZZ_SEED repeats a run that the output names, IEXEC_FUZZ_REQUESTS makes a longer one.
    private static readonly int Extra = Setting("IEXEC_FUZZ_SEED") ?? RandomNumberGenerator.GetInt32(int.MaxValue);
    private static readonly int RequestsPerRoute = Setting("IEXEC_FUZZ_REQUESTS") ?? 25;

    public static TheoryData<string> Servers => [.. EveryServer.Names];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task No_request_makes_a_server_fail(string name)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var answered = new HashSet<int>();
        var stored = await StoredState.ReadAsync(servers.StateFolder);
        Assert.Contains(stored, row => row.Contains(" orders: ", StringComparison.Ordinal));
        Assert.Contains(stored, row => row.Contains(" secrets: ", StringComparison.Ordinal));
        foreach (var seed in (int[])[1, 2, Extra])
        {
            output.WriteLine($"{name}: seed {seed}");
            var requests = new HostileRequests(seed, servers.Known, servers.Token(name));
            foreach (var route in servers.Routes(name))
            {
                for (var i = 0; i < RequestsPerRoute; i++)
                {
                    using var request = requests.Next(servers.Origin(name), route);
                    answered.Add(await CheckAsync(http, request, $"seed {seed}, {route.RoutePattern.RawText}, request {i}"));
                }
            }
        }

        // Requests that all end at the first check would show nothing of what lies behind.
        Assert.True(answered.Any(status => status is >= 200 and < 300) && answered.Contains(400), $"{name} answered only {string.Join(", ", answered.Order())}");
        output.WriteLine($"{name} answered {string.Join(", ", answered.Order())}");
        await RequireLifeAsync(name);
        // Nothing was written, and so nothing in part: none of the requests had what it takes.
        Assert.Equal(stored, await StoredState.ReadAsync(servers.StateFolder));
        StoredState.RequireWholeFiles(servers.StorageFolder);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Bytes_that_are_no_request_end_a_connection_and_nothing_else(string name)
    {
        string[] openings =
        [
            "\0\0\0\0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET http://[::1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + new string('x', 100_000) + "\r\n\r\n", "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        ];
        foreach (var opening in openings)
        {
            var answer = await SendRawAsync(servers.Origin(name), opening);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal), $"{Start(opening)}\n→ {answer}");
            RequireDiscretion(answer, opening);
        }

        await RequireLifeAsync(name);
    }

    private async Task<int> CheckAsync(HttpClient http, HttpRequestMessage request, string place)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request);
        }
        catch (HttpRequestException) when (request.Content?.Headers.ContentLength > HostileRequests.TooLongBytes)
        {
            return 0; // cut off in the middle of what is too long, which is an answer, too
        }

        catch (HttpRequestException silent)
        {
            throw new InvalidOperationException($"{place}: {request} got no answer", silent);
        }

        using var reply = answer;
        var body = await reply.Content.ReadAsStringAsync();
        var sent = request.Content is null ? "" : Start(Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync()));
        var seen = $"{place}: {request.Method} {Start(request.RequestUri!.ToString())} {request.Content?.Headers.ContentType} {sent}\n→ {(int)reply.StatusCode} {body}";
        Assert.True((int)reply.StatusCode < 500 || request.RequestUri!.AbsolutePath == "/health/ready", seen);
        RequireDiscretion(body, seen);
        if ((int)reply.StatusCode < 400 || request.Method == HttpMethod.Head || reply.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable || IsNoRequest(reply, body))
        {
            return (int)reply.StatusCode;
        }

        Assert.True(reply.Content.Headers.ContentType?.MediaType == "application/json", seen);
        using var error = JsonDocument.Parse(body);
        Assert.True(error.RootElement.TryGetProperty("error", out _) || error.RootElement.TryGetProperty("message", out _), seen);
        return (int)reply.StatusCode;
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;

    // Refused before any of our code: the path is no text, say, or too long.
    private static bool IsNoRequest(HttpResponseMessage reply, string body) =>
        reply.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong && body.Length == 0 && reply.Headers.ConnectionClose == true;

    private static string Start(string text) => text.Length <= 400 ? text : text[..400] + "…";

    private void RequireDiscretion(string answer, string seen)
    {
        foreach (var inside in (string[])["   at ", "Exception", servers.StateFolder, "SQLite", "Iexec."])
        {
            Assert.False(answer.Contains(inside, StringComparison.Ordinal), $"\"{inside}\" in the answer: {seen}");
        }
    }

    private async Task RequireLifeAsync(string name)
    {
        using var http = new HttpClient { BaseAddress = servers.Origin(name) };
        using var reply = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private static async Task<string> SendRawAsync(Uri origin, string opening)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(origin.Host, origin.Port);
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(opening));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return ""; // the same
        }
    }
}
