using System.Text;

namespace Iexec.Worker.Containers;

/// <summary>Splits the argument string of a deal as the official worker does (semantics of Ant's <c>translateCommandline</c>).</summary>
public static class CommandLine
{
    /// <summary>
    /// Arguments are separated by spaces; <c>'…'</c> and <c>"…"</c> quote anything but themselves; there are no escapes;
    /// <c>""</c> is an empty argument; quoted and bare parts that touch are one argument.
    /// </summary>
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string? arguments)
    {
        var result = new List<string>();
        var current = new StringBuilder();
        var quote = '\0';
        var quoted = false;
        foreach (var c in arguments ?? "")
        {
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    current.Append(c);
                }
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                quoted = true;
            }
            else if (c == ' ')
            {
                Flush();
            }
            else
            {
                current.Append(c);
            }
        }

        if (quote != '\0')
        {
            throw new FormatException($"The arguments contain a {quote} that is never closed.");
        }

        Flush();
        return result;

        void Flush()
        {
            if (quoted || current.Length > 0)
            {
                result.Add(current.ToString());
                current.Clear();
                quoted = false;
            }
        }
    }
}
