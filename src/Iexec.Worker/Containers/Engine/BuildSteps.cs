namespace Iexec.Worker.Containers.Engine;

/// <summary>What a build has told of its steps: the last instruction, with the values that its <c>ARG</c>s have by then.</summary>
/// <param name="given">Values that were given for <c>ARG</c>s; they win over those of the Dockerfile.</param>
internal sealed class BuildSteps(IReadOnlyDictionary<string, string> given)
{
    private readonly Dictionary<string, string> _values = new(given, StringComparer.Ordinal);

    /// <summary>The instruction under way, e.g. <c>FROM debian:12</c>; empty before the first.</summary>
    public string Instruction { get; private set; } = "";

    /// <summary>Reads a line of output; one such as <c>Step 1/2 : FROM debian:12</c> begins a step.</summary>
    public void Read(string line)
    {
        if (!line.StartsWith("step ", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        Instruction = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        if (Instruction.StartsWith("ARG ", StringComparison.OrdinalIgnoreCase) && Instruction[4..].Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
        {
            _values.TryAdd(name, value.Trim('"', '\''));
        }
        else if (Instruction.StartsWith("FROM ", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var (argument, image) in _values)
            {
                Instruction = Instruction.Replace($"${{{argument}}}", image, StringComparison.Ordinal);
            }
        }
    }
}
