namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// A public scalar in width-w non-adjacent form: odd signed digits below 2^(w−1), at least w−1 zeros after each. One that is
/// high is taken as the negative of its negative, so that parts of ±128 bits have about 129 digits.
/// </summary>
internal static class NonAdjacentForm
{
    internal const int MaxDigits = 257;

    /// <summary>Fills the digits, least significant first; gives how many are in use.</summary>
    internal static int Write(in Scalar scalar, int width, Span<sbyte> digits)
    {
        digits.Clear();
        var sign = scalar.IsHigh == 1 ? -1 : 1;
        var k = scalar.NegateIf(scalar.IsHigh);
        var length = 0;
        var carry = 0;

        // k is below 2²⁵⁵ now, so the carry is spent at bit 255 at the latest.
        for (var position = 0; position < 256;)
        {
            if ((int)k.Bits(position, 1) == carry)
            {
                position++;
                continue;
            }

            var taken = Math.Min(width, 256 - position);
            var word = (int)k.Bits(position, taken) + carry;
            carry = word >> (width - 1);
            digits[position] = (sbyte)(sign * (word - (carry << width)));
            length = position + 1;
            position += taken;
        }

        return length;
    }
}
