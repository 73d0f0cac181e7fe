using System.Text.Json.Nodes;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Run;

/// <summary>Shows the steps of a run as they are done, and keeps them for the one object of <c>--raw</c>.</summary>
internal sealed class RunProgress(CommandContext context)
{
    private readonly List<(string Step, string What, bool WasDone)> _steps = [];

    /// <summary>All steps so far, as they are shown.</summary>
    public IEnumerable<string> Lines => _steps.Select(LineOf);

    /// <summary>A step is done now, or was done before.</summary>
    public void Tell(string step, string what, bool wasDone = false)
    {
        Add(step, what, wasDone);
        context.Note(LineOf(_steps[^1]));
    }

    /// <summary>As <see cref="Tell"/>, for the end alone.</summary>
    public void Add(string step, string what, bool wasDone) => _steps.Add((step, what, wasDone));

    /// <summary>Something moves within a step.</summary>
    public void Note(string step, string what) => context.Note(LineOf((step, what, false)));

    /// <summary>Steps in their order: <c>step</c>, <c>skipped</c>, <c>what</c>.</summary>
    public JsonArray ToJson() => new([.. _steps.Select(step => (JsonNode)new JsonObject { ["step"] = step.Step, ["skipped"] = step.WasDone, ["what"] = step.What })]);

    private static string LineOf((string Step, string What, bool WasDone) step) => $"{step.Step,-7} {step.What}{(step.WasDone ? "  (done before)" : "")}";
}
