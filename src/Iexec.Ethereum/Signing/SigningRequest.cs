using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Ethereum.Transactions;

namespace Iexec.Ethereum.Signing;

/// <summary>Something to sign, with what a wallet needs to show or to judge it. Who trusts its caller signs the <see cref="Digest"/> and looks no further.</summary>
public abstract record SigningRequest
{
    private SigningRequest()
    {
    }

    /// <summary>The 32 bytes that are signed as they are, already with every prefix.</summary>
    public abstract Bytes32 Digest { get; }

    /// <summary>A transaction (EIP-155 or EIP-1559).</summary>
    /// <param name="Request">What is to be sent.</param>
    public sealed record Transaction(TransactionRequest Request) : SigningRequest
    {
        /// <inheritdoc/>
        public override Bytes32 Digest => Request.SigningHash;
    }

    /// <summary>A structured document (EIP-712).</summary>
    /// <param name="Document">What is to be signed.</param>
    public sealed record TypedData(TypedDocument Document) : SigningRequest
    {
        /// <inheritdoc/>
        public override Bytes32 Digest => Document.Digest;
    }

    /// <summary>Bytes under the prefix of <c>personal_sign</c> (EIP-191, version 0x45).</summary>
    /// <param name="Bytes">Without the prefix.</param>
    public sealed record Message(ReadOnlyMemory<byte> Bytes) : SigningRequest
    {
        /// <inheritdoc/>
        public override Bytes32 Digest => Eip191.HashMessage(Bytes.Span);
    }
}
