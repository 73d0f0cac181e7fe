using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Order;

internal static class OrderGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(OrderInit.Create(frame));
        group.Add(OrderSign.Create(frame));
        group.Add(OrderPublish.Create(frame));
        group.Add(OrderUnpublish.Create(frame));
        group.Add(OrderCancel.Create(frame));
        group.Add(OrderFill.Create(frame));
        group.Add(OrderShow.Create(frame));
    }
}
