using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Host.Network;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Network;

/// <summary><c>iexec status</c>: the network that runs on this machine. Exit code 1 when there is none.</summary>
internal static class StatusCommand
{
    public static void Fill(Command command, CommandFrame frame)
    {
        var options = new NetworkOptionSet();
        options.AddPlaceTo(command);
        frame.Bind(command, OptionBlocks.None, context =>
        {
            var status = NetworkStatus.FindRunning(options.ReadPlace(context).ChainFolder)
                ?? throw new IexecException(ErrorCode.ObjectNotFoundError, "No network runs here.", "Start one with: iexec up");
            context.Succeed(NetworkView.Of(status), $"The network is up since {DateTimeOffset.FromUnixTimeSeconds(status.ReadySince):u}.", NetworkView.Of(status));
            return Task.CompletedTask;
        });
    }
}
