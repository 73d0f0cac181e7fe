using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

internal static class AssetCount
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        var user = new Option<string?>("--user") { Description = "another owner than the wallet", HelpName = "address" };
        return frame.Bind(new Command("count", $"count the {name}s of an owner") { user }, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var owner = context.Get(user) is { } text ? Address.Parse(text) : context.SelectWallet().Address;
            var count = await AssetActions.CountAsync(await context.ConnectAsync(), kind, owner, context.Cancellation);
            context.Succeed(new JsonObject { ["count"] = count.ToString(CultureInfo.InvariantCulture) }, $"{owner} has a total of {count} {name}{(count == 1 ? "" : "s")}");
        });
    }
}
