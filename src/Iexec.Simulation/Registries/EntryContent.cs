using System.Buffers.Binary;
using Iexec.Ethereum;

namespace Iexec.Simulation.Registries;

/// <summary>The content behind the code of an app or a dataset: a checksum, the lengths of all texts but the last in 3 bytes each, the texts without padding.</summary>
internal sealed record EntryContent(Bytes32 Checksum, params byte[][] Texts)
{
    private const int LengthSize = 3;

    /// <summary>Reads content of a known number of texts.</summary>
    public static EntryContent Read(ReadOnlySpan<byte> content, int texts)
    {
        var result = new EntryContent(new Bytes32(content[..32]), new byte[texts][]);
        var start = 32 + (texts - 1) * LengthSize;
        for (var i = 0; i < texts; i++)
        {
            var end = i == texts - 1 ? content.Length : start + BinaryPrimitives.ReadInt32BigEndian([0, .. content.Slice(32 + i * LengthSize, LengthSize)]);
            result.Texts[i] = content[start..end].ToArray();
            start = end;
        }

        return result;
    }

    public byte[] ToArray() =>
    [
        .. Checksum.AsSpan(),
        .. Texts.SkipLast(1).SelectMany(text => new[] { (byte)(text.Length >> 16), (byte)(text.Length >> 8), (byte)text.Length }),
        .. Texts.SelectMany(text => text),
    ];
}
