using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Orderbook;

internal static class OrderbookGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(OrderbookShow.Create(frame));
        group.Add(OrderbookAsset.App(frame));
        group.Add(OrderbookAsset.Dataset(frame));
        group.Add(OrderbookWorkerpool.Create(frame));
        group.Add(OrderbookRequester.Create(frame));
    }
}
