using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Storage;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Storage;

public sealed class GatewayTests
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello world\n");

    [Fact]
    public async Task A_file_is_found_under_the_identifier_that_Kubo_gives()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StorageServer.StartAsync(folder.Path, new FakeHub());
        var stored = await server.Files.PutAsync(new MemoryStream(Hello), "hello.txt", CancellationToken.None);
        Assert.Equal("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o", stored.Cid.ToString());
        Assert.Equal(Hello, await server.Http.GetByteArrayAsync(stored.Url));
    }

    [Fact]
    public async Task Parts_of_a_file_are_served_and_no_browser_may_run_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StorageServer.StartAsync(folder.Path, new FakeHub());
        var stored = await server.Files.PutAsync(new MemoryStream(Hello), "page.html", CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, stored.Url) { Headers = { Range = new RangeHeaderValue(6, 10) } };
        using var reply = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal("world", await reply.Content.ReadAsStringAsync());
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox", reply.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Web_pages_read_what_is_stored_and_the_answer_to_what_they_add()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StorageServer.StartAsync(folder.Path, new FakeHub());
        var stored = await server.Files.PutAsync(new MemoryStream(Hello), "hello.txt", CancellationToken.None);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Hello), "file", "hello.txt" } };
        foreach (var (method, path) in new[] { (HttpMethod.Get, stored.Url.AbsolutePath), (HttpMethod.Head, stored.Url.AbsolutePath), (HttpMethod.Post, StorageWire.Add) })
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { { "Origin", "https://page.example" } }, Content = method == HttpMethod.Post ? form : null };
            using var reply = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Equal("https://page.example", reply.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.False(reply.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    [Theory]
    [InlineData("/ipfs/QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o", HttpStatusCode.NotFound)]
    [InlineData("/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", HttpStatusCode.BadRequest)]
    [InlineData("/ipfs/..%2f..%2ftoken.key", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_no_identifier_is_refused(string path, HttpStatusCode expected)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StorageServer.StartAsync(folder.Path, new FakeHub());
        using var reply = await server.Http.GetAsync(path);
        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task A_file_above_the_limit_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StorageServer.StartAsync(folder.Path, new FakeHub(), options => options with { MaxObjectBytes = 1000 });
        var error = await Assert.ThrowsAsync<IexecException>(() => server.Files.PutAsync(new MemoryStream(new byte[1001]), "big", CancellationToken.None));
        Assert.Contains("larger than the limit", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "blobs"), "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "incoming")));
    }

    [Fact]
    public async Task A_closed_storage_takes_no_files()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StorageServer.StartAsync(folder.Path, new FakeHub(), options => options with { AllowUploads = false });
        await Assert.ThrowsAsync<IexecException>(() => server.Files.PutAsync(new MemoryStream(Hello), "hello.txt", CancellationToken.None));
    }

    [Fact]
    public async Task Files_outlive_a_restart()
    {
        using var folder = new TemporaryFolder();
        Cid cid;
        await using (var first = await StorageServer.StartAsync(folder.Path, new FakeHub()))
        {
            cid = (await first.Files.PutAsync(new MemoryStream(Hello), "hello.txt", CancellationToken.None)).Cid;
        }

        await using var second = await StorageServer.StartAsync(folder.Path, new FakeHub());
        using var content = new MemoryStream();
        Assert.Equal(cid, await second.Files.CopyToAsync(cid, content, CancellationToken.None));
        Assert.Equal(Hello, content.ToArray());
    }
}
