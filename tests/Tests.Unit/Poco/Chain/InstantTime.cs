namespace Tests.Unit.Poco.Chain;

/// <summary>A clock that jumps: every delay is over at once, after the time it asked for has passed on this clock.</summary>
internal sealed class InstantTime(Action onDelay) : TimeProvider
{
    private const int Endless = 100_000;

    private long _ticks;
    private int _delays;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (Interlocked.Increment(ref _delays) > Endless)
        {
            throw new InvalidOperationException("Waiting without end.");
        }

        Interlocked.Add(ref _ticks, dueTime.Ticks);
        onDelay();
        ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        return new Done();
    }

    private sealed class Done : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
