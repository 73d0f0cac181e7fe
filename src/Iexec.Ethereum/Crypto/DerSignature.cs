using System.Formats.Asn1;

namespace Iexec.Ethereum.Crypto;

/// <summary>An ECDSA signature as key management services write it: a DER sequence of two integers (RFC 3279 §2.2.3).</summary>
internal static class DerSignature
{
    /// <summary>Writes r ‖ s, 64 bytes. False if the bytes are not exactly such a sequence of two positive numbers of at most 256 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, Span<byte> words)
    {
        try
        {
            if (!AsnDecoder.TryReadEncodedValue(der, AsnEncodingRules.DER, out _, out _, out _, out var whole) || whole != der.Length)
            {
                return false;
            }

            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var offset, out var length, out _);
            var content = der.Slice(offset, length);
            var r = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out var read);
            var s = AsnDecoder.ReadIntegerBytes(content[read..], AsnEncodingRules.DER, out var last);
            return read + last == length && TryPad(r, words[..Bytes32.Size]) && TryPad(s, words[Bytes32.Size..]);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    // A number whose top bit is set has a zero in front, or else it would be negative.
    private static bool TryPad(ReadOnlySpan<byte> integer, Span<byte> word)
    {
        if (integer[0] >= 0x80)
        {
            return false;
        }

        var digits = integer.TrimStart((byte)0);
        if (digits.Length > word.Length)
        {
            return false;
        }

        word.Clear();
        digits.CopyTo(word[^digits.Length..]);
        return true;
    }
}
