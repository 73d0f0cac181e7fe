using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Takes offers out of the book. Who has a copy can still fill it, until it is cancelled on the chain.</summary>
internal static class AssetUnpublish
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        var which = AssetChoice.Argument(kind);
        var all = new Option<bool>("--all") { Description = "all offers, not only the newest" };
        var command = new Command("unpublish", $"take the newest offer of {kind.WithArticle()} out of the book") { which, all };
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Force, async context =>
        {
            var chain = context.Chain();
            var asset = AssetChoice.Read(context, kind, context.Get(which), chain.Id);
            var every = context.Get(all);
            await context.ConfirmAsync($"Take {(every ? "all offers" : "the newest offer")} of {name} {asset} out of the book?");
            var market = context.Market(chain);
            var authorization = await market.AuthorizeAsync(chain.Id, await context.UnlockAsync(), context.Cancellation);
            var order = JsonNames.AllOrders.First(candidate => candidate.Asset() == kind);
            var hashes = every
                ? await market.UnpublishAllAsync(chain.Id, order, asset, authorization, context.Cancellation)
                : await market.UnpublishLastAsync(chain.Id, order, asset, authorization, context.Cancellation);
            JsonNode unpublished = every ? new JsonArray([.. hashes.Select(hash => (JsonNode?)hash.ToString())]) : hashes[0].ToString();
            context.Succeed(new JsonObject { ["unpublished"] = unpublished }, output =>
            {
                context.Tick(output, $"{hashes.Count} {name}order{(hashes.Count == 1 ? "" : "s")} unpublished");
                foreach (var hash in hashes)
                {
                    output.WriteLine($"  {hash}");
                }

                output.WriteLine($"  Copies can still be filled: iexec order cancel --{name} makes them void.");
            });
        });
    }
}
