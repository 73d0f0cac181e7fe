using Iexec.Ethereum.JsonRpc;
using Iexec.Scheduler.Tasks;

namespace Iexec.Scheduler.Shell;

/// <summary>The chain's time as of the newest block, beside the service's clock.</summary>
internal sealed class ChainClock(TimeProvider time, TimeSpan? maximumHeadAge)
{
    private volatile BlockHeader? _head;

    /// <summary>Newest block seen; null before the first.</summary>
    public BlockHeader? Head => _head;

    /// <summary>False when the node is behind, or has not been heard yet.</summary>
    public bool IsHealthy => _head is { } head && (maximumHeadAge is null || time.GetUtcNow() - At(head) <= maximumHeadAge);

    public Moment Now
    {
        get
        {
            var clock = time.GetUtcNow();
            var chain = _head?.Timestamp ?? 0;
            // Where blocks are made on demand, the next one would bear the present time: waiting for it would be waiting for ourselves.
            return new Moment(maximumHeadAge is null ? Math.Max(chain, (ulong)clock.ToUnixTimeSeconds()) : chain, clock);
        }
    }

    public void Observe(BlockHeader head) => _head = head;

    private static DateTimeOffset At(BlockHeader head) => DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(head.Timestamp, 253402300799));
}
