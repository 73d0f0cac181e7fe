using System.Buffers;

namespace Iexec.Sdk.Storage;

/// <summary>A link of a dag-pb node: what it points to, the bytes of content below it and the bytes of blocks below it.</summary>
internal readonly record struct DagLink(Cid Cid, ulong ContentBytes, ulong TreeBytes);

/// <summary>
/// The two protobuf messages of an IPFS file node, in the one byte form that Kubo writes: dag-pb (links before data, empty
/// link names present) around UnixFS. Sources: ipld.io/specs/codecs/dag-pb, specs.ipfs.tech/unixfs.
/// </summary>
internal static class DagPb
{
    private const byte UnixFsFile = 2;

    /// <summary>A leaf that carries content. Empty content leaves the data member out, as Kubo does.</summary>
    public static byte[] EncodeLeaf(ReadOnlySpan<byte> content)
    {
        var unixFs = new ArrayBufferWriter<byte>(content.Length + 16);
        Varint(unixFs, 1, UnixFsFile);
        if (!content.IsEmpty)
        {
            Bytes(unixFs, 2, content);
        }

        Varint(unixFs, 3, (ulong)content.Length);
        var node = new ArrayBufferWriter<byte>(unixFs.WrittenCount + 8);
        Bytes(node, 1, unixFs.WrittenSpan);
        return node.WrittenSpan.ToArray();
    }

    /// <summary>An inner node over its children, in order.</summary>
    public static byte[] EncodeInner(IReadOnlyList<DagLink> children)
    {
        var node = new ArrayBufferWriter<byte>();
        var unixFs = new ArrayBufferWriter<byte>();
        Varint(unixFs, 1, UnixFsFile);
        Varint(unixFs, 3, children.Aggregate(0UL, (sum, child) => sum + child.ContentBytes));
        foreach (var child in children)
        {
            Varint(unixFs, 4, child.ContentBytes);
            var link = new ArrayBufferWriter<byte>(48);
            Bytes(link, 1, child.Cid.ToMultihash());
            Bytes(link, 2, []);
            Varint(link, 3, child.TreeBytes);
            Bytes(node, 2, link.WrittenSpan);
        }

        Bytes(node, 1, unixFs.WrittenSpan);
        return node.WrittenSpan.ToArray();
    }

    private static void Varint(ArrayBufferWriter<byte> writer, int field, ulong value)
    {
        Raw(writer, (ulong)(field << 3));
        Raw(writer, value);
    }

    private static void Bytes(ArrayBufferWriter<byte> writer, int field, ReadOnlySpan<byte> value)
    {
        Raw(writer, (ulong)((field << 3) | 2));
        Raw(writer, (ulong)value.Length);
        writer.Write(value);
    }

    private static void Raw(ArrayBufferWriter<byte> writer, ulong value)
    {
        var span = writer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        writer.Advance(length);
    }
}
