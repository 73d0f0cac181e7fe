namespace Iexec.Ethereum.Transactions;

/// <summary>Fees of a transaction in wei per gas: EIP-1559 when the chain has a base fee, else one legacy price.</summary>
public abstract record TransactionFees
{
    private TransactionFees()
    {
    }

    /// <summary>Type 0, EIP-155.</summary>
    public sealed record Legacy(UInt256 GasPrice) : TransactionFees;

    /// <summary>Type 2, EIP-1559.</summary>
    public sealed record DynamicFee(UInt256 MaxFeePerGas, UInt256 MaxPriorityFeePerGas) : TransactionFees;

    /// <summary>The most one unit of gas can cost, in wei.</summary>
    public UInt256 MaxPrice => this switch
    {
        Legacy legacy => legacy.GasPrice,
        DynamicFee dynamic => dynamic.MaxFeePerGas,
        _ => throw new InvalidOperationException("Unknown kind of fees."),
    };
}
