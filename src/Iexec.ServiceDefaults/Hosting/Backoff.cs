using System.Buffers.Binary;
using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Hosting;

/// <summary>How long to wait after failures.</summary>
public static class Backoff
{
    /// <summary>
    /// The period after a success; after n failures the period doubled n times, at most the longest wait, and of that a random half to whole,
    /// so that many clients of one failed server do not return together.
    /// </summary>
    public static TimeSpan Delay(ReconcilePace pace, int failures, IEntropySource entropy)
    {
        if (failures == 0)
        {
            return pace.Period;
        }

        var ceiling = Math.Min(pace.Period.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30)), pace.LongestWait.TotalMilliseconds);
        Span<byte> random = stackalloc byte[4];
        entropy.Fill(random);
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + (BinaryPrimitives.ReadUInt32LittleEndian(random) / (double)uint.MaxValue / 2)));
    }
}
