using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Host.Images;
using Iexec.Poco;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Deals;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;
using Iexec.Sdk.Results;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Cli.Commands.Network;

/// <summary>What the demo leaves.</summary>
internal sealed record DemoResult(DealId Deal, TaskId Task, Bytes32 Digest, int Workers, string ArchivePath, string PicturePath);

/// <summary>The demo's purchase, from an image to a picture, with the client's own actions and two wallets: a provider who sells the app, a requester who buys.</summary>
/// <param name="context">Of the command.</param>
/// <param name="chain">The network.</param>
/// <param name="project">Where everything is kept.</param>
/// <param name="workers">Workers of the pool: one alone cannot be asked to agree with another.</param>
internal sealed class Demo(CommandContext context, ChainConnection chain, ProjectFolder project, int workers)
{
    private const ulong AppPriceNrlc = 50_000_000;
    private const ulong DepositNrlc = 5_000_000_000;

    // Three takes two workers who say the same.
    private readonly ulong _trust = workers > 1 ? 3UL : 1;

    public async Task<DemoResult> RunAsync(BuiltSample image)
    {
        using var provider = OpenWallet("provider");
        using var requester = OpenWallet(null);
        await StepAsync("wallets", () => FundAsync([provider, requester]), _ => $"provider {provider.Address}, requester {requester.Address}");
        var app = await StepAsync("app", () => DeployAsync(image, provider), address => address.ToString());
        await StepAsync("app order", () => OfferAsync(app, provider), hash => $"{hash}, {Rlc(AppPriceNrlc)} a run");
        var scene = await StepAsync("input file", PutSceneAsync, stored => $"{stored.Url} ({stored.Bytes} bytes)");
        await StepAsync("deposit", () => DepositAsync(requester), stake => $"{Rlc(stake)} in the escrow");
        var deal = await StepAsync("deal", () => BuyAsync(app, scene, requester), made => $"{made.Id}");
        return await FinishAsync(deal, requester);
    }

    /// <summary>Runs a step and prints what came of it, with the seconds it took.</summary>
    public async Task<T> StepAsync<T>(string name, Func<Task<T>> step, Func<T, string> tell)
    {
        var started = context.Time.GetTimestamp();
        var result = await step();
        var seconds = context.Time.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        context.Note($"{name,-11} {tell(result)}  ({seconds} s{_gas})");
        _gas = "";
        return result;
    }

    private string _gas = "";

