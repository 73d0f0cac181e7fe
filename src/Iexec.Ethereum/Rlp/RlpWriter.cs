namespace Iexec.Ethereum.Rlp;

/// <summary>Recursive length prefix, canonical form. Source: Ethereum yellow paper, appendix B.</summary>
public sealed class RlpWriter
{
    /// <summary>A byte string.</summary>
    public RlpWriter Bytes(ReadOnlySpan<byte> value) => throw new NotImplementedException();

    /// <summary>A scalar: big endian without leading zeros; 0 is the empty string.</summary>
    public RlpWriter Scalar(UInt256 value) => throw new NotImplementedException();

    /// <summary>A list.</summary>
    public RlpWriter List(Action<RlpWriter> items) => throw new NotImplementedException();

    /// <summary>The bytes.</summary>
    public byte[] ToArray() => throw new NotImplementedException();
}
