using System.Net;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class EngineErrorTests
{
    [Theory]
    [InlineData("manifest unknown: manifest unknown", EngineFault.ImageNotFound)]
    [InlineData("pull access denied for nobody/nothing, repository does not exist or may require 'docker login': denied", EngineFault.ImageNotFound)]
    [InlineData("Get \"https://r.example/v2/\": unauthorized: authentication required", EngineFault.Unauthorized)]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", EngineFault.RateLimited)]
    [InlineData("Get \"https://r.example/v2/\": dial tcp: lookup r.example: no such host", EngineFault.RegistryUnreachable)]
    [InlineData("Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused", EngineFault.RegistryUnreachable)]
    [InlineData("write /var/lib/docker/tmp/x: no space left on device", EngineFault.NoSpace)]
    [InlineData("filesystem layer verification failed for digest sha256:00", EngineFault.DigestMismatch)]
    [InlineData("something else", EngineFault.Refused)]
    public void Registry_failure_is_told_by_kind_with_a_hint(string message, EngineFault fault)
    {
        var error = EngineErrors.OfRegistry("r.example/app@sha256:00", message);

        Assert.Equal(fault, error.Fault);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(fault is EngineFault.Refused or EngineFault.DigestMismatch, error.Hint is null);
    }

    [Fact]
    public void Status_decides_when_the_words_say_nothing() =>
        Assert.Equal(EngineFault.NotFound, EngineErrors.Of(HttpStatusCode.NotFound, "No such container: x").Fault);

    [Theory]
    [InlineData("tcp://192.168.1.2:2375")]
    [InlineData("ssh://host")]
    [InlineData("/var/run/docker.sock")]
    public void Engine_elsewhere_is_refused(string address) =>
        Assert.Throws<EngineException>(() => EngineEndpoint.Parse(address));

    [Fact]
    public void Given_address_is_the_only_candidate() =>
        Assert.Equal("unix:///x/y.sock", Assert.Single(EngineEndpoint.Candidates(name => name == "DOCKER_HOST" ? "unix:///x/y.sock" : null)).Address.OriginalString);
}
