using System.Net;
using System.Threading.Channels;

namespace Iexec.Market.Feed.Socket;

/// <summary>One connection of a listener, over either transport. What it is too slow to take ends it: it reads on by number when it comes back.</summary>
internal sealed class SocketSession(string id, IPAddress client, IReadOnlySet<ulong> chains, TimeProvider time)
{
    public const int LargestMessage = 16 * 1024;
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(25);
    public static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    private const int MostWaiting = 1024;

    private readonly Channel<string> _outgoing = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });
    private readonly HashSet<SocketRoom> _rooms = [];
    private readonly Lock _lock = new();
    private DateTimeOffset _heard = time.GetUtcNow();
    private DateTimeOffset _pinged = time.GetUtcNow();

    public string Id => id;

    public IPAddress Client => client;

    /// <summary>Packets to send; completed when the session has ended.</summary>
    public ChannelReader<string> Outgoing => _outgoing.Reader;

    public bool IsOpen => !_outgoing.Reader.Completion.IsCompleted && !IsClosing;

    private bool IsClosing { get; set; }

    public bool Listens(SocketRoom room)
    {
        lock (_lock)
        {
            return _rooms.Contains(room);
        }
    }

    public void Send(string packet)
    {
        if (!_outgoing.Writer.TryWrite(packet))
        {
            Close();
        }
    }

    public void Close()
    {
        IsClosing = true;
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Pings when it is time; ends a session that did not answer the last one.</summary>
    public void Tick()
    {
        var now = time.GetUtcNow();
        if (now - _heard > PingInterval + PingTimeout)
        {
            Close();
        }
        else if (now - _pinged >= PingInterval)
        {
            _pinged = now;
            Send(SocketPacket.Ping);
        }
    }

    /// <summary>A packet of the client. One that cannot be understood ends the session.</summary>
    public void Receive(string packet)
    {
        _heard = time.GetUtcNow();
        switch (packet)
        {
            case SocketPacket.Pong:
                return;
            case SocketPacket.Close:
                Close();
                return;
            case SocketPacket.Disconnect:
                LeaveAll();
                return;
            case var _ when packet.StartsWith(SocketPacket.Connect, StringComparison.Ordinal):
                Send(packet.StartsWith(SocketPacket.Connect + "/", StringComparison.Ordinal) ? SocketPacket.Refusal : SocketPacket.Connected(id));
                return;
            case var _ when SocketPacket.TryReadEvent(packet, out var call):
                Answer(call, Perform(call));
                return;
            default:
                Close();
                return;
        }
    }

    private bool Perform(SocketCall call)
    {
        if (call.Name == "leaveAll")
        {
            LeaveAll();
            return true;
        }

        if (call.Name is not ("join" or "leave") || !ulong.TryParse(call.ChainId, out var chainId) || !chains.Contains(chainId)
            || call.Topic is not (FeedEvent.Orders or FeedEvent.Deals))
        {
            return false;
        }

        lock (_lock)
        {
            _ = call.Name == "join" ? _rooms.Add(SocketRoom.Of(chainId, call.Topic)) : _rooms.Remove(SocketRoom.Of(chainId, call.Topic));
        }

        return true;
    }

    private void LeaveAll()
    {
        lock (_lock)
        {
            _rooms.Clear();
        }
    }

    private void Answer(SocketCall call, bool isDone)
    {
        if (call.AnswerId.Length > 0)
        {
            Send(SocketPacket.Acknowledge(call.AnswerId, isDone));
        }
    }
}
