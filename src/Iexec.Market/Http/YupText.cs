using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Market.Http;

/// <summary>Addresses, hashes and flags of strangers, read and refused as the official validator (yup) does.</summary>
internal static class YupText
{
    private const int LongestSignCharacters = 2 + (2 * 4096);

    /// <summary>An address in one case, or in the right mixed case.</summary>
    public static Address ReadAddress(string path, string text) =>
        TryReadAddress(text, out var address) ? address : throw Invalid($"{path} is not a valid ethereum address");

    /// <summary>An address, or null for <c>any</c>.</summary>
    public static Address? ReadAddressOrAny(string path, string text) =>
        text == "any" ? null : TryReadAddress(text, out var address) ? address : throw Invalid($"{path} is neither \"any\" nor a valid ethereum address");

    public static Bytes32 ReadBytes32(string path, string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && Bytes32.TryParse(text, out var value)
            ? value
            : throw Invalid($"{path} must be a bytes32 hexstring");

    public static bool ReadFlag(string path, string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Invalid($"{path} must be a `boolean` type, but the final value was: `\"{(text.Length <= 100 ? text : text[..100])}\"`."),
    };

    /// <summary>A signature; empty (<c>0x</c>) when the order was signed on the chain.</summary>
    public static string ReadSign(string path, string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && text.Length <= LongestSignCharacters && Hex.TryDecode(text, out _)
            ? text.ToLowerInvariant()
            : throw Invalid($"{path} must be a valid signature");

    public static IexecException Required(string path) => Invalid($"{path} is a required field");

    public static IexecException Invalid(string message) => new(ErrorCode.ValidationError, message);

    private static bool TryReadAddress(string text, out Address address)
    {
        if (!Address.TryParse(text, out address))
        {
            return false;
        }

        var digits = text.AsSpan(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0);
        var isMixed = digits.IndexOfAnyInRange('a', 'f') >= 0 && digits.IndexOfAnyInRange('A', 'F') >= 0;
        // Mixed case is a checksum: a wrong one means a mistyped address.
        return !isMixed || digits.SequenceEqual(address.ToString().AsSpan(2));
    }
}
