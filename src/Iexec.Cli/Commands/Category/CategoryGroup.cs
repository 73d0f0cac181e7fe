using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Categories;

namespace Iexec.Cli.Commands.Category;

internal static class CategoryGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Init(frame));
        group.Add(CategoryCreate.Create(frame));
        group.Add(CategoryShow.Create(frame));
        group.Add(Count(frame));
    }

    private static Command Init(CommandFrame frame) => frame.Bind(new Command("init", "write a fresh \"category\" into iexec.json"), OptionBlocks.None, context =>
    {
        _ = context.Project.Iexec.Read();
        context.Project.Iexec.Update(root => root["category"] = CategorySection.Template());
        var category = CategorySection.Template();
        context.Succeed(new JsonObject { ["category"] = category.DeepClone() }, "Saved default category in \"iexec.json\", you can edit it:", category);
        return Task.CompletedTask;
    });

    private static Command Count(CommandFrame frame) => frame.Bind(new Command("count", "count the categories"), OptionBlocks.Chain, async context =>
    {
        var count = await CategoryActions.CountAsync(await context.ConnectAsync(), context.Cancellation);
        context.Succeed(new JsonObject { ["count"] = count.ToString(CultureInfo.InvariantCulture) }, $"The hub has {count} categories");
    });
}