    private async Task<bool> FundAsync(IReadOnlyList<PrivateKey> wallets)
    {
        foreach (var wallet in wallets)
        {
            var balances = await AccountActions.GetBalancesAsync(chain, wallet.Address, context.Cancellation);
            if (balances.Wei.IsZero)
            {
                await AskFaucetAsync("getETH", wallet.Address);
            }

            if (balances.Nrlc < DepositNrlc)
            {
                await AskFaucetAsync("getRLC", wallet.Address);
                while ((await AccountActions.GetBalancesAsync(chain, wallet.Address, context.Cancellation)).Nrlc < DepositNrlc)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), context.Time, context.Cancellation);
                }
            }
        }

        return true;
    }

    private async Task AskFaucetAsync(string route, Address wallet)
    {
        using var reply = await context.Http.Quick.GetAsync(new Uri(chain.Settings.RequireHost(), $"/{route}?address={wallet}"), context.Cancellation);
        if (!reply.IsSuccessStatusCode)
        {
            throw new IexecException(ErrorCode.Error, $"The faucet of {chain.Settings.Host} answered {(int)reply.StatusCode}.", "The demo needs a network started by this program.");
        }
    }

    private async Task<Address> DeployAsync(BuiltSample image, PrivateKey provider)
    {
        if (project.Deployed.Find(AssetKind.App, chain.ChainId) is { } known
            && await chain.ReadAsync(hub => hub.GetAppAsync(known, context.Cancellation)) is { } app
            && app.Checksum.ToString() == image.Checksum && Encoding.UTF8.GetString(app.Multiaddr) == image.Name && app.Owner == provider.Address)
        {
            return known;
        }

        project.Iexec.Update(root => root["app"] = new JsonObject
        {
            ["owner"] = provider.Address.ToString(),
            ["name"] = "povray",
            ["type"] = "DOCKER",
            ["multiaddr"] = image.Name,
            ["checksum"] = image.Checksum,
            ["mrenclave"] = "",
        });
        var deployed = await AssetActions.DeployAsync(chain, Sender(provider), AssetKind.App, AssetSection.Read(project.Iexec, AssetKind.App), context.Cancellation);
        project.Deployed.Save(AssetKind.App, chain.ChainId, deployed.Address);
        await RememberGasAsync(deployed.TransactionHash);
        return deployed.Address;
    }

    private async Task<OrderHash> OfferAsync(Address app, PrivateKey provider)
    {
        var domain = chain.Hub.Configuration.Domain;
        var order = OrderSchemas.App.Sign(new AppOrder { App = app, AppPrice = AppPriceNrlc, Volume = 1000 }, provider, domain, context.Entropy);
        var market = context.Market(chain.Settings);
        return await market.PublishAsync(chain.ChainId, OrderSchemas.App, order, await market.AuthorizeAsync(chain.ChainId, provider, context.Cancellation), context.Cancellation);
    }

    private async Task<StoredFile> PutSceneAsync()
    {
        var source = Path.Combine(ProductFolder.Find(), "samples", "povray", "scene.pov");
        var copy = project["scene.pov"];
        if (!File.Exists(copy))
        {
            File.Copy(source, copy);
        }

        await using var scene = File.OpenRead(copy);
        return await new StorageClient(context.Http.Shared, chain.Settings.RequireIpfsGateway()).PutAsync(scene, "scene.pov", context.Cancellation);
    }

    private async Task<UInt256> DepositAsync(PrivateKey requester)
    {
        var account = await chain.ReadAsync(hub => hub.GetAccountAsync(requester.Address, context.Cancellation));
        if (account.Stake < DepositNrlc)
        {
            var receipt = await AccountActions.DepositAsync(chain, Sender(requester), DepositNrlc, context.Cancellation);
            _gas = $", {receipt.GasUsed:N0} gas";
        }

        return (await chain.ReadAsync(hub => hub.GetAccountAsync(requester.Address, context.Cancellation))).Stake;
    }

    private async Task<MadeDeal> BuyAsync(Address app, StoredFile scene, PrivateKey requester)
    {
        var wanted = new ExecutionRequest { App = app, Category = UInt256.Zero, Trust = _trust, Params = ExecutionParams.Create(null, null, [scene.Url.AbsoluteUri]) };
        var set = await new BuyExecution(chain, () => context.Market(chain.Settings), requester, context.Entropy).CollectAsync(wanted, context.Cancellation);
        context.Note($"{"price",-11} app {Rlc(set.App.Order.AppPrice)}, workerpool {Rlc(set.Workerpool.Order.WorkerpoolPrice)}, trust {_trust}");
        var deal = await new FillOrders(chain, Sender(requester), new TrustCheck(chain.Workerpools, context.Warn)).RunAsync(set, context.Cancellation);
        await RememberGasAsync(deal.TransactionHash);
        return deal;
    }

    private async Task<DemoResult> FinishAsync(MadeDeal made, PrivateKey requester)
    {
        var deal = await DealActions.GetAsync(chain, made.Id, context.Cancellation);
        var task = DealActions.TasksOf(deal).First();
        var view = await StepAsync(
            "task",
            () => TaskActions.WatchAsync(chain, task, context.Time, now => context.Note($"{"",-11} {now.StatusName}{(now.Reason is null ? "" : $": {now.Reason}")}"), context.Cancellation),
            done => $"{done.StatusName}, computed by {string.Join(" and ", done.Task.Contributors.Select(worker => worker.ToString()))}");
        if (view.Task.Status != ChainTaskStatus.Completed)
        {
            throw new IexecException(ErrorCode.BusinessError, $"The task ended as {view.StatusName}{(view.Reason is null ? "." : $": {view.Reason}")}", $"See its logs, and: iexec task show {task}");
        }

        var archive = project[$"{task}.zip"];
        await StepAsync("result", async () => { await ResultDownload.SaveAsync(chain, view, archive, context.Cancellation); return archive; }, path => $"{path}, digest {view.Task.ResultDigest}");
        var account = await chain.ReadAsync(hub => hub.GetAccountAsync(requester.Address, context.Cancellation));
        context.Note($"{"account",-11} {Rlc(account.Stake)} left, {Rlc(account.Locked)} locked");
        return new DemoResult(made.Id, task, view.Task.ResultDigest, view.Task.Contributors.Length, archive, ExtractPicture(archive));
    }

    // The name is looked up, not taken from the archive: an entry could be called anything.
    private string ExtractPicture(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        var picture = zip.GetEntry("picture.png") ?? throw new IexecException(ErrorCode.Error, "The result holds no picture.png.");
        var path = project["picture.png"];
        picture.ExtractToFile(path, overwrite: true);
        return path;
    }

    private TransactionSender Sender(PrivateKey key) => new(chain, key, 1, context.Time);

    private async Task RememberGasAsync(Bytes32 transaction)
    {
        var receipt = await chain.Eth.GetReceiptAsync(transaction, context.Cancellation);
        _gas = receipt is null ? "" : $", {receipt.GasUsed:N0} gas";
    }

    private PrivateKey OpenWallet(string? subfolder)
    {
        var folder = subfolder is null ? project : new ProjectFolder(project[subfolder]);
        Directory.CreateDirectory(folder.Path);
        var path = folder["wallet.json"];
        if (File.Exists(path))
        {
            return WalletFile.Open(path).Unlock(null);
        }

        var key = PrivateKey.Generate(context.Entropy);
        AtomicFile.Write(path, JsonText.ToIndented(WalletFile.InClear(key)), AtomicFile.Secret, overwrite: false);
        return key;
    }

    private static string Rlc(UInt256 nrlc) => $"{RlcAmount.FormatRlc(nrlc)} RLC";
}
