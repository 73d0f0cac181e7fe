using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Runs;

namespace Iexec.Cli.Commands.Run;

/// <summary>What a run would do: nothing is built, sent or signed.</summary>
internal sealed class RunPlan(CommandContext context, ChainConnection chain, RunWish wish, RunJournal journal, RunProgress progress)
{
    private readonly Address _wallet = context.SelectWallet().Address;

    public async Task ShowAsync(RunImages images)
    {
        var image = await images.FindAsync();
        var app = image is null ? null : await FindAppAsync(image);
        var inputs = await FindInputsAsync();
        var isBought = app is { } known && inputs.All(url => url is not null) && await IsBoughtAsync(wish.ToRequest(known, [.. inputs.Select(url => url!)]));
        progress.Add("image", image is null ? "build and push it" : $"{image.Name}@sha256:{image.Checksum.ToString()[2..]}", image is not null);
        progress.Add("app", app?.ToString() ?? "register it", app is not null);
        foreach (var (input, url) in wish.Inputs.Zip(inputs))
        {
            progress.Add("input", url is null ? $"upload {input}" : $"{input} at {url}", url is not null);
        }

        progress.Add("deal", "buy one execution", isBought);
        var fields = new JsonObject { ["dryRun"] = true, ["steps"] = progress.ToJson() };
        var price = isBought ? "It is paid already."
            : app is { } registered ? await QuoteAsync(registered, fields)
            : "The price is known when the app is registered.";
        var sentence = $"Nothing was sent. {price} The steps:";

        context.Succeed(fields, output =>
        {
            context.Tick(output, sentence);
            foreach (var line in progress.Lines)
            {
                output.WriteLine($"  {Printable.Of(line)}");
            }
        });
    }

    private async Task<Address?> FindAppAsync(RunImage image)
    {
        var (address, isRegistered) = await new RunApp(chain, context.Project, _wallet).LocateAsync(image, context.Cancellation);
        return isRegistered ? address : null;
    }

    private async Task<List<Uri?>> FindInputsAsync()
    {
        var urls = new List<Uri?>();
        foreach (var input in wish.Inputs)
        {
            urls.Add(await RunSteps.Inputs(context, chain, journal).FindAsync(input, context.Project.Path, context.Cancellation));
        }

        return urls;
    }

    private async Task<bool> IsBoughtAsync(ExecutionRequest request)
    {
        var key = RunWish.KeyOf(request);
        if (journal.FindPurchase(key) is not { } begun)
        {
            return false;
        }

        var deal = RunPurchase.DealOf(chain, begun);
        return !(wish.IsAgain && journal.IsSettled(key, deal)) && await chain.ReadAsync(hub => hub.GetDealAsync(deal, context.Cancellation)) is not null;
    }

    private async Task<string> QuoteAsync(Address app, JsonObject fields)
    {
        var quote = await new ServedQuotes(chain, () => context.Market(chain.Settings), _wallet, context.Warn).FindAsync(wish.ToRequest(app, []), new HashSet<OrderHash>(), context.Cancellation);
        var account = await chain.ReadAsync(hub => hub.GetAccountAsync(_wallet, context.Cancellation));
        var missing = quote.PriceNrlc <= account.Stake ? UInt256.Zero : quote.PriceNrlc - account.Stake;
        fields["price"] = quote.PriceNrlc.ToString();
        fields["workerpool"] = quote.Workerpool.Order.Workerpool.ToString();
        fields["stake"] = account.Stake.ToString();
        fields["missing"] = missing.ToString();
        return $"The price is {AmountText.Rlc(quote.PriceNrlc)} at workerpool {quote.Workerpool.Order.Workerpool}."
            + (missing.IsZero ? "" : $" Your account lacks {AmountText.Rlc(missing)}: iexec account deposit {missing}");
    }
}
