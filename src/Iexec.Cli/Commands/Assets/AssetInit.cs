using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

internal static class AssetInit
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        return frame.Bind(new Command("init", $"write a fresh \"{name}\" into iexec.json"), OptionBlocks.Wallet, context =>
        {
            Run(context, kind, static () => { });
            return Task.CompletedTask;
        });
    }

    /// <summary>Writes the section; <paramref name="prepare"/> is done between the checks and the outcome.</summary>
    public static void Run(CommandContext context, AssetKind kind, Action prepare)
    {
        var name = kind.JsonName();
        var template = ProjectTemplates.Asset(kind, context.FindWalletAddress() ?? Address.Zero);
        _ = context.Project.Iexec.Read();
        prepare();
        context.Project.Iexec.Update(root => root[name] = template.DeepClone());
        context.Succeed(new JsonObject { [name] = template.DeepClone() }, $"Saved default {name} in \"iexec.json\", you can edit it:", template);
    }
}
