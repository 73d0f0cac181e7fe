namespace Iexec.Sdk.Multiaddrs;

/// <summary>Unsigned varint: seven bits per byte, least significant first. Source: github.com/multiformats/unsigned-varint.</summary>
internal static class Varint
{
    public static void Write(List<byte> destination, int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            destination.Add((byte)(value | 0x80));
        }

        destination.Add((byte)value);
    }

    /// <summary>Reads at most three bytes, which no code or length here exceeds; the form must be the shortest.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out int value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(bytes.Length, 3); i++)
        {
            value |= (bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                var shortest = i == 0 || bytes[i] != 0;
                bytes = bytes[(i + 1)..];
                return shortest;
            }
        }

        return false;
    }
}
