using System.Diagnostics.CodeAnalysis;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Book;

/// <summary>An order of any kind as the book sees it.</summary>
internal sealed record BookOrder : OrderTerms
{
    public BookOrder()
    {
    }

    /// <summary>With the terms of a stored order; what stands there in other shapes follows.</summary>
    [SetsRequiredMembers]
    public BookOrder(OrderTerms terms, OrderHash hash, OrderKind kind)
        : base(terms) => (Hash, Kind) = (hash, kind);

    public required OrderHash Hash { get; init; }

    public required OrderKind Kind { get; init; }

    public OrderStatus Status { get; init; } = OrderStatus.Open;

    public required Tag Tag { get; init; }

    public bool IsBulk { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>Stake that the order needs now.</summary>
    public UInt256 RequiredStake => LockPerTask * Remaining;

    /// <summary>The asset that a seller sells; the null address for a request.</summary>
    public Address Asset => Kind switch
    {
        OrderKind.App => App,
        OrderKind.Dataset => Dataset,
        OrderKind.Workerpool => Workerpool,
        _ => Address.Zero,
    };
}
