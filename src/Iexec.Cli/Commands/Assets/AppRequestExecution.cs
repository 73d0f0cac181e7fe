using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Secrets;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Asks for executions in the book, at the highest prices that the requester pays.</summary>
internal static class AppRequestExecution
{
    public static Command Create(CommandFrame frame)
    {
        var app = new Argument<string>("appAddress") { Description = "the app to run" };
        var options = new AppRunOptions();
        var appPrice = OfferOptions.AmountOption("--app-price", "highest price of the app for one task");
        var datasetPrice = OfferOptions.AmountOption("--dataset-price", "highest price of the dataset for one task");
        var workerpoolPrice = OfferOptions.AmountOption("--workerpool-price", "highest price of the computation of one task");
        var volume = new Option<string?>("--volume") { Description = "number of tasks, 1 if not given", HelpName = "number" };
        var skip = Order.OrderSign.SkipPreflight();
        var command = new Command("request-execution", "ask for executions of an app in the book") { app, appPrice, datasetPrice, workerpoolPrice, volume, skip };
        options.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Force, async context =>
        {
            var chain = await context.ConnectAsync();
            var wallet = context.SelectWallet().Address;
            var order = options.Read(context, context.Get(app)!, chain.ChainId).ToOrder(wallet) with
            {
                AppMaxPrice = OfferOptions.Amount(context, appPrice),
                DatasetMaxPrice = OfferOptions.Amount(context, datasetPrice),
                WorkerpoolMaxPrice = OfferOptions.Amount(context, workerpoolPrice),
                Volume = UInt256.Parse(context.Get(volume) ?? "1"),
            };
            if (!context.Get(skip))
            {
                await new OrderPreflight(chain, new TrustCheck(chain.Workerpools, context.Warn)).CheckAsync(order, context.Cancellation);
                await new SecretPreflight(() => context.Sms(chain.Settings), context.Cancellation).CheckRequestAsync(order);
            }

            var total = order.Price() * order.Volume;
            await context.ConfirmAsync($"Ask for {order.Volume} tasks of app {order.App} for at most {AmountText.Rlc(total)}?");
            var hash = await new OrderOffer(chain, context.Market(chain.Settings), context.Cancellation)
                .PublishAsync(OrderSchemas.Request, order, await context.UnlockAsync(), context.Entropy);
            context.Succeed(new JsonObject { ["orderHash"] = hash.ToString() }, output =>
            {
                context.Tick(output, $"Successfully published requestorder with orderHash {hash}");
                output.WriteLine($"  See what becomes of it: iexec order show --request {hash} --deals");
            });
        });
    }
}
