using System.Text.Json.Nodes;
using Iexec.Cli.Commands.Order;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Runs;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Cli.Commands.Run;

/// <summary>The steps of <c>iexec run</c>. Each looks first whether it is done.</summary>
internal sealed class RunSteps(CommandContext context, ChainConnection chain, RunWish wish, RunJournal journal)
{
    private readonly Address _wallet = context.SelectWallet().Address;

    public async Task RunAsync()
    {
        var images = new RunImages(context, wish, journal);
        if (context.IsDryRun)
        {
            await PlanAsync(await images.FindAsync());
            return;
        }

        var image = await images.EnsureAsync(Tell);
        var app = await AppAsync(image);
        var inputs = await InputsAsync();
        var request = wish.ToRequest(app, inputs);
        var (deal, task) = await DealAsync(request);
        var view = await FollowAsync(task);
        var result = new RunResult(context, chain, Tell);
        await result.PrintLogsAsync(task);
        var fields = new JsonObject { ["app"] = app.ToString(), ["dealid"] = deal.ToString(), ["taskid"] = task.ToString() };
        var failures = new List<string>();
        if (view.IsSuccess)
        {
            (fields["resultPath"], fields["resultFolder"]) = await result.FetchAsync(view);
        }
        else
        {
            failures.Add($"Task {task} {view.StatusName}{(view.Reason is null ? "" : $": {view.Reason}")}. Run again with --again to buy another execution{(view.IsTimedOut ? $"; get your money back: iexec task claim {task}" : "")}");
        }

        context.Report(fields, failures, output =>
        {
            output.WriteLine(view.IsSuccess ? $"{context.OutStyle.Good("✔")} The result has the digest of the chain:" : "No result:");
            context.Show(output, fields);
        });
    }

    /// <summary>A step is done, or was done before.</summary>
    private void Tell(string step, string what, bool isSkipped) => context.Tell(
        new JsonObject { ["step"] = step, ["skipped"] = isSkipped, ["what"] = what }, $"{step,-7} {what}{(isSkipped ? "  (done before)" : "")}");

