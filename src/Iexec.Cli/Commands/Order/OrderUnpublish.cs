using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

internal static class OrderUnpublish
{
    public static Command Create(CommandFrame frame)
    {
        var hashes = new KindHashes(hashRequired: false);
        var command = new Command("unpublish", "take orders out of the book; copies of them can still be filled, see cancel");
        hashes.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Force, async context =>
        {
            var kinds = hashes.Of(context);
            var chain = context.Chain();
            var market = context.Market(chain);
            var key = await context.UnlockAsync();
            await EachKind.RunAsync(
                context,
                kinds,
                async kind =>
                {
                    var hash = hashes.Hash(context, kind)
                        ?? await new HashOfSigned(context.Project, chain.Id, async () => (await context.ConnectAsync()).Hub.Configuration.Domain).RunAsync(kind);
                    var authorization = await market.AuthorizeAsync(chain.Id, key, context.Cancellation);
                    await market.UnpublishAsync(chain.Id, kind, hash, authorization, context.Cancellation);
                    return new JsonObject { ["orderHash"] = hash.ToString() };
                },
                (kind, order) => $"{kind.JsonName()} with orderHash {order["orderHash"]} successfully unpublished");
        });
    }
}
