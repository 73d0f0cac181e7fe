using Iexec.Ethereum;

namespace Iexec.Poco.Orders;

/// <summary>
/// What the four orders share. Prices are in nRLC per task, volumes in tasks. The members of each order and their order are
/// those of its EIP-712 type; its <see cref="OrderSchema{TOrder}"/> derives hash, ABI form and JSON from them.
/// </summary>
public abstract record Order
{
    /// <summary>Which of the four.</summary>
    public abstract OrderKind Kind { get; }

    /// <summary>Number of tasks the order is good for.</summary>
    public required UInt256 Volume { get; init; }

    /// <summary>Bit field of execution conditions, see <see cref="Tag"/>.</summary>
    public Tag Tag { get; init; }

    /// <summary>32 random bytes, new at every signing, that make two equal offers two orders.</summary>
    public Bytes32 Salt { get; init; }
}

/// <summary>An offer to run an application. A zero restriction admits anyone.</summary>
public sealed record AppOrder : Order
{
    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.App;

    /// <summary>The application.</summary>
    public required Address App { get; init; }

    /// <summary>nRLC per task.</summary>
    public UInt256 AppPrice { get; init; }

    /// <summary>Only this dataset, or group of datasets.</summary>
    public Address DatasetRestrict { get; init; }

    /// <summary>Only this worker pool, or group.</summary>
    public Address WorkerpoolRestrict { get; init; }

    /// <summary>Only this requester, or group.</summary>
    public Address RequesterRestrict { get; init; }
}

/// <summary>An offer to use a dataset. A zero restriction admits anyone.</summary>
public sealed record DatasetOrder : Order
{
    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.Dataset;

    /// <summary>The dataset; zero in the order that stands for "no dataset".</summary>
    public required Address Dataset { get; init; }

    /// <summary>nRLC per task.</summary>
    public UInt256 DatasetPrice { get; init; }

    /// <summary>Only this application, or group.</summary>
    public Address AppRestrict { get; init; }

    /// <summary>Only this worker pool, or group.</summary>
    public Address WorkerpoolRestrict { get; init; }

    /// <summary>Only this requester, or group.</summary>
    public Address RequesterRestrict { get; init; }

    /// <summary>The order that takes the dataset's place when a request uses none.</summary>
    public static DatasetOrder None { get; } = new() { Dataset = Address.Zero, Volume = UInt256.Zero };
}

/// <summary>An offer of computing power in one category at one level of trust.</summary>
public sealed record WorkerpoolOrder : Order
{
    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.Workerpool;

    /// <summary>The worker pool.</summary>
    public required Address Workerpool { get; init; }

    /// <summary>nRLC per task.</summary>
    public UInt256 WorkerpoolPrice { get; init; }

    /// <summary>Index of the category, which bounds the execution time.</summary>
    public UInt256 Category { get; init; }

    /// <summary>Highest trust offered; 0 and 1 mean a single execution.</summary>
    public UInt256 Trust { get; init; }

    /// <summary>Only this application, or group.</summary>
    public Address AppRestrict { get; init; }

    /// <summary>Only this dataset, or group.</summary>
    public Address DatasetRestrict { get; init; }

    /// <summary>Only this requester, or group.</summary>
    public Address RequesterRestrict { get; init; }
}

/// <summary>What a requester wants to buy, with the highest prices it pays.</summary>
public sealed record RequestOrder : Order
{
    /// <inheritdoc/>
    public override OrderKind Kind => OrderKind.Request;

    /// <summary>The application to run.</summary>
    public required Address App { get; init; }

    /// <summary>nRLC per task at most.</summary>
    public UInt256 AppMaxPrice { get; init; }

    /// <summary>The dataset, zero for none.</summary>
    public Address Dataset { get; init; }

    /// <summary>nRLC per task at most.</summary>
    public UInt256 DatasetMaxPrice { get; init; }

    /// <summary>The worker pool or group, zero for any.</summary>
    public Address Workerpool { get; init; }

    /// <summary>nRLC per task at most.</summary>
    public UInt256 WorkerpoolMaxPrice { get; init; }

    /// <summary>Who signs and pays.</summary>
    public required Address Requester { get; init; }

    /// <summary>Index of the category.</summary>
    public UInt256 Category { get; init; }

    /// <summary>Trust wanted; a wrong result has a probability of at most 1/trust.</summary>
    public UInt256 Trust { get; init; }

    /// <summary>Who owns the result; zero means the requester.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>Contract that receives the result (ERC-1154), zero for none.</summary>
    public Address Callback { get; init; }

    /// <summary>Execution parameters: text that is signed byte for byte.</summary>
    public string Params { get; init; } = "";
}

/// <summary>An order with its signature: 65 or 64 bytes of an EOA, any bytes for an ERC-1271 contract, empty when presigned.</summary>
public sealed record Signed<TOrder>(TOrder Order, ReadOnlyMemory<byte> Sign)
    where TOrder : Order;
