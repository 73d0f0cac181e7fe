namespace Iexec.Ethereum.JsonRpc;

/// <summary>Calls that wait to be sent together. It is open while the code that asks runs for the first time, up to its first wait.</summary>
internal sealed class CallGathering
{
    private readonly Lock _gate = new();
    private readonly List<RpcCall> _calls = [];
    private readonly List<Asked> _asked = [];
    private bool _isClosed;

    /// <summary>True when nothing more can be added.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>That of the first call.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Takes calls for later; false when the batch is already on its way.</summary>
    public bool TryAdd(IReadOnlyList<RpcCall> calls, CancellationToken cancellation, out Task<RpcReply[]> replies)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                replies = Task.FromResult<RpcReply[]>([]);
                return false;
            }

            Cancellation = _asked.Count == 0 ? cancellation : Cancellation;
            var asked = new Asked(_calls.Count, calls.Count);
            _calls.AddRange(calls);
            _asked.Add(asked);
            replies = asked.Replies.Task;
            return true;
        }
    }

    /// <summary>Everything that was asked, once.</summary>
    public IReadOnlyList<RpcCall> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _calls;
        }
    }

    /// <summary>Gives everyone his part of the answers.</summary>
    public void Answer(RpcReply[] replies)
    {
        foreach (var asked in _asked)
        {
            asked.Replies.SetResult(replies[asked.Start..(asked.Start + asked.Count)]);
        }
    }

    /// <summary>Gives everyone the failure.</summary>
    public void Fail(Exception failure)
    {
        foreach (var asked in _asked)
        {
            asked.Replies.SetException(failure);
        }
    }

    private sealed record Asked(int Start, int Count)
    {
        // Those who wait go on at once, on the thread that brought the answers: it has nothing else to do, and none need be woken.
        public TaskCompletionSource<RpcReply[]> Replies { get; } = new();
    }
}
