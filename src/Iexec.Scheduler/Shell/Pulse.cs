namespace Iexec.Scheduler.Shell;

/// <summary>Wakes everybody who waits: the seam between "something changed" and a long poll.</summary>
internal sealed class Pulse
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes at the next beat. Take it before looking, so that nothing is missed between.</summary>
    public Task Next => _next.Task;

    public void Beat() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Looks until there is something or the time is over; then gives what the last look gave.</summary>
    public async Task<T?> PollAsync<T>(Func<Task<T?>> look, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var end = wait > TimeSpan.Zero ? Task.Delay(wait, time, over.Token) : Task.CompletedTask;
        while (true)
        {
            var next = Next;
            var found = await look();
            if (found is not null || end.IsCompleted)
            {
                await over.CancelAsync();
                return found;
            }

            await Task.WhenAny(next, end);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
