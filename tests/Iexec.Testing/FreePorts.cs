using System.Net;
using System.Net.Sockets;

namespace Iexec.Testing;

/// <summary>
/// Ports of the loopback that nobody listens on. They lie below those that systems give to outgoing connections (from 32768 on Linux): one of these could be
/// taken before the test gets to it. None is given twice by a process, and processes begin at different places.
/// </summary>
public static class FreePorts
{
    private const uint First = 12_000;
    private const uint Count = 20_000;

    private static uint _given = (uint)Environment.ProcessId * 61;

    /// <summary>One of them.</summary>
    public static int One()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = (int)(First + (Interlocked.Increment(ref _given) % Count));
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No port of the loopback is free.");
    }

    /// <summary>That many different ones.</summary>
    public static IReadOnlyList<int> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => One())];

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
