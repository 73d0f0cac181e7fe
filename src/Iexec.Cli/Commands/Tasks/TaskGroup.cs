using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Tasks;

internal static class TaskGroup
{
    public static void Fill(Command group, CommandFrame frame) => group.Add(TaskShow.Create(frame));
}
