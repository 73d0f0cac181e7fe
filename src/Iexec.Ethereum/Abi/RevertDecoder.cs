namespace Iexec.Ethereum.Abi;

/// <summary>Why a call reverted. <paramref name="Name"/> is <c>Error</c>, <c>Panic</c>, a custom error's name, or empty when there was no data.</summary>
public sealed record RevertReason(string Name, string Message, byte[] Data);

/// <summary>Turns revert data into words: Error(string), Panic(uint256) with its meaning, and custom errors that were registered.</summary>
public sealed class RevertDecoder
{
    /// <summary>Knows the two built-in errors and the given custom ones, canonical signatures such as <c>IncompatibleDatasetOrder(string)</c>.</summary>
    public RevertDecoder(params IEnumerable<string> customErrors) => throw new NotImplementedException();

    /// <summary>Never throws: unknown data is shown as hexadecimal.</summary>
    public RevertReason Decode(ReadOnlyMemory<byte> data) => throw new NotImplementedException();
}
