using System.Net;
using System.Net.Sockets;

namespace Iexec.Testing;

/// <summary>Ports of the loopback that nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>One of them.</summary>
    public static int One() => Take(1)[0];

    /// <summary>That many different ones: they are held together until all are known, so that none is given twice.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            foreach (var listener in listeners)
            {
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
