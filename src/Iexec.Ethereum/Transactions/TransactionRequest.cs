using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Transactions;

/// <summary>A transaction before its signature. A null <paramref name="To"/> creates a contract. <paramref name="ValueWei"/> is in wei.</summary>
public sealed record TransactionRequest(
    UInt256 ChainId, ulong Nonce, Address? To, UInt256 ValueWei, ReadOnlyMemory<byte> Data, ulong GasLimit, TransactionFees Fees)
{
    /// <summary>The digest that the sender signs (EIP-155 or EIP-1559).</summary>
    public Bytes32 SigningHash => Keccak256.Hash(TransactionCodec.EncodeUnsigned(this));

    /// <summary>Signs; <see cref="SignedTransaction.Raw"/> goes to <c>eth_sendRawTransaction</c>.</summary>
    public SignedTransaction Sign(PrivateKey key) => With(key.Sign(SigningHash));

    /// <summary>Puts a signature over <see cref="SigningHash"/> to it. Whose it is is not looked at.</summary>
    public SignedTransaction With(Signature signature)
    {
        var raw = TransactionCodec.EncodeSigned(this, signature);
        return new SignedTransaction(raw, Keccak256.Hash(raw));
    }
}

/// <summary>The encoded transaction and its hash, known before it is sent.</summary>
public sealed record SignedTransaction(byte[] Raw, Bytes32 Hash)
{
    /// <summary>Reads the signed form of a legacy (EIP-155) or type 2 (EIP-1559) transaction and recovers its sender.</summary>
    /// <exception cref="Rlp.RlpException">
    /// Not canonical RLP, another transaction type, an access list, no replay protection, or a signature that fits no key.
    /// </exception>
    public static DecodedTransaction Decode(ReadOnlyMemory<byte> raw) => TransactionCodec.Decode(raw);
}

/// <summary>What a signed transaction says and who signed it.</summary>
public sealed record DecodedTransaction(TransactionRequest Request, Signature Signature, Address Sender, Bytes32 Hash);
