namespace Iexec.Ethereum;

/// <summary>Hexadecimal text with the <c>0x</c> prefix that Ethereum's JSON uses.</summary>
public static class Hex
{
    /// <summary>Lower-case hexadecimal with <c>0x</c>; an empty span gives <c>0x</c>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Reads hexadecimal of even length, with or without <c>0x</c>, in any case.</summary>
    /// <exception cref="FormatException">A character is not hexadecimal or the length is odd.</exception>
    public static byte[] Decode(string text) =>
        TryDecode(text, out var bytes) ? bytes : throw new FormatException($"'{Shorten(text)}' is not a hexadecimal string of even length.");

    /// <inheritdoc cref="Decode"/>
    public static bool TryDecode(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is null)
        {
            return false;
        }

        var digits = WithoutPrefix(text);
        if (digits.Length % 2 != 0)
        {
            return false;
        }

        var buffer = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, buffer, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        bytes = buffer;
        return true;
    }

    /// <summary>Reads exactly <paramref name="destination"/>.Length bytes; false if the text has another length or another alphabet.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var digits = WithoutPrefix(text);
        return digits.Length == destination.Length * 2
            && Convert.FromHexString(digits, destination, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "…");
}
