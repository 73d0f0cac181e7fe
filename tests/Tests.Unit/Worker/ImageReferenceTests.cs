using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Images;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class ImageReferenceTests
{
    private const string Digits = "00f51494d7a42a3c1c43464d9f09e06b2a99968e3b978f6cd11ab3410b7bcd14";

    [Theory]
    [InlineData("debian", "docker.io/library/debian")]
    [InlineData("iexechub/vanityeth:1.1.1", "docker.io/iexechub/vanityeth")]
    [InlineData("registry.hub.docker.com/iexechub/vanityeth:1.1.1", "docker.io/iexechub/vanityeth")]
    [InlineData("127.0.0.1:5001/povray:latest", "127.0.0.1:5001/povray")]
    [InlineData("localhost:5000/a/b/c", "localhost:5000/a/b/c")]
    [InlineData("Ghcr.io/someone/some_app", "ghcr.io/someone/some_app")]
    [InlineData("registry.example.org/app@sha256:" + Digits, "registry.example.org/app")]
    public void Name_comes_from_the_address_and_content_from_the_checksum(string multiaddr, string name)
    {
        var image = ImageReference.OfApp(multiaddr, "0x" + Digits);

        Assert.Equal($"{name}@sha256:{Digits}", image.ToString());
        Assert.Equal(image, ImageReference.Parse(image.ToString()));
    }

    [Fact]
    public void Address_with_another_digest_than_the_checksum_is_refused()
    {
        var error = Assert.Throws<EngineException>(() => ImageReference.OfApp("app@sha256:" + new string('1', 64), Digits));
        Assert.Equal(EngineFault.DigestMismatch, error.Fault);
    }

    [Theory]
    [InlineData("app", "")]
    [InlineData("app", "0x1234")]
    [InlineData("app", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("", Digits)]
    [InlineData("UPPER/case", Digits)]
    [InlineData("app/../../containers/json", Digits)]
    [InlineData("app?fromSrc=x", Digits)]
    [InlineData("example.org:99999999/app", Digits)]
    [InlineData("a//b", Digits)]
    public void What_is_not_an_image_is_refused(string multiaddr, string checksum) =>
        Assert.Throws<EngineException>(() => ImageReference.OfApp(multiaddr, checksum));

    [Fact]
    public void Name_without_digest_is_refused() => Assert.Throws<EngineException>(() => ImageReference.Parse("docker.io/library/debian:12"));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5 * 60, 15)]
    [InlineData(60 * 60 * 24 * 365, 30)]
    public void Pull_time_follows_the_category(int minutes, int expected) =>
        Assert.Equal(TimeSpan.FromMinutes(expected), PullOptions.TimeoutFor(TimeSpan.FromMinutes(minutes)));
}
