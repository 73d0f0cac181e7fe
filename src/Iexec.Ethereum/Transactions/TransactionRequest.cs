using Iexec.Ethereum.Crypto;

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
}

/// <summary>A transaction before its signature. A null <paramref name="To"/> creates a contract. <paramref name="ValueWei"/> is in wei.</summary>
public sealed record TransactionRequest(
    UInt256 ChainId, ulong Nonce, Address? To, UInt256 ValueWei, ReadOnlyMemory<byte> Data, ulong GasLimit, TransactionFees Fees)
{
    /// <summary>Signs; <see cref="SignedTransaction.Raw"/> goes to <c>eth_sendRawTransaction</c>.</summary>
    public SignedTransaction Sign(PrivateKey key) => throw new NotImplementedException();
}

/// <summary>The encoded transaction and its hash, known before it is sent.</summary>
public sealed record SignedTransaction(byte[] Raw, Bytes32 Hash);
