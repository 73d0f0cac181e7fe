using System.CommandLine;
using System.Globalization;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Host.Network;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Network;

/// <summary><c>iexec up</c>: the whole network on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    public static void Fill(Command command, CommandFrame frame)
    {
        var options = new NetworkOptionSet();
        options.AddAllTo(command);
        var detach = new Option<bool>("--detach") { Description = "leave the network running and return" };
        var reset = new Option<bool>("--reset") { Description = "forget the chain and all services' state first" };
        var fund = new Option<string[]>("--fund") { Description = "give this wallet ether and 1000 RLC (repeatable)", HelpName = "address" };
        var older = new Option<string?>("--chain-file-8x") { Description = "also write this file for clients of version 8", HelpName = "file" };
        command.Add(detach);
        command.Add(reset);
        command.Add(fund);
        command.Add(older);
        frame.Bind(command, OptionBlocks.None, async context =>
        {
            var network = options.Read(context) with { Funded = [.. (context.Get(fund) ?? []).Select(ParseWallet)] };
            if (context.Get(reset))
            {
                NetworkReset.Run(network);
            }

            if (NetworkStatus.FindRunning(network.ChainFolder) is { } running)
            {
                // Whoever begins a project while the network runs needs its entry, too.
                WriteFiles(context, running, context.Get(older));
                throw new IexecException(
                    ErrorCode.ConfigurationError, "The network is up already.", $"Its entry is in the chain.json of this folder now. {network.Whereabouts}");
            }

            if (context.Get(detach))
            {
                var status = await DetachedNetwork.StartAsync(network, ForwardedArguments(), context.Time, context.Cancellation);
                WriteFiles(context, status, context.Get(older));
                context.Succeed(NetworkView.Of(status), $"The network is up. Stop it with: iexec down{network.NamingArguments}", NetworkView.Of(status));
                return;
            }

            await RunAsync(context, network, context.Get(older));
        });
    }

    private static async Task RunAsync(CommandContext context, NetworkOptions options, string? olderFile)
    {
        var started = context.Time.GetTimestamp();
        var progress = new StepNotes(context);
        await using var network = await LocalNetwork.StartAsync(options, progress, context.Entropy, context.Time, context.Cancellation);
        WriteFiles(context, network.Status, olderFile);
        var seconds = context.Time.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        context.Succeed(NetworkView.Of(network.Status), $"The network is up after {seconds} s. Ctrl-C stops it.", NetworkView.Of(network.Status));
        if (await WatchAsync(context, network) is { } reason)
        {
            throw new IexecException(ErrorCode.Error, reason, "Start it again: iexec up");
        }

        context.Note("stopping, the chain is saved");
    }

    /// <summary>Why the network broke; null when it is asked to stop. The live line has ended then: what is said next stands on its own.</summary>
    private static async Task<string?> WatchAsync(CommandContext context, LocalNetwork network)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        var live = new LiveStatus(context, network.Status).ShowAsync(watching.Token);
        try
        {
            return await network.Broken.WaitAsync(context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            await watching.CancelAsync();
            await live;
        }
    }

    private static void WriteFiles(CommandContext context, NetworkStatus status, string? olderFile)
    {
        LocalNetwork.WriteChainEntry(context.Project.Chain.Path, status, forOlderClients: false);
        if (olderFile is not null)
        {
            LocalNetwork.WriteChainEntry(Path.GetFullPath(olderFile, context.Environment.WorkingFolder), status, forOlderClients: true);
        }
    }

    private static Address ParseWallet(string text) => Address.TryParse(text, out var address)
        ? address
        : throw new IexecException(ErrorCode.ValidationError, $"{text} is not a valid ethereum address");

    // The detached process gets what this one got, without what made it detach or reset.
    private static IReadOnlyList<string> ForwardedArguments() =>
        [.. Environment.GetCommandLineArgs().Skip(1).Where(argument => argument is not ("--detach" or "--reset" or "--raw" or "--quiet"))];
}
