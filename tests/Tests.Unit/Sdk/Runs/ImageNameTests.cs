using System.Net;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Runs;
using Xunit;

namespace Tests.Unit.Sdk.Runs;

public sealed class ImageNameTests
{
    private static readonly string Digits = new('a', 64);

    [Fact]
    public async Task Digest_of_a_strange_registry_is_taken_without_a_question()
    {
        var image = await ResolveAsync($"ghcr.io/some/app:v1@sha256:{Digits}", _ => throw new InvalidOperationException("asked"));
        Assert.Equal(("ghcr.io/some/app", $"0x{Digits}", "app"), (image.Name, image.Checksum.ToString(), image.AppName));
    }

    [Fact]
    public async Task Tag_in_ones_own_registry_is_resolved()
    {
        Uri? asked = null;
        var image = await ResolveAsync("127.0.0.1:5005/hello:v2", request =>
        {
            asked = request.RequestUri;
            var reply = new HttpResponseMessage(HttpStatusCode.OK);
            reply.Headers.Add("Docker-Content-Digest", $"sha256:{Digits}");
            return reply;
        });
        Assert.Equal("http://127.0.0.1:5005/v2/hello/manifests/v2", asked!.ToString());
        Assert.Equal($"0x{Digits}", image.Checksum.ToString());
    }

    [Theory]
    [InlineData("debian:12", "named without digest")]
    [InlineData("Upper/Case", "neither a folder nor an image")]
    [InlineData("a b", "neither a folder nor an image")]
    [InlineData("app@sha256:12", "neither a folder nor an image")]
    [InlineData("../outside", "neither a folder nor an image")]
    [InlineData("127.0.0.1:5005/missing", "has no image")]
    public async Task What_names_no_image_is_refused(string text, string why)
    {
        var refused = await Assert.ThrowsAsync<IexecException>(() => ResolveAsync(text, _ => new HttpResponseMessage(HttpStatusCode.NotFound)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Hint);
    }

    private static async Task<RunImage> ResolveAsync(string text, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var http = new HttpClient(new Answering(answer));
        return await ImageName.ResolveAsync(http, text, CancellationToken.None);
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