    private async Task<Address> AppAsync(RunImage image)
    {
        var apps = new RunApp(chain, context.Project, _wallet);
        var name = RunApp.NameOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(image.Name)));
        var (address, isRegistered) = await apps.LocateAsync(name, image, context.Cancellation);
        if (isRegistered)
        {
            apps.Remember(address);
            Tell("app", address.ToString(), true);
            return address;
        }

        var deployed = await apps.RegisterAsync(name, image, await context.SenderAsync(chain), context.Cancellation);
        Tell("app", $"{deployed.Address} registered", false);
        return deployed.Address;
    }

    private async Task<List<Uri>> InputsAsync()
    {
        if (wish.Inputs.Count == 0)
        {
            return [];
        }

        var storage = new StorageClient(context.Http.Shared, chain.Settings.IpfsNode ?? chain.Settings.RequireIpfsGateway());
        var inputs = new RunInputs(journal, storage, context.Http.Quick);
        var urls = new List<Uri>();
        foreach (var input in wish.Inputs)
        {
            var (url, isNew) = await inputs.EnsureAsync(input, context.Project.Path, context.Cancellation);
            Tell("input", $"{input} at {url}", !isNew);
            urls.Add(url);
        }

        return urls;
    }

    private async Task<(DealId Deal, TaskId Task)> DealAsync(ExecutionRequest request)
    {
        var key = RunWish.KeyOf(request);
        var purchase = new Purchase(context, chain, new TrustCheck(chain.Workerpools, context.Warn));
        if (!wish.IsAgain && journal.FindPurchase(key) is { } begun && await ResumeAsync(purchase, begun) is { } resumed)
        {
            return (resumed, TaskId.Of(resumed, 0));
        }

        var quote = await new ExecutionQuotes(chain, () => context.Market(chain.Settings), _wallet).FindAsync(request, context.Cancellation);
        Tell("price", $"{AmountText.Rlc(quote.PriceNrlc)} at workerpool {quote.Workerpool.Order.Workerpool}", false);
        await DepositAsync(quote.PriceNrlc);
        var set = quote.Sign(await context.UnlockAsync(), chain.Hub.Configuration.Domain, context.Entropy);
        journal.SavePurchase(key, set);
        var made = await purchase.RunAsync(set, _ => $"Buy this execution for {AmountText.Rlc(quote.PriceNrlc)}?");
        Tell("deal", made.Id.ToString(), false);
        return (made.Id, TaskId.Of(made.Id, 0));
    }

    // The request is for one task, so sending the same orders once more cannot pay twice.
    private async Task<DealId?> ResumeAsync(Purchase purchase, OrderSet begun)
    {
        var id = DealId.Of(OrderSchemas.Hash(begun.Request.Order, chain.Hub.Configuration.Domain), UInt256.Zero);
        if (await IsThereAsync(id))
        {
            Tell("deal", id.ToString(), true);
            return id;
        }

        try
        {
            await purchase.RunAsync(begun, estimate => $"Go on to buy this execution for {AmountText.Rlc(estimate.TotalNrlc)}?");
        }
        catch (IexecException refused) when (refused.Code is ErrorCode.BusinessError)
        {
            if (!await IsThereAsync(id))
            {
                context.Note($"The former purchase is given up: {refused.Message}");
                return null;
            }
        }

        Tell("deal", id.ToString(), false);
        return id;
    }

    private async Task<bool> IsThereAsync(DealId id) => await chain.ReadAsync(hub => hub.GetDealAsync(id, context.Cancellation)) is not null;

    // Without somebody who agrees, the check before the purchase refuses and says what is missing.
    private async Task DepositAsync(UInt256 priceNrlc)
    {
        var account = await chain.ReadAsync(hub => hub.GetAccountAsync(_wallet, context.Cancellation));
        if (priceNrlc <= account.Stake || (!context.Force && (context.Raw || !context.Environment.IsInputTerminal)))
        {
            return;
        }

        var missing = priceNrlc - account.Stake;
        context.Confirm($"Deposit {AmountText.Rlc(missing)} from your wallet into your account?");
        await AccountActions.DepositAsync(chain, await context.SenderAsync(chain), missing, context.Cancellation);
        Tell("deposit", AmountText.Rlc(missing), false);
    }

    private Task<TaskView> FollowAsync(TaskId task) => TaskActions.WatchAsync(
        chain, task, context.Time, view => Tell("task", $"{task} {view.StatusName}{(view.Reason is null ? "" : $": {view.Reason}")}", false), context.Cancellation);

    private async Task PlanAsync(RunImage? image)
    {
        var app = image is null ? default : await new RunApp(chain, context.Project, _wallet).LocateAsync(RunApp.NameOf(Path.GetFileName(image.Name)), image, context.Cancellation);
        if (!app.IsRegistered)
        {
            string[] steps = [.. image is null ? ["build and push the image"] : Array.Empty<string>(), "register the app", .. wish.Inputs.Select(input => $"upload {input}"), "buy one execution", "download the result"];
            var fields = new JsonObject { ["dryRun"] = true, ["steps"] = new JsonArray([.. steps.Select(step => (JsonNode)step)]) };
            context.Succeed(fields, "Nothing was sent. These steps would be taken; the price is known when the app is registered:", fields);
            return;
        }

        var quote = await new ExecutionQuotes(chain, () => context.Market(chain.Settings), _wallet).FindAsync(wish.ToRequest(app.Address, []), context.Cancellation);
        var set = await context.UnlockSilentlyAsync() is { } key ? quote.Sign(key, chain.Hub.Configuration.Domain, context.Entropy) : quote.Unsigned;
        await new Purchase(context, chain, null).EstimateAsync(set, isDryRun: true);
    }
}
