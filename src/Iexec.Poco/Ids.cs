using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Poco;

/// <summary>keccak-256(requestOrderHash ‖ uint256 consumed volume of that order): one purchase of one or more tasks.</summary>
public readonly record struct DealId(Bytes32 Value)
{
    /// <summary>The id that the contracts give to the deal that takes a request from its consumed volume onwards.</summary>
    public static DealId Of(OrderHash request, UInt256 consumed) =>
        new(Keccak256.Hash([.. request.Value.AsSpan(), .. consumed.ToBytes32().AsSpan()]));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Reads 0x and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out DealId id)
    {
        var valid = Bytes32.TryParse(text, out var value);
        id = new DealId(value);
        return valid;
    }
}

/// <summary>keccak-256(dealId ‖ uint256 index): one execution.</summary>
public readonly record struct TaskId(Bytes32 Value)
{
    /// <summary>The id that the contracts give to task <paramref name="index"/> of a deal.</summary>
    public static TaskId Of(DealId deal, UInt256 index) =>
        new(Keccak256.Hash([.. deal.Value.AsSpan(), .. index.ToBytes32().AsSpan()]));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Reads 0x and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out TaskId id)
    {
        var valid = Bytes32.TryParse(text, out var value);
        id = new TaskId(value);
        return valid;
    }
}

/// <summary>The EIP-712 digest of an order: its identity on the chain and in the book.</summary>
public readonly record struct OrderHash(Bytes32 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Reads 0x and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out OrderHash hash)
    {
        var valid = Bytes32.TryParse(text, out var value);
        hash = new OrderHash(value);
        return valid;
    }
}
