using System.Text;

namespace Iexec.Worker.Containers;

/// <summary>Keeps the last characters of an endless UTF-8 stream in bounded memory.</summary>
public sealed class TextTail(int limit = TextTail.DefaultLimit)
{
    /// <summary>What the official scheduler keeps of each stream, in characters.</summary>
    public const int DefaultLimit = 100_000;

    private readonly StringBuilder _text = new();
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();

    /// <summary>Takes the next bytes; a character may be cut between two calls.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = _decoder.GetChars(bytes, characters, flush: false);
        _text.Append(characters, 0, count);

        // Cutting only when twice the limit is reached keeps the cost per character constant.
        if (_text.Length > 2 * limit)
        {
            _text.Remove(0, _text.Length - limit);
        }
    }

    /// <summary>The last characters, never beginning in the middle of a surrogate pair.</summary>
    public override string ToString()
    {
        var start = Math.Max(0, _text.Length - limit);

        // The decoder gives whole pairs, so half a pair in front was cut here or by an earlier trimming.
        if (start < _text.Length && char.IsLowSurrogate(_text[start]))
        {
            start++;
        }

        return _text.ToString(start, _text.Length - start);
    }
}
