using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Book;

/// <summary>
/// An order of any kind as the book sees it. <see cref="App"/>, <see cref="Dataset"/>, <see cref="Workerpool"/> and <see cref="Requester"/> are what the
/// order is about or restricted to; the null address where it is neither.
/// </summary>
internal sealed record BookOrder
{
    public required OrderHash Hash { get; init; }

    public required OrderKind Kind { get; init; }

    public required Address Signer { get; init; }

    public OrderStatus Status { get; init; } = OrderStatus.Open;

    public required UInt256 Volume { get; init; }

    public required UInt256 Remaining { get; init; }

    /// <summary>nRLC per task: what is asked, or for a request what the pool gets at most.</summary>
    public required UInt256 Price { get; init; }

    /// <summary>nRLC of stake that each remaining task needs.</summary>
    public required UInt256 LockPerTask { get; init; }

    public required Tag Tag { get; init; }

    public UInt256 Category { get; init; }

    public UInt256 Trust { get; init; }

    public Address App { get; init; }

    public Address Dataset { get; init; }

    public Address Workerpool { get; init; }

    public Address Requester { get; init; }

    public Address Beneficiary { get; init; }

    public UInt256 AppMaxPrice { get; init; }

    public UInt256 DatasetMaxPrice { get; init; }

    public bool IsBulk { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The signed order as the gateway shows it.</summary>
    public required string OrderJson { get; init; }

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
