using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Host.Network;

namespace Iexec.Cli.Commands.Network;

/// <summary><c>iexec down</c>: ends the network that another process runs, and whatever a killed one left.</summary>
internal static class DownCommand
{
    public static void Fill(Command command, CommandFrame frame)
    {
        var options = new NetworkOptionSet();
        options.AddPlaceTo(command);
        frame.Bind(command, OptionBlocks.None, async context =>
        {
            var ended = await DetachedNetwork.StopAsync(options.ReadPlace(context), context.Time, context.Cancellation);
            context.Succeed(new JsonObject { ["stopped"] = ended }, ended ? "The network is down; its state is kept." : "No network was running.");
        });
    }
}
