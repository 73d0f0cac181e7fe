using System.Text.Json.Nodes;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Run;

/// <summary>Shows the steps of a run as they are done, and keeps them for the one object of <c>--raw</c>.</summary>
internal sealed class RunProgress(CommandContext context)
{
    private readonly List<JsonObject> _steps = [];

    /// <summary>A step is done now, or was done before.</summary>
    public void Tell(string step, string what, bool wasDone = false)
    {
        _steps.Add(new JsonObject { ["step"] = step, ["skipped"] = wasDone, ["what"] = what });
        Note(step, what + (wasDone ? "  (done before)" : ""));
    }

    /// <summary>Something moves within a step.</summary>
    public void Note(string step, string what) => context.Note($"{step,-7} {what}");

    /// <summary>Steps in their order: <c>step</c>, <c>skipped</c>, <c>what</c>.</summary>
    public JsonArray ToJson() => new([.. _steps.Select(step => (JsonNode)step.DeepClone())]);
}
