using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Worker;

internal static class WorkerGroup
{
    public static void Fill(Command group, CommandFrame frame) => group.Add(WorkerStart.Create(frame));
}
