using System.Text.Json.Nodes;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>
    /// A change of what is watched: with <c>--raw</c> a line of JSON on standard output, before the line of the result; else words on standard
    /// error.
    /// </summary>
    public void Tell(JsonObject change, string words)
    {
        if (Raw)
        {
            Environment.Out.WriteLine(JsonText.ToLine(change));
            Environment.Out.Flush();
        }
        else
        {
            Note(words);
        }
    }
}
