using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Runs;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Cli.Commands.Run;

/// <summary>The steps of <c>iexec run</c>. Each looks first whether it is done.</summary>
internal sealed class RunSteps(CommandContext context, ChainConnection chain, RunWish wish, RunJournal journal)
{
    private readonly Address _wallet = context.SelectWallet().Address;
    private readonly RunProgress _progress = new(context);

    public async Task RunAsync()
    {
        var images = new RunImages(context, wish, journal, chain.ChainId);
        if (context.IsDryRun)
        {
            await new RunPlan(context, chain, wish, journal, _progress).ShowAsync(images);
            return;
        }

        var (request, deal) = await BuyAsync(images);
        var following = new RunFollowing(context, chain, _progress);
        var view = await following.UntilOverAsync(TaskId.Of(deal, 0));
        var fields = new JsonObject { ["app"] = request.App.ToString(), ["dealid"] = deal.ToString(), ["taskid"] = view.Task.Id.ToString() };
        var failures = new List<string>();
        if (view.IsSuccess)
        {
            (fields["resultPath"], fields["resultFolder"]) = await new RunResult(context, chain, _progress).FetchAsync(view);
        }
        else
        {
            failures.Add(Explain(view));
            following.AddLogEnd(fields, failures);
        }

        await journal.SaveSettledAsync(RunWish.KeyOf(request), deal, context.Cancellation);
        Report(fields, failures);
    }

    // Two runs at once would both find that nothing is bought yet.
    private async Task<(ExecutionRequest Request, DealId Deal)> BuyAsync(RunImages images)
    {
        using var alone = await journal.LockAsync(() => context.Note("Another run buys in this folder; waiting until it is done"), context.Cancellation);
        var image = await images.EnsureAsync(_progress);
        var purchase = new RunPurchase(context, chain, journal, _progress);
        await purchase.WaitForPendingAsync();
        var request = wish.ToRequest(await AppAsync(image), await InputsAsync());
        return (request, await purchase.DealAsync(request, wish.IsAgain));
    }

    private async Task<Address> AppAsync(RunImage image)
    {
        var apps = new RunApp(chain, context.Project, _wallet);
        var (address, isRegistered) = await apps.LocateAsync(image, context.Cancellation);
        if (isRegistered)
        {
            apps.Remember(address);
            _progress.Tell("app", address.ToString(), wasDone: true);
            return address;
        }

        var deployed = await apps.RegisterAsync(image, await context.SenderAsync(chain), context.Cancellation);
        _progress.Tell("app", $"{deployed.Address} registered");
        return deployed.Address;
    }

    private async Task<List<Uri>> InputsAsync()
    {
        var urls = new List<Uri>();
        foreach (var input in wish.Inputs)
        {
            var (url, isNew) = await EnsureAsync(input);
            _progress.Tell("input", $"{input} at {url}", wasDone: !isNew);
            urls.Add(url);
        }

        return urls;
    }

    private async Task<(Uri Url, bool IsNew)> EnsureAsync(string input)
    {
        ProgressBar? bar = null;
        try
        {
            return await Inputs(context, chain, journal).EnsureAsync(
                input, context.Project.Path, file => new WatchedStream(file, bar = new ProgressBar(context, Path.GetFileName(file.Name), file.Length)), context.Cancellation);
        }
        finally
        {
            bar?.Dispose();
        }
    }

    /// <summary>Uploads to the network's storage.</summary>
    public static RunInputs Inputs(CommandContext context, ChainConnection chain, RunJournal journal) =>
        new(journal, new StorageClient(context.Http.Shared, chain.Settings.IpfsNode ?? chain.Settings.RequireIpfsGateway()), context.Http.Quick);

    private static string Explain(TaskView view)
    {
        var money = view.IsTimedOut ? $"Get your money back: iexec task claim {view.Task.Id}. "
            : view.IsGivenUp ? $"Nobody is paid; after {DateTimeOffset.FromUnixTimeSeconds((long)view.Task.FinalDeadline):u} the money comes back by: iexec task claim {view.Task.Id}. "
            : "";
        return $"Task {view.Task.Id} {(view.IsGivenUp ? "has failed" : view.StatusName)}{(view.Reason is null ? "" : $": {view.Reason}")}\n  {money}To buy another execution add --again.";
    }

    private void Report(JsonObject fields, List<string> failures)
    {
        var raw = (JsonObject)fields.DeepClone();
        raw["steps"] = _progress.ToJson();
        context.Report(raw, failures, output =>
        {
            output.WriteLine(failures.Count == 0 ? $"{context.OutStyle.Good("✔")} The result has the digest of the chain:" : "No result:");
            context.Show(output, fields);
        });
    }
}
