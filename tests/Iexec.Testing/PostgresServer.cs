using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Iexec.Testing;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, on a free port of loopback, ended with the test. Needs the server's programs; Debian:
/// <c>apt-get install postgresql</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Process _server;
    private readonly string _folder;

    private PostgresServer(Process server, string folder, int port)
    {
        _server = server;
        _folder = folder;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    public string ConnectionString { get; }

    /// <summary>Folder of <c>initdb</c> and <c>postgres</c>; null when there is none.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order().LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    public static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("iexec-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            await RunAsync("chown", "postgres", folder);
        }

        await RunAsync(AsServerUser("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"));
        var port = FreePorts.One();
        var server = Process.Start(AsServerUser(
            "postgres", "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}", "-c", "fsync=off", "-c", "log_min_messages=fatal"))!;
        for (var attempt = 0; !await AnswersAsync(port); attempt++)
        {
            if (server.HasExited || attempt > 300)
            {
                throw new InvalidOperationException("PostgreSQL did not start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return new PostgresServer(server, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ProcessStartInfo AsServerUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.UserName == "root"
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]) { RedirectStandardOutput = true }
            : new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true };
    }

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(new ProcessStartInfo(program, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = start.RedirectStandardOutput ? await process.StandardOutput.ReadToEndAsync() : "";
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} failed: {output}");
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A test that needs PostgreSQL's programs; skipped by name where they are not installed.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Programs is null)
        {
            Skip = "PostgreSQL is not installed here (Debian: apt-get install postgresql).";
        }
    }
}
