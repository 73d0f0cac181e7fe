using Iexec.Poco;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Worker.Replicates;

/// <summary>A running replicate: its saved state, what woke it up, and what the scheduler was told since the start.</summary>
internal sealed class Replicate(ReplicateState state) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _aborted = new();
    private ReplicateState _state = state;
    private ReplicateStatus? _told;
    private SemaphoreSlim? _slot;
    private int _refusals;

    public TaskId TaskId => State.TaskId;

    public ReplicateState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Cancelled when the scheduler asks to stop.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <summary>Changes and saves the state; on the disk before anybody acts on it.</summary>
    public void Change(ReplicateFolder folder, Func<ReplicateState, ReplicateState> change)
    {
        lock (_gate)
        {
            var changed = change(_state);
            if (changed != _state)
            {
                folder.Save(changed);
                _state = changed;
            }
        }
    }

    /// <summary>Takes a notification and wakes the runner.</summary>
    public void Notify(ReplicateFolder folder, TaskNotificationType asked)
    {
        Change(folder, state => state.With(asked));
        if (asked == TaskNotificationType.PleaseAbort)
        {
            _aborted.Cancel();
        }

        lock (_gate)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    /// <summary>Waits for a free slot of the worker.</summary>
    public async Task TakeSlotAsync(SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        _slot = slots;
    }

    /// <summary>Gives the slot to the next task: after the contribution there is only waiting left.</summary>
    public void FreeSlot() => Interlocked.Exchange(ref _slot, null)?.Release();

    /// <summary>True if the scheduler has not been told this status since the start.</summary>
    public bool Tell(ReplicateStatus status)
    {
        var isNew = _told != status;
        _told = status;
        return isNew;
    }

    /// <summary>Refusals by the chain so far.</summary>
    public int CountRefusal() => ++_refusals;

    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look again.
        }
    }

    public void Dispose()
    {
        _wake.Dispose();
        _aborted.Dispose();
    }
}
