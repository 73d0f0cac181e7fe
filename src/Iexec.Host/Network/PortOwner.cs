using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Network;

/// <summary>Finds out whether a port is free and, on Linux, whose it is.</summary>
internal static class PortOwner
{
    /// <summary>Throws for the first port that somebody else listens on.</summary>
    /// <exception cref="IexecException">Names the port, its owner and the option that changes it.</exception>
    public static void RequireFree(IEnumerable<(string Name, string Option, int Port)> ports)
    {
        foreach (var (name, option, port) in ports.Where(wanted => wanted.Port != 0))
        {
            if (!IsFree(port))
            {
                var owner = Find(port);
                throw new IexecException(
                    ErrorCode.ConfigurationError,
                    $"Port {port} of the {name} is taken{(owner is null ? "" : $" by {owner}")}.",
                    $"Stop that program, or choose another port with {option} <port>.");
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Name and process id of the listener, as far as the system tells.</summary>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var inodes = ListeningInodes(port);
            return inodes.Count == 0 ? null : Directory.EnumerateDirectories("/proc").Select(folder => Describe(folder, inodes)).FirstOrDefault(found => found is not null);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static HashSet<string> ListeningInodes(int port)
    {
        const string Listening = "0A";
        var local = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 9 && columns[1].EndsWith(local, StringComparison.Ordinal) && columns[3] == Listening)
            .Select(columns => $"socket:[{columns[9]}]")
            .ToHashSet();
    }

    private static string? Describe(string folder, HashSet<string> inodes)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Any(link => File.ResolveLinkTarget(link, false) is { } target && inodes.Contains(target.Name))
                ? $"{File.ReadAllText(Path.Combine(folder, "comm")).Trim()} (process {id})"
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
