namespace Iexec.Ethereum.Rlp;

/// <summary>Bytes that are not the canonical RLP form of what was expected.</summary>
public sealed class RlpException : FormatException
{
    /// <inheritdoc/>
    public RlpException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public RlpException()
    {
    }

    /// <inheritdoc/>
    public RlpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
