namespace Iexec.Ethereum.Abi;

/// <summary>A growing run of bytes, zero where nothing was written: padding costs nothing.</summary>
internal sealed class AbiBuffer
{
    private byte[] _bytes = [];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    /// <summary>The next <paramref name="length"/> bytes, zeroed. The span is valid until the next call.</summary>
    public Span<byte> Append(int length)
    {
        var start = Count;
        var end = checked(start + length);
        if (end > _bytes.Length)
        {
            System.Array.Resize(ref _bytes, Math.Max(end, (int)Math.Min(_bytes.Length * 2L, System.Array.MaxLength)));
        }

        Count = end;
        return _bytes.AsSpan(start, length);
    }
}
