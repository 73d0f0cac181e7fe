using System.Net;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Runs;
using Xunit;

namespace Tests.Unit.Sdk.Runs;

public sealed class ImageNameTests
{
    private static readonly string Digits = new('a', 64);

    private readonly List<string> _warnings = [];

    [Fact]
    public async Task Strange_registry_that_wants_a_login_is_believed_to_have_the_digest()
    {
        Uri? asked = null;
        var image = await ResolveAsync($"ghcr.io/some/app:v1@sha256:{Digits}", request =>
        {
            asked = request.RequestUri;
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        });
        Assert.Equal(("ghcr.io/some/app", $"0x{Digits}", "app"), (image.Name, image.Checksum.ToString(), image.AppName));
        Assert.Equal($"https://ghcr.io/v2/some/app/manifests/sha256:{Digits}", asked!.ToString());
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("busybox", "https://registry-1.docker.io/v2/library/busybox/")]
    [InlineData("docker.io/some/app", "https://registry-1.docker.io/v2/some/app/")]
    [InlineData("ghcr.io/some/app", "https://ghcr.io/v2/some/app/")]
    public async Task Digest_that_a_strange_registry_has_not_is_not_bought(string name, string question)
    {
        Uri? asked = null;
        var refused = await Assert.ThrowsAsync<IexecException>(() => ResolveAsync($"{name}@sha256:{Digits}", request =>
        {
            asked = request.RequestUri;
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }));
        Assert.Contains("has no image", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith(question, asked!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strange_registry_that_cannot_be_reached_from_here_is_a_warning()
    {
        var image = await ResolveAsync($"ghcr.io/some/app@sha256:{Digits}", _ => throw new HttpRequestException("no such host"));
        Assert.Equal($"0x{Digits}", image.Checksum.ToString());
        Assert.Contains("ghcr.io cannot be reached from here", Assert.Single(_warnings), StringComparison.Ordinal);
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

    private async Task<RunImage> ResolveAsync(string text, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var http = new HttpClient(new Answering(answer));
        return await ImageName.ResolveAsync(http, text, _warnings.Add, CancellationToken.None);
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
