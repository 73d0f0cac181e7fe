using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands;

internal static class InfoCommand
{
    /// <summary>The version of the contracts' interface that client and contracts here speak.</summary>
    private const string PocoVersion = "6.1.0";

    public static void Fill(Command command, CommandFrame frame) => frame.Bind(command, OptionBlocks.Chain, async context =>
    {
        var chain = await context.ConnectAsync();
        var hub = chain.Hub.Configuration;
        var fields = new JsonObject
        {
            ["pocoVersion"] = PocoVersion,
            ["host"] = chain.Settings.IsDefaultHost ? "default" : chain.Settings.Host!.OriginalString,
            ["hubAddress"] = hub.Hub.ToString(),
            ["rlcAddress"] = hub.Token.ToString(),
            ["appRegistryAddress"] = hub.AppRegistry.ToString(),
            ["datasetRegistryAddress"] = hub.DatasetRegistry.ToString(),
            ["workerpoolRegistryAddress"] = hub.WorkerpoolRegistry.ToString(),
        };
        context.Succeed(fields, output =>
        {
            output.WriteLine($"Network {chain.Settings.Name} [{chain.ChainId}]:");
            context.Show(output, fields);
        });
    });
}
