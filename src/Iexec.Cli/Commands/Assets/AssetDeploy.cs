using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

internal static class AssetDeploy
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        return frame.Bind(
            new Command("deploy", $"register the {name} of iexec.json"),
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var section = AssetSection.Read(context.Project.Iexec, kind);
                context.Project.Deployed.RequireUsable(kind);
                var chain = await context.ConnectAsync();
                var asset = section.Describe(kind);
                var planned = AssetActions.PlanDeployment(chain, asset);
                await AssetActions.ExplainingAsync(chain, asset, () => context.TransactAsync(chain, planned, null, receipt =>
                {
                    var deployed = AssetActions.DeployedIn(chain, kind, receipt);
                    context.Project.Deployed.Save(kind, chain.ChainId, deployed.Address);
                    var fields = new JsonObject { ["address"] = deployed.Address.ToString(), ["txHash"] = deployed.TransactionHash.ToString() };
                    context.Succeed(fields, $"Deployed new {name} at address {deployed.Address}");
                }), context.Cancellation);
            });
    }
}
