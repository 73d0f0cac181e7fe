using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Worker.Downloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class SafeDownloaderTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-test-").FullName;
    private readonly DownloadLimits _limits = new(1 << 20, TimeSpan.FromMinutes(1));
    private WebApplication _server = null!;
    private Uri _origin = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/file", () => Results.Bytes(Content));
        _server.MapGet("/chunked", async (HttpResponse response) =>
        {
            for (var i = 0; i < 20; i++)
            {
                await response.Body.WriteAsync(Content);
            }
        });
        _server.MapGet("/broken", async (HttpContext context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        _server.MapGet("/hang", (CancellationToken aborted) => Task.Delay(Timeout.Infinite, aborted));
        _server.MapGet("/to", (string url) => Results.Redirect(url));
        _server.MapGet("/loop", () => Results.Redirect("/loop"));
        _server.MapGet("/forbidden", () => Results.StatusCode(403));
        await _server.StartAsync();
        _origin = new Uri(_server.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task File_of_an_allowed_origin_comes_whole_under_its_local_name()
    {
        using var downloader = new SafeDownloader([_origin]);
        var url = $"{_origin}file";

        var file = await downloader.FetchIntoAsync(url, _folder, _limits, CancellationToken.None);

        Assert.Equal((Content.Length, new Bytes32(SHA256.HashData(Content))), ((int)file.LengthBytes, file.Sha256));
        Assert.Equal(Path.Combine(_folder, LocalName.Of(url)), Assert.Single(Directory.GetFiles(_folder)));
        Assert.Equal(Content, await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public void Local_name_is_the_digest_of_the_url() =>
        Assert.Equal("0xb33845db05fb0822f1f1e3677cc6787b8a1a7a21f3c12f9e97c70cb596222218", LocalName.Of("utf8String"));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("localhost")]
    [InlineData("innocent.example")]
    public async Task Loopback_is_refused_however_it_is_written(string host)
    {
        using var downloader = new SafeDownloader([], (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        await Fails(downloader, $"http://{host}:{_origin.Port}/file", DownloadFault.ForbiddenAddress);
    }

    [Fact]
    public async Task Allowed_origin_allows_no_other_port()
    {
        using var downloader = new SafeDownloader([new Uri("http://127.0.0.1:1")]);
        await Fails(downloader, $"{_origin}file", DownloadFault.ForbiddenAddress);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://internal.example/")]
    [InlineData("//10.0.0.1/x")]
    public async Task Redirect_to_a_private_address_is_refused(string target)
    {
        using var downloader = new SafeDownloader([_origin], (_, _) => Task.FromResult(new[] { IPAddress.Parse("192.168.1.1") }));
        await Fails(downloader, $"{_origin}to?url={Uri.EscapeDataString(target)}", DownloadFault.ForbiddenAddress);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.org/")]
    public async Task Redirect_to_another_scheme_is_refused(string target)
    {
        using var downloader = new SafeDownloader([_origin]);
        await Fails(downloader, $"{_origin}to?url={Uri.EscapeDataString(target)}", DownloadFault.BadUrl);
    }

    [Fact]
    public async Task Redirects_within_the_allowed_origin_are_followed()
    {
        using var downloader = new SafeDownloader([_origin]);
        var file = await downloader.FetchIntoAsync($"{_origin}to?url=/file", _folder, _limits, CancellationToken.None);
        Assert.Equal(Content.Length, file.LengthBytes);
    }

    [Theory]
    [InlineData("loop", DownloadFault.BadRedirect)]
    [InlineData("missing", DownloadFault.NotFound)]
    [InlineData("forbidden", DownloadFault.Refused)]
    [InlineData("chunked", DownloadFault.TooLarge)]
    [InlineData("broken", DownloadFault.Unreachable)]
    public async Task Failure_is_told_by_kind_and_leaves_nothing(string path, DownloadFault fault)
    {
        using var downloader = new SafeDownloader([_origin]);
        await Fails(downloader, _origin + path, fault);
    }

    [Fact]
    public async Task Connection_reset_in_the_middle_of_a_file_is_the_fault_of_its_server()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var origin = new Uri($"http://{listener.LocalEndpoint}/");
        using var downloader = new SafeDownloader([origin]);

        var server = ResetInTheMiddleAsync(listener);
        await Fails(downloader, $"{origin}file", DownloadFault.Unreachable, _limits with { MaxBytes = long.MaxValue });
        await server;
    }

    [Fact]
    public async Task Announced_length_beyond_the_limit_is_refused_at_once()
    {
        using var downloader = new SafeDownloader([_origin]);
        await Fails(downloader, $"{_origin}file", DownloadFault.TooLarge, _limits with { MaxBytes = 299_999 });
    }

    [Fact]
    public async Task Slow_server_is_left_when_the_time_is_up()
    {
        using var downloader = new SafeDownloader([_origin]);
        await Fails(downloader, $"{_origin}hang", DownloadFault.TimedOut, _limits with { Timeout = TimeSpan.FromMilliseconds(200) });
    }

    [Fact]
    public async Task Cancelling_is_not_a_failure_of_the_server()
    {
        using var downloader = new SafeDownloader([_origin]);
        using var cancel = new CancellationTokenSource();
        var download = downloader.FetchIntoAsync($"{_origin}hang", _folder, _limits, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }

    [Theory]
    [InlineData("ftp://example.org/x")]
    [InlineData("not a url")]
    [InlineData("/etc/passwd")]
    [InlineData("http://user:password@example.org/")]
    public async Task Other_than_a_plain_web_address_is_refused(string url)
    {
        using var downloader = new SafeDownloader([]);
        await Fails(downloader, url, DownloadFault.BadUrl);
    }

    /// <summary>More than the buffers between the two hold, so that the reader is in the body when the reset comes.</summary>
    private static async Task ResetInTheMiddleAsync(TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync();
        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"u8.ToArray());
        var block = new byte[1 << 20];
        for (var sent = 0; sent < 64 * block.Length; sent += await socket.SendAsync(block))
        {
        }

        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private async Task Fails(SafeDownloader downloader, string url, DownloadFault fault, DownloadLimits? limits = null)
    {
        var error = await Assert.ThrowsAsync<DownloadException>(() => downloader.FetchIntoAsync(url, _folder, limits ?? _limits, CancellationToken.None));
        Assert.Equal(fault, error.Fault);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
