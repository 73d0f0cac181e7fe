using Iexec.Ethereum;

namespace Iexec.Market.Book;

/// <summary>
/// What the book and its table say of an order in the same shapes. <see cref="App"/>, <see cref="Dataset"/>, <see cref="Workerpool"/> and
/// <see cref="Requester"/> are what the order is about or restricted to; the null address where it is neither.
/// </summary>
internal abstract record OrderTerms
{
    public required Address Signer { get; init; }

    public required UInt256 Volume { get; init; }

    public required UInt256 Remaining { get; init; }

    /// <summary>nRLC per task: what is asked, or for a request what the pool gets at most.</summary>
    public required UInt256 Price { get; init; }

    /// <summary>nRLC of stake that each remaining task needs.</summary>
    public required UInt256 LockPerTask { get; init; }

    public UInt256 Category { get; init; }

    public UInt256 Trust { get; init; }

    public Address App { get; init; }

    public Address Dataset { get; init; }

    public Address Workerpool { get; init; }

    public Address Requester { get; init; }

    public Address Beneficiary { get; init; }

    public UInt256 AppMaxPrice { get; init; }

    public UInt256 DatasetMaxPrice { get; init; }

    /// <summary>The signed order as the gateway shows it.</summary>
    public required string OrderJson { get; init; }
}
