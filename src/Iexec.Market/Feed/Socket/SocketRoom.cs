namespace Iexec.Market.Feed.Socket;

/// <summary>A topic of one chain.</summary>
internal readonly record struct SocketRoom(ulong ChainId, string Topic)
{
    public static SocketRoom Of(ulong chainId, string topic) => new(chainId, topic);
}
