using Iexec.Market.Feed.Socket;

namespace Iexec.Market.Feed;

/// <summary>Carries new events of one chain from the store to those who listen here.</summary>
internal sealed class FeedPump(FeedStore store, SocketSessions sessions, ulong chainId)
{
    private const int Batch = 500;

    private long? _told;

    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        // Nobody is told what happened before this copy started.
        _told ??= await store.LastAsync(cancellationToken);
        IReadOnlyList<FeedEvent> events;
        do
        {
            events = await store.SinceAsync(_told.Value, Batch, cancellationToken);
            foreach (var e in events)
            {
                sessions.Tell(SocketRoom.Of(chainId, e.Topic), SocketPacket.Event(e));
                _told = e.Seq;
            }
        }
        while (events.Count == Batch);
    }
}
