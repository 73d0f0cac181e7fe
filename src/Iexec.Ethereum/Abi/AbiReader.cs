namespace Iexec.Ethereum.Abi;

/// <summary>
/// Reads one tuple of the contract ABI in order. Offsets and lengths are checked against the data, so that hostile bytes
/// give an <see cref="AbiException"/> and never a large allocation.
/// </summary>
public sealed class AbiReader
{
    /// <summary>Starts at the first word of a tuple.</summary>
    public AbiReader(ReadOnlyMemory<byte> data) => throw new NotImplementedException();

    /// <summary>uint8 … uint256.</summary>
    public UInt256 Uint() => throw new NotImplementedException();

    /// <summary>A uint that the protocol bounds to 64 bits (times, indices). Throws when larger.</summary>
    public ulong Ulong() => throw new NotImplementedException();

    /// <summary>bool: 0 or 1.</summary>
    public bool Bool() => throw new NotImplementedException();

    /// <summary>address: the upper 12 bytes must be zero.</summary>
    public Address Address() => throw new NotImplementedException();

    /// <summary>bytes32.</summary>
    public Bytes32 Bytes32() => throw new NotImplementedException();

    /// <summary>bytes.</summary>
    public byte[] Bytes() => throw new NotImplementedException();

    /// <summary>string; bytes that are not UTF-8 become U+FFFD, since a stranger may have written them.</summary>
    public string String() => throw new NotImplementedException();

    /// <summary>A tuple without dynamic members.</summary>
    public T StaticTuple<T>(Func<AbiReader, T> members) => throw new NotImplementedException();

    /// <summary>A tuple with a dynamic member.</summary>
    public T DynamicTuple<T>(Func<AbiReader, T> members) => throw new NotImplementedException();

    /// <summary>T[] of elements that each take <paramref name="wordsPerItem"/> words.</summary>
    public T[] StaticArray<T>(int wordsPerItem, Func<AbiReader, T> element) => throw new NotImplementedException();

    /// <summary>T[] of dynamic elements.</summary>
    public T[] DynamicArray<T>(Func<AbiReader, T> element) => throw new NotImplementedException();
}
