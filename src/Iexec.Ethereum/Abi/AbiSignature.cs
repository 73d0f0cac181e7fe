using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Abi;

/// <summary>A canonical signature such as <c>transfer(address,uint256)</c>, with its 4-byte selector and 32-byte topic.</summary>
public sealed class AbiSignature
{
    private readonly Bytes32 _hash;

    /// <summary>Takes the canonical form: no spaces, no parameter names, <c>uint256</c> not <c>uint</c>.</summary>
    public AbiSignature(string canonical)
    {
        Canonical = canonical;
        _hash = Keccak256.Hash(canonical);
    }

    /// <summary>The text.</summary>
    public string Canonical { get; }

    /// <summary>First four bytes of keccak-256: function and error selector.</summary>
    public ReadOnlySpan<byte> Selector => _hash.AsSpan()[..4];

    /// <summary>keccak-256: topic 0 of an event.</summary>
    public Bytes32 Topic => _hash;

    /// <inheritdoc/>
    public override string ToString() => Canonical;
}
