using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;
using Iexec.Sdk.Secrets;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Signs an offer of an asset and puts it into the book.</summary>
internal static class AssetPublish
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        var which = AssetChoice.Argument(kind);
        var offer = new OfferOptions(kind);
        var skip = Order.OrderSign.SkipPreflight();
        var command = new Command("publish", $"offer {kind.WithArticle()} to everybody") { which, skip };
        offer.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Force, async context =>
        {
            var chain = await context.ConnectAsync();
            var asset = AssetChoice.Read(context, kind, context.Get(which), chain.ChainId);
            var order = offer.Read(context, asset);
            var publishing = new OrderOffer(chain, context.Market(chain.Settings), context.Cancellation);
            await publishing.RequireSignerAsync(order, context.SelectWallet().Address);
            if (!context.Get(skip))
            {
                await CheckAsync(context, chain, order);
            }

            await context.ConfirmAsync($"Offer {order.Volume} tasks with {name} {asset} for {AmountText.Rlc(order.Price())} each?");
            var hash = await PublishAsync(publishing, order, await context.UnlockAsync(), context.Entropy);
            context.Succeed(new JsonObject { ["orderHash"] = hash.ToString() }, output =>
            {
                context.Tick(output, $"Successfully published {name}order with orderHash {hash}");
                output.WriteLine($"  See it in the book: iexec orderbook {name} {asset}");
            });
        });
    }

    private static async Task CheckAsync(CommandContext context, ChainConnection chain, Poco.Orders.Order order)
    {
        await new OrderPreflight(chain, new TrustCheck(chain.Workerpools, context.Warn)).CheckAsync(order, context.Cancellation);
        if (order is DatasetOrder dataset)
        {
            await new SecretPreflight(() => context.Sms(chain.Settings), context.Cancellation).CheckDatasetAsync(dataset.Dataset, dataset.Tag);
        }
    }

    private static Task<OrderHash> PublishAsync(OrderOffer publishing, Poco.Orders.Order order, PrivateKey key, IEntropySource entropy) => order switch
    {
        AppOrder app => publishing.PublishAsync(OrderSchemas.App, app, key, entropy),
        DatasetOrder dataset => publishing.PublishAsync(OrderSchemas.Dataset, dataset, key, entropy),
        WorkerpoolOrder pool => publishing.PublishAsync(OrderSchemas.Workerpool, pool, key, entropy),
        _ => throw new ArgumentException($"{order.Kind} is no offer of an asset.", nameof(order)),
    };
}
