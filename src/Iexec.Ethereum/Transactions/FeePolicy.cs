namespace Iexec.Ethereum.Transactions;

/// <summary>Which fees to offer, as pure functions of what the node says.</summary>
public static class FeePolicy
{
    /// <summary>
    /// EIP-1559 fees when the chain has a base fee: 2 × base fee + tip stays valid through five full blocks in a row, since the base fee
    /// grows by 1/8 per block at most. Without a base fee, the node's gas price. When the node suggests no tip (null), the tip is what its
    /// gas price leaves above the base fee. All in wei per gas.
    /// </summary>
    public static TransactionFees Suggest(UInt256? baseFee, UInt256 gasPrice, UInt256? tip)
    {
        if (baseFee is not { } perGas)
        {
            return new TransactionFees.Legacy(gasPrice);
        }

        var priority = tip ?? (gasPrice > perGas ? gasPrice - perGas : UInt256.Zero);
        return new TransactionFees.DynamicFee((perGas * 2) + priority, priority);
    }

    /// <summary>
    /// Fees that replace a pending transaction of the same nonce: each at least 12.5 % above before (nodes demand 10 %, and some 12.5 %),
    /// and not below what the market asks <paramref name="market"/> now. The kind stays that of <paramref name="previous"/>.
    /// </summary>
    public static TransactionFees Bump(TransactionFees previous, TransactionFees market)
    {
        switch (previous)
        {
            case TransactionFees.Legacy legacy:
                return new TransactionFees.Legacy(UInt256.Max(Raise(legacy.GasPrice), market.MaxPrice));
            case TransactionFees.DynamicFee dynamic:
                var tip = Raise(dynamic.MaxPriorityFeePerGas);
                if (market is TransactionFees.DynamicFee now)
                {
                    tip = UInt256.Max(tip, now.MaxPriorityFeePerGas);
                }

                var max = UInt256.Max(Raise(dynamic.MaxFeePerGas), market.MaxPrice);
                return new TransactionFees.DynamicFee(UInt256.Max(max, tip), tip);
            default:
                throw new InvalidOperationException("Unknown kind of fees.");
        }
    }

    // Rounded up, and never the same: a price of 1 wei must rise too.
    private static UInt256 Raise(UInt256 wei) => wei + UInt256.Max((wei + 7) / 8, 1);
}
