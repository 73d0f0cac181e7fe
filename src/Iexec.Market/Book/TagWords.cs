using System.Buffers.Binary;
using Iexec.Poco.Orders;

namespace Iexec.Market.Book;

/// <summary>A tag's 256 bits as four words, lowest first, for columns in which SQL compares bits.</summary>
internal readonly record struct TagWords(long Word0, long Word1, long Word2, long Word3)
{
    public static TagWords Of(Tag tag)
    {
        var bytes = tag.Value.AsSpan();
        return new TagWords(
            BinaryPrimitives.ReadInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes));
    }
}
