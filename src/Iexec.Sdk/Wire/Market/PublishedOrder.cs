using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;

namespace Iexec.Sdk.Wire.Market;

/// <summary>An order in the book.</summary>
/// <param name="Hash">EIP-712 digest under the hub's domain.</param>
/// <param name="Order">Order and signature.</param>
/// <param name="ChainId">The chain.</param>
/// <param name="Remaining">Tasks it is still good for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PublishedAt">First publication; breaks ties of price.</param>
/// <param name="Signer">Owner of the asset, or the requester.</param>
public sealed record PublishedOrder<TOrder>(
    OrderHash Hash, Signed<TOrder> Order, ulong ChainId, UInt256 Remaining, OrderStatus Status, DateTimeOffset PublishedAt, Address Signer)
    where TOrder : Order;

/// <summary>A page of a listing.</summary>
/// <param name="Items">In the gateway's order.</param>
/// <param name="Count">Matches in all pages.</param>
/// <param name="HasMore">True if there is a next page.</param>
public sealed record MarketPage<T>(IReadOnlyList<T> Items, long Count, bool HasMore)
{
    /// <summary>Where the next page begins, for <see cref="OrderQuery.After"/> and <see cref="DealQuery.After"/>; null if the gateway counts pages only.</summary>
    public string? NextAfter { get; init; }
}
