using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Gives an asset away; the giver cannot take it back, so it is asked.</summary>
internal static class AssetTransfer
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        var which = new Argument<string>($"{name}Address") { Description = $"the {name}" };
        var to = ReceiverOption.Create();
        return frame.Bind(
            new Command("transfer", $"give {kind.WithArticle()} to another owner") { which, to },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun,
            async context =>
            {
                var (asset, receiver) = (Address.Parse(context.Get(which)!), Address.Parse(context.Get(to)!));
                var chain = await context.ConnectAsync();
                var planned = await AssetActions.PlanTransferAsync(chain, kind, asset, context.SelectWallet().Address, receiver, context.Cancellation);
                await context.TransactAsync(chain, planned, $"Give {name} {asset} to {receiver}? You will not own it any more", receipt =>
                {
                    var fields = new JsonObject { ["address"] = asset.ToString(), ["to"] = receiver.ToString(), ["txHash"] = receipt.TransactionHash.ToString() };
                    context.Succeed(fields, $"{name} {asset} now belongs to {receiver}");
                });
            });
    }
}
