using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Categories;

namespace Iexec.Cli.Commands.Category;

internal static class CategoryCreate
{
    public static Command Create(CommandFrame frame) => frame.Bind(
        new Command("create", "add the category of iexec.json to the hub, as its owner"),
        OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
        async context =>
        {
            var section = CategorySection.Read(context.Project.Iexec);
            var chain = await context.ConnectAsync();
            var planned = await CategoryActions.PlanCreateAsync(chain, context.SelectWallet().Address, section, context.Cancellation);
            await context.TransactAsync(chain, planned, null, receipt =>
            {
                var id = CategoryActions.CreatedIn(chain, receipt);
                context.Succeed(new JsonObject { ["catid"] = id.ToString(), ["txHash"] = receipt.TransactionHash.ToString() }, $"New category has been created with catid {id}");
            });
        });
}
