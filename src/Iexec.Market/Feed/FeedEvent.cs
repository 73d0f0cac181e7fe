namespace Iexec.Market.Feed;

/// <summary>Something that listeners are told. <paramref name="Payload"/> is JSON: an order or a deal, or the hash of an order that is gone, quoted.</summary>
internal sealed record FeedEvent(long Seq, string Topic, string Name, string Payload)
{
    public const string Orders = "orders";
    public const string Deals = "deals";
}
