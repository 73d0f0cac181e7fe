namespace Iexec.Ethereum.Abi;

/// <summary>
/// Writes one tuple of the contract ABI: static values into the head, dynamic ones into the tail behind an offset.
/// The generated bindings call it; there is no reflection and no boxing.
/// Source: Solidity documentation, "Contract ABI Specification".
/// </summary>
public sealed class AbiWriter
{
    /// <summary>uint8 … uint256, right-aligned.</summary>
    public AbiWriter Uint(UInt256 value) => throw new NotImplementedException();

    /// <summary>bool.</summary>
    public AbiWriter Bool(bool value) => throw new NotImplementedException();

    /// <summary>address.</summary>
    public AbiWriter Address(Address value) => throw new NotImplementedException();

    /// <summary>bytes32.</summary>
    public AbiWriter Bytes32(Bytes32 value) => throw new NotImplementedException();

    /// <summary>bytes1 … bytes32, left-aligned.</summary>
    public AbiWriter FixedBytes(ReadOnlySpan<byte> value) => throw new NotImplementedException();

    /// <summary>bytes.</summary>
    public AbiWriter Bytes(ReadOnlySpan<byte> value) => throw new NotImplementedException();

    /// <summary>string, UTF-8.</summary>
    public AbiWriter String(string value) => throw new NotImplementedException();

    /// <summary>A tuple without dynamic members: written in place.</summary>
    public AbiWriter StaticTuple(Action<AbiWriter> members) => throw new NotImplementedException();

    /// <summary>A tuple with a dynamic member: written into the tail.</summary>
    public AbiWriter DynamicTuple(Action<AbiWriter> members) => throw new NotImplementedException();

    /// <summary>T[] of elements that each take a fixed number of words.</summary>
    public AbiWriter StaticArray<T>(IReadOnlyCollection<T> items, Action<AbiWriter, T> element) => throw new NotImplementedException();

    /// <summary>T[] of elements that are dynamic themselves (bytes, string, dynamic tuples).</summary>
    public AbiWriter DynamicArray<T>(IReadOnlyCollection<T> items, Action<AbiWriter, T> element) => throw new NotImplementedException();

    /// <summary>Head and tail.</summary>
    public byte[] ToArray() => throw new NotImplementedException();

    /// <summary>4-byte selector, head, tail.</summary>
    public byte[] ToCallData(ReadOnlySpan<byte> selector) => [.. selector, .. ToArray()];
}
