using System.Buffers;

namespace Iexec.Cli.Output;

/// <summary>Texts of strangers (names, params, errors) must not steer the terminal.</summary>
internal static class Printable
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(c => (char)c)]);

    /// <summary>The text with control and direction characters shown as <c>\uXXXX</c>; line feeds are kept if asked.</summary>
    public static string Of(string text, bool keepLines = false)
    {
        if (!text.AsSpan().ContainsAnyExcept(Harmless))
        {
            return text;
        }

        var safe = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if ((keepLines && c == '\n') || !IsSteering(c))
            {
                safe.Append(c);
            }
            else
            {
                safe.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return safe.ToString();
    }

    private static bool IsSteering(char c) => char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
