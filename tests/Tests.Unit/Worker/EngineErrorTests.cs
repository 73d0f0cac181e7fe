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
    [InlineData("FROM debian:12", "Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host", "The registry of debian:12 cannot be reached", "docker load")]
    [InlineData("FROM --platform=linux/amd64 nobody/nothing AS base", "pull access denied for nobody/nothing, repository does not exist", "The image nobody/nothing does not exist", "after FROM")]
    [InlineData("FROM r.example/private:1", "unauthorized: authentication required", "does not hand out r.example/private:1", "docker login")]
    [InlineData("FROM debian:12", "toomanyrequests: You have reached your pull rate limit.", "refuses more downloads for now (debian:12)", "docker login")]
    public void Base_image_that_is_not_to_be_had_is_named_with_what_to_do(string instruction, string message, string problem, string remedy)
    {
        var error = EngineErrors.OfBuild(instruction, message);

        Assert.StartsWith($"its base image ({instruction})", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_step_that_fails_is_named_with_the_words_of_the_engine() =>
        Assert.Equal("RUN false: The command '/bin/sh -c false' returned a non-zero code: 1", EngineErrors.OfBuild("RUN false", "The command '/bin/sh -c false' returned a non-zero code: 1").Message);

    [Theory]
    [InlineData("Step 1/2 : FROM debian:12", "FROM debian:12")]
    [InlineData("STEP 1/9: FROM --platform=linux/amd64 debian:12 AS base", "FROM --platform=linux/amd64 debian:12 AS base")]
    [InlineData("Step 1/3 : ARG BASE=\"debian:12\"\n ---> 1\nStep 2/3 : FROM ${BASE}", "FROM debian:12")]
    [InlineData("Step 1/3 : ARG GIVEN=debian:12\nStep 2/3 : FROM ${GIVEN}-slim", "FROM alpine:3-slim")]
    [InlineData("Step 1/3 : ARG UNSET\nStep 2/3 : FROM ${UNSET}", "FROM ${UNSET}")]
    [InlineData("Step 1/3 : ARG A=b\nStep 2/3 : RUN echo ${A}", "RUN echo ${A}")]
    [InlineData("Sending build context", "")]
    public void Step_of_a_build_is_told_with_the_values_of_its_arguments(string output, string instruction)
    {
        var steps = new BuildSteps(new Dictionary<string, string> { ["GIVEN"] = "alpine:3" });
        Array.ForEach(output.Split('\n'), steps.Read);
        Assert.Equal(instruction, steps.Instruction);
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
