using System.Buffers;
using System.Buffers.Binary;

namespace Iexec.Worker.Containers.Engine;

/// <summary>
/// Splits the engine's log stream into its two halves. Each frame has a header of eight bytes: the stream (1 stdout, 2 stderr),
/// three zero bytes, the length (big-endian).
/// </summary>
internal static class LogStream
{
    private const int HeaderBytes = 8;

    public static async Task DemultiplexAsync(Stream source, TextTail stdout, TextTail stderr, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await source.ReadAtLeastAsync(buffer.AsMemory(0, HeaderBytes), HeaderBytes, throwOnEndOfStream: false, cancellationToken) == HeaderBytes)
            {
                var tail = buffer[0] == 2 ? stderr : stdout;
                long remaining = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4));
                while (remaining > 0)
                {
                    var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(remaining, buffer.Length)), cancellationToken);
                    if (read == 0)
                    {
                        return;
                    }

                    tail.Append(buffer.AsSpan(0, read));
                    remaining -= read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
