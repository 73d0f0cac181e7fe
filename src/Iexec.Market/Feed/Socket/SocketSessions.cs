using System.Collections.Concurrent;
using System.Net;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Auth;

namespace Iexec.Market.Feed.Socket;

/// <summary>Everybody who listens at this copy of the gateway. Their number is limited, also per client.</summary>
internal sealed class SocketSessions(IReadOnlySet<ulong> chains, TimeProvider time, IEntropySource entropy)
{
    private const int Most = 10_000;
    private const int MostOfOne = 100;

    private readonly ConcurrentDictionary<string, SocketSession> _sessions = new();

    /// <summary>A new session; null when there are too many.</summary>
    public SocketSession? Open(IPAddress client)
    {
        if (_sessions.Count >= Most || _sessions.Values.Count(session => session.Client.Equals(client)) >= MostOfOne)
        {
            return null;
        }

        var session = new SocketSession(ChallengeOptions.RandomAlphanumerics(entropy), client, chains, time);
        _sessions[session.Id] = session;
        return session;
    }

    /// <summary>An open session by its id, for the client that opened it: an id that leaked is of no use elsewhere.</summary>
    public SocketSession? Find(string? id, IPAddress client) =>
        id is not null && _sessions.TryGetValue(id, out var session) && session.IsOpen && session.Client.Equals(client) ? session : null;

    public void Remove(SocketSession session)
    {
        session.Close();
        _sessions.TryRemove(session.Id, out _);
    }

    public void Tell(SocketRoom room, string packet)
    {
        foreach (var session in _sessions.Values.Where(session => session.Listens(room)))
        {
            session.Send(packet);
        }
    }

    /// <summary>Pings everybody whose turn it is, and forgets who is gone.</summary>
    public Task TickAsync(CancellationToken cancellationToken)
    {
        foreach (var session in _sessions.Values)
        {
            session.Tick();
            if (!session.IsOpen)
            {
                Remove(session);
            }
        }

        return Task.CompletedTask;
    }

    public void CloseAll()
    {
        foreach (var session in _sessions.Values)
        {
            Remove(session);
        }
    }
}
