namespace Iexec.Ethereum.Abi;

/// <summary>Bytes that are not the ABI encoding of what was expected.</summary>
public sealed class AbiException : FormatException
{
    /// <inheritdoc/>
    public AbiException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public AbiException()
    {
    }

    /// <inheritdoc/>
    public AbiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
