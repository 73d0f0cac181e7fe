using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Categories;

namespace Iexec.Cli.Commands.Category;

internal static class CategoryShow
{
    public static Command Create(CommandFrame frame)
    {
        var index = new Argument<string>("index") { Description = "from 0" };
        return frame.Bind(new Command("show", "show a category") { index }, OptionBlocks.Chain, async context =>
        {
            var id = UInt256.Parse(context.Get(index)!);
            var category = CategoryActions.ToJson(await CategoryActions.GetAsync(await context.ConnectAsync(), id, context.Cancellation));
            context.Succeed(new JsonObject { ["index"] = id.ToString(), ["category"] = category.DeepClone() }, $"Category {id} details:", category);
        });
    }
}
