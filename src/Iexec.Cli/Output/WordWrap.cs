using System.Text;

namespace Iexec.Cli.Output;

/// <summary>
/// Text broken between words, not by the terminal in the middle of one. What is longer than a line stays whole, so that it can be copied: a
/// hash, and a command with all its words.
/// </summary>
internal static class WordWrap
{
    /// <param name="text">Its own line feeds are kept.</param>
    /// <param name="indent">Of the lines that follow the first.</param>
    /// <param name="columns">Width of the terminal; <see cref="int.MaxValue"/> where there is none.</param>
    /// <param name="begun">Characters that stand on the first line already.</param>
    public static string Of(string text, int indent, int columns, int begun = 0)
    {
        if (begun + text.Length <= columns && !text.Contains('\n', StringComparison.Ordinal))
        {
            return text;
        }

        var wrapped = new StringBuilder(text.Length + 16);
        var used = begun;
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (number > 0)
            {
                wrapped.Append('\n');
                used = 0;
            }

            foreach (var (index, word) in Pieces(line).Index())
            {
                if (used > indent && used + (index > 0 ? 1 : 0) + word.Length > columns)
                {
                    wrapped.Append('\n').Append(' ', indent).Append(word);
                    used = indent + word.Length;
                }
                else
                {
                    wrapped.Append(index > 0 ? " " : "").Append(word);
                    used += word.Length + (index > 0 ? 1 : 0);
                }
            }
        }

        return wrapped.ToString();
    }

    // Words; a command goes on to the punctuation after it.
    private static IEnumerable<string> Pieces(string line)
    {
        string? command = null;
        foreach (var word in line.Split(' '))
        {
            command = command is not null ? $"{command} {word}" : word.TrimStart('"', '(') == "iexec" ? word : null;
            if (command is null)
            {
                yield return word;
            }
            else if (word is [.., ',' or ';' or ':' or '.' or '"' or ')'])
            {
                yield return command;
                command = null;
            }
        }

        if (command is not null)
        {
            yield return command;
        }
    }
}
