namespace Iexec.Cli.Output;

/// <summary>Texts of strangers (names, params, errors) must not steer the terminal.</summary>
internal static class Printable
{
    /// <summary>The text with control and direction characters shown as <c>\uXXXX</c>; line feeds are kept if asked.</summary>
    public static string Of(string text, bool keepLines = false)
    {
        foreach (var c in text)
        {
            if (IsSteering(c) && !(keepLines && c == '\n'))
            {
                return Escaped(text, keepLines);
            }
        }

        return text;
    }

    private static string Escaped(string text, bool keepLines)
    {
        var safe = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsSteering(c) && !(keepLines && c == '\n'))
            {
                safe.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    private static bool IsSteering(char c) => char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
