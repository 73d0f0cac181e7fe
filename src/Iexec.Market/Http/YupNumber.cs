using System.Globalization;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Market.Http;

/// <summary>Whole numbers of strangers, read and refused as the official validator (yup) does.</summary>
internal static class YupNumber
{
    /// <summary>2⁵³−1, the largest that JavaScript counts to.</summary>
    public const ulong MaxSafeInteger = 9007199254740991;

    /// <exception cref="IexecException">Not a whole number from <paramref name="min"/> to <paramref name="max"/>.</exception>
    public static UInt256 Read(string path, string text, ulong min = 0, ulong max = MaxSafeInteger)
    {
        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (compact.Length is 0 or > 400)
        {
            throw NotANumber(path, text);
        }

        UInt256 value;
        if (!compact.AsSpan().ContainsAnyExceptInRange('0', '9') || compact.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (!UInt256.TryParse(compact, out value))
            {
                throw compact.All(char.IsAsciiDigit) ? Invalid($"{path} must be less than or equal to {max}") : NotANumber(path, text);
            }
        }
        else
        {
            value = ReadFloat(path, text, compact, max);
        }

        if (value < min)
        {
            throw Invalid($"{path} must be greater than or equal to {min}");
        }

        return value <= max ? value : throw Invalid($"{path} must be less than or equal to {max}");

        // Forms that JavaScript takes for numbers: 1e3, 5.0, -1.
        UInt256 ReadFloat(string path, string text, string compact, ulong max)
        {
            const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            if (!double.TryParse(compact, Style, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number))
            {
                throw NotANumber(path, text);
            }

            if (!double.IsInteger(number))
            {
                throw Invalid($"{path} must be an integer");
            }

            return number switch
            {
                < 0 => throw Invalid($"{path} must be greater than or equal to {min}"),
                > MaxSafeInteger => throw Invalid($"{path} must be less than or equal to {max}"),
                _ => (ulong)number,
            };
        }
    }

    private static IexecException NotANumber(string path, string text) =>
        Invalid($"{path} must be a `number` type, but the final value was: `NaN` (cast from the value `\"{Shorten(text)}\"`).");

    private static IexecException Invalid(string message) => new(ErrorCode.ValidationError, message);

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
