using System.Net;
using System.Net.Sockets;

namespace Iexec.Worker.Containers.Engine;

/// <summary>From what the engine says to the kind of failure. Engines answer most registry failures with 500 or 404 and a sentence.</summary>
internal static class EngineErrors
{
    public static EngineException Of(HttpStatusCode status, string message)
    {
        var fault = OfMessage(message) ?? status switch
        {
            HttpStatusCode.NotFound => EngineFault.NotFound,
            HttpStatusCode.Conflict => EngineFault.Conflict,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => EngineFault.Unauthorized,
            HttpStatusCode.TooManyRequests => EngineFault.RateLimited,
            _ => EngineFault.Refused,
        };
        return new EngineException(fault, message.Length == 0 ? $"The container engine answered {(int)status}." : message, HintOf(fault));
    }

    /// <summary>A pull or push that failed in the middle of its stream, or at once.</summary>
    public static EngineException OfRegistry(string image, string message)
    {
        var fault = OfMessage(message) ?? EngineFault.Refused;
        var sentence = fault switch
        {
            EngineFault.ImageNotFound => $"The image {image} does not exist, or is not public.",
            EngineFault.Unauthorized => $"The registry does not hand out {image} without credentials.",
            EngineFault.RateLimited => $"The registry refuses more downloads for now ({image}).",
            EngineFault.RegistryUnreachable => $"The registry of {image} cannot be reached.",
            EngineFault.DigestMismatch => $"What the registry sent for {image} does not match its digest.",
            EngineFault.NoSpace => $"No space is left on the engine's disk for {image}.",
            _ => $"The image {image} could not be transferred.",
        };
        return new EngineException(fault, $"{sentence} ({message.Trim()})", HintOf(fault));
    }

    /// <summary>A build that failed. The step that failed says whether a base image is missing or a command of the Dockerfile did not work.</summary>
    /// <param name="instruction">That of the last step, e.g. <c>FROM debian:12</c>; empty before the first.</param>
    /// <param name="message">The engine's words.</param>
    public static EngineException OfBuild(string instruction, string message)
    {
        if (instruction.StartsWith("FROM ", StringComparison.OrdinalIgnoreCase))
        {
            var image = instruction.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault(word => !word.StartsWith("--", StringComparison.Ordinal)) ?? "?";
            var failed = OfRegistry(image, message);
            return new EngineException(failed.Fault, $"its base image ({instruction}) is not to be had. {failed.Message}", HintOfBase(failed.Fault) ?? failed.Hint);
        }

        var fault = OfMessage(message) is EngineFault.NoSpace ? EngineFault.NoSpace : EngineFault.Refused;
        return new EngineException(fault, instruction.Length == 0 ? message.Trim() : $"{instruction}: {message.Trim()}", HintOf(fault));
    }

    public static EngineException OfConnection(EngineEndpoint endpoint, Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException)
            {
                return new EngineException(EngineFault.AccessDenied, $"This user may not use the container engine at {endpoint.Address}.",
                    "Add the user to the group 'docker' and log in again, or run as root.", cause);
            }
        }

        return new EngineException(EngineFault.Unreachable, $"No container engine answers at {endpoint.Address}.", HintOf(EngineFault.Unreachable), cause);
    }

    public static EngineFault? OfMessage(string message)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

        // The order matters: Docker Hub answers a missing repository with "access denied … may require 'docker login'",
        // and a refused connection also says "denied" on some systems.
        return message switch
        {
            _ when Says("toomanyrequests") || Says("too many requests") || Says("rate limit") => EngineFault.RateLimited,
            _ when Says("manifest unknown") || Says("manifest not found") || Says("name unknown") || Says("repository does not exist") || Says("does not exist or may require")
                || Says("no such image") || Says("not found: manifest") || (Says("manifest for") && Says("not found")) || Says("name_unknown") => EngineFault.ImageNotFound,
            _ when Says("unauthorized") || Says("authentication required") || Says("access denied") || Says("denied: requested access") || Says("no basic auth credentials") => EngineFault.Unauthorized,
            _ when Says("no space left") || Says("disk quota exceeded") => EngineFault.NoSpace,
            _ when Says("digest") && (Says("mismatch") || Says("verification failed") || Says("did not match")) => EngineFault.DigestMismatch,
            _ when Says("verification failed for digest") || Says("filesystem layer verification failed") => EngineFault.DigestMismatch,
            _ when Says("no such host") || Says("connection refused") || Says("i/o timeout") || Says("network is unreachable") || Says("no route to host")
                || Says("client.timeout") || Says("context deadline exceeded") || Says("server misbehaving") || Says("tls handshake")
                || Says("http response to https client") || Says("x509") || Says("connection reset") || Says("unexpected eof") => EngineFault.RegistryUnreachable,
            _ => null,
        };
    }

    private static string? HintOfBase(EngineFault fault) => fault switch
    {
        EngineFault.ImageNotFound => "Check the name after FROM in the Dockerfile; an image that is not public needs \"docker login\" first.",
        EngineFault.Unauthorized => "Log in to its registry (docker login), or build on a public image.",
        EngineFault.RateLimited => "Wait, or log in to its registry (docker login): limits are higher for known users.",
        EngineFault.RegistryUnreachable =>
            "Check the name after FROM in the Dockerfile and the network of this machine; or get the image onto this machine another way (docker load) and run again.",
        _ => null,
    };

    private static string? HintOf(EngineFault fault) => fault switch
    {
        EngineFault.Unreachable => "Start Docker (or Podman's socket), or set DOCKER_HOST to where it listens.",
        EngineFault.ImageNotFound => "Push the image first, and check the app's address and checksum.",
        EngineFault.Unauthorized => "Make the image public, or give the worker credentials of the registry.",
        EngineFault.RateLimited => "Wait, or give the worker credentials of the registry: limits are higher for known users.",
        EngineFault.NoSpace => "Free disk space (docker system prune) and try again.",
        EngineFault.RegistryUnreachable => "Check the registry's name and the network of this machine.",
        _ => null,
    };
}
