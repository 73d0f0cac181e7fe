using System.IO.Pipes;
using System.Net.Sockets;

namespace Iexec.Worker.Containers.Engine;

/// <summary>Where a container engine listens: <c>unix:///path</c>, <c>npipe://./pipe/name</c> or <c>tcp://host:port</c>.</summary>
public sealed record EngineEndpoint
{
    private EngineEndpoint(Uri address) => Address = address;

    /// <summary>The address as <c>DOCKER_HOST</c> writes it.</summary>
    public Uri Address { get; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="EngineException"><see cref="EngineFault.Refused"/>: another scheme, or plain TCP beyond this machine.</exception>
    public static EngineEndpoint Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("unix" or "npipe" or "tcp"))
        {
            throw new EngineException(EngineFault.Refused, $"'{text}' is not the address of a container engine.",
                "Set DOCKER_HOST to unix:///path/to/docker.sock, npipe://./pipe/docker_engine or tcp://127.0.0.1:port.");
        }

        if (address.Scheme == "tcp" && !address.IsLoopback)
        {
            throw new EngineException(EngineFault.Refused, "A container engine is only spoken to on this machine: its API gives full control of the host, and plain TCP has no lock.",
                "Run the worker beside its engine, or forward the socket with ssh.");
        }

        return new EngineEndpoint(address);
    }

    /// <summary>A Unix socket.</summary>
    public static EngineEndpoint OfSocket(string path) => new(new Uri("unix://" + Path.GetFullPath(path)));

    /// <summary>
    /// Where to look, best first: <c>DOCKER_HOST</c> alone if it is set, else Docker's usual places and Podman's.
    /// </summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static IReadOnlyList<EngineEndpoint> Candidates(Func<string, string?> variable)
    {
        if (variable("DOCKER_HOST") is { Length: > 0 } host)
        {
            return [Parse(host)];
        }

        if (OperatingSystem.IsWindows())
        {
            return [Parse("npipe://./pipe/docker_engine"), Parse("npipe://./pipe/podman-machine-default")];
        }

        var paths = new List<string> { "/var/run/docker.sock" };
        if (variable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
        {
            paths.Add(Path.Combine(runtime, "docker.sock"));
            paths.Add(Path.Combine(runtime, "podman/podman.sock"));
        }

        if (variable("HOME") is { Length: > 0 } home)
        {
            paths.Add(Path.Combine(home, ".docker/run/docker.sock"));
        }

        paths.Add("/run/podman/podman.sock");
        return [.. paths.Where(File.Exists).Select(OfSocket)];
    }

    internal async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (Address.Scheme == "npipe")
        {
            var pipe = new NamedPipeClientStream(".", Address.AbsolutePath.Replace("/pipe/", "", StringComparison.Ordinal), PipeDirection.InOut, PipeOptions.Asynchronous);
            await pipe.ConnectAsync(cancellationToken);
            return pipe;
        }

        var isUnix = Address.Scheme == "unix";
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await (isUnix
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(Address.LocalPath), cancellationToken)
                : socket.ConnectAsync(Address.Host, Address.Port, cancellationToken));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
