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

    [Theory]
    [InlineData("Step 1/2 : FROM debian:12", "Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host", "The registry of debian:12 cannot be reached", "docker load")]
    [InlineData("STEP 3/9: FROM --platform=linux/amd64 nobody/nothing AS base", "pull access denied for nobody/nothing, repository does not exist", "The image nobody/nothing does not exist", "after FROM")]
    [InlineData("Step 1/2 : FROM r.example/private:1", "unauthorized: authentication required", "does not hand out r.example/private:1", "docker login")]
    [InlineData("Step 1/2 : FROM debian:12", "toomanyrequests: You have reached your pull rate limit.", "refuses more downloads for now (debian:12)", "docker login")]
    public void Base_image_that_is_not_to_be_had_is_named_with_what_to_do(string step, string message, string problem, string remedy)
    {
        var error = EngineErrors.OfBuild(step, message);

        Assert.StartsWith($"its base image ({step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()})", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_step_that_fails_is_named_with_the_words_of_the_engine() =>
        Assert.Equal("RUN false: The command '/bin/sh -c false' returned a non-zero code: 1", EngineErrors.OfBuild("Step 2/2 : RUN false", "The command '/bin/sh -c false' returned a non-zero code: 1").Message);

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
