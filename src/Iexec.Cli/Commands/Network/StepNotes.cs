using Iexec.Cli.Frame;
using Iexec.Host.Network;

namespace Iexec.Cli.Commands.Network;

/// <summary>One line per part of the network that came up, in the order in which they did.</summary>
internal sealed class StepNotes(CommandContext context) : IProgress<NetworkStep>
{
    public void Report(NetworkStep value) => context.Note($"{value.Part,-11} {value.Outcome}");
}
