using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Deal;

internal static class DealGroup
{
    public static void Fill(Command group, CommandFrame frame) => group.Add(DealShow.Create(frame));
}
