using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Registries;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Multiaddrs;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Assets;

/// <summary>An asset that was just registered.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="TransactionHash">The transaction that registered it.</param>
public sealed record DeployedAsset(Address Address, Bytes32 TransactionHash);

/// <summary>What the owner of apps, datasets and worker pools does with the registries.</summary>
internal static class AssetActions
{
    private static readonly AbiSignature Transfer = new("Transfer(address,address,uint256)");

    /// <summary>The registration of what <c>iexec.json</c> describes.</summary>
    /// <exception cref="IexecException">ValidationError: the first member that is wrong, with its line.</exception>
    public static PlannedTransaction PlanDeployment(ChainConnection chain, AssetKind kind, AssetSection section) => PlanDeployment(chain, section.Describe(kind));

    /// <summary>The registration of an asset.</summary>
    /// <exception cref="IexecException">ValidationError: nobody could use it.</exception>
    public static PlannedTransaction PlanDeployment(ChainConnection chain, AssetDescription asset)
    {
        asset.Check();
        return new($"register {asset.Kind.JsonName()} \"{asset.Title}\"", Creation(chain.Calls, asset));
    }

    /// <summary>Registers what <c>iexec.json</c> describes.</summary>
    public static Task<DeployedAsset> DeployAsync(
        ChainConnection chain, TransactionSender sender, AssetKind kind, AssetSection section, CancellationToken cancellationToken) =>
        DeployAsync(chain, sender, section.Describe(kind), cancellationToken);

    /// <summary>Registers an asset.</summary>
    public static async Task<DeployedAsset> DeployAsync(
        ChainConnection chain, TransactionSender sender, AssetDescription asset, CancellationToken cancellationToken)
    {
        var kind = asset.Kind;
        var planned = PlanDeployment(chain, asset);
        TransactionReceipt? receipt = null;
        await ExplainingAsync(chain, asset, async () => receipt = await sender.SendAsync(planned, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return DeployedIn(chain, kind, receipt!);
    }

    /// <summary>The asset that the receipt of a registration tells.</summary>
    public static DeployedAsset DeployedIn(ChainConnection chain, AssetKind kind, TransactionReceipt receipt) =>
        new(AddressIn(receipt, chain.Hub.Configuration.Registry(kind)), receipt.TransactionHash);

    /// <summary>Sends or forecasts a registration, with the registry's refusal in words.</summary>
    /// <exception cref="IexecException">BusinessError: it is registered already, with its address.</exception>
    public static async Task ExplainingAsync(ChainConnection chain, AssetDescription asset, Func<Task> register, CancellationToken cancellationToken)
    {
        try
        {
            await register().ConfigureAwait(false);
        }
        catch (IexecException refused) when (refused.InnerException is RevertException)
        {
            var (address, owner) = await chain.ReadAsync(async hub =>
            {
                var predicted = await PredictAsync(chain, asset, cancellationToken).ConfigureAwait(false);
                return (predicted, await hub.GetOwnerAsync(asset.Kind, predicted, cancellationToken).ConfigureAwait(false));
            }).ConfigureAwait(false);
            var name = asset.Kind.JsonName();
            throw owner is not null
                ? new IexecException(
                    ErrorCode.BusinessError,
                    $"{char.ToUpperInvariant(name[0])}{name[1..]} already deployed at address {address}",
                    $"Use it, or change what is described: nobody can register the same {name} twice.",
                    refused)
                : new IexecException(refused.Code, $"The registry refuses the {name}: {refused.Message}", "Check its section of iexec.json.", refused);
        }
    }

    /// <summary>Gives an asset away, checked. The orders of the former owner are void then.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: not the wallet's; ValidationError: nobody's address.</exception>
    public static async Task<PlannedTransaction> PlanTransferAsync(
        ChainConnection chain, AssetKind kind, Address asset, Address wallet, Address to, CancellationToken cancellationToken)
    {
        if (to.IsZero || to == asset)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{to} cannot own {kind.WithArticle()}: it would be lost", new Advice("Name the account that receives it.", Remedy.NameReceiver));
        }

        var owner = await chain.ReadAsync(hub => hub.GetOwnerAsync(kind, asset, cancellationToken)).ConfigureAwait(false) ?? throw NotDeployed(chain, kind, asset);
        return owner == wallet
            ? new PlannedTransaction($"transfer {kind.JsonName()} {asset} to {to}", chain.Calls.TransferAsset(kind, asset, wallet, to))
            : throw new IexecException(ErrorCode.BusinessError, $"Only the owner {owner} can transfer {kind.JsonName()} {asset}, not {wallet}", new Advice($"Use the wallet of the owner, {owner}.", Remedy.UseWalletOfOwner, owner.ToString()));
    }

    /// <summary>How many the owner has.</summary>
    public static Task<ulong> CountAsync(ChainConnection chain, AssetKind kind, Address owner, CancellationToken cancellationToken) =>
        chain.ReadAsync(hub => hub.CountAssetsAsync(kind, owner, cancellationToken));

    /// <summary>The owner's asset at an index.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public static async Task<Address> AtIndexAsync(
        ChainConnection chain, AssetKind kind, Address owner, ulong index, CancellationToken cancellationToken) =>
        await chain.ReadAsync(hub => hub.GetAssetByIndexAsync(kind, owner, index, cancellationToken)).ConfigureAwait(false)
        ?? throw new IexecException(ErrorCode.ObjectNotFoundError, $"No {kind.JsonName()} with index {index} of {owner} on chain {chain.ChainId}", new Advice("Indices begin at 0: count the assets first.", Remedy.CountAssets, kind.JsonName()));

    /// <summary>An asset's members under the official names.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public static Task<JsonObject> ShowAsync(ChainConnection chain, AssetKind kind, Address address, CancellationToken cancellationToken) =>
        kind switch
    {
        AssetKind.App => ShowAsync(chain, kind, address, hub => hub.GetAppAsync(address, cancellationToken), app => new JsonObject
        {
            ["appChecksum"] = app.Checksum.ToString(),
            ["appMREnclave"] = Encoding.UTF8.GetString(app.MrEnclave),
            ["appMultiaddr"] = Multiaddr.Decode(app.Multiaddr),
            ["appName"] = app.Name,
            ["appType"] = app.Type,
            ["owner"] = app.Owner.ToString(),
            ["registry"] = chain.Hub.Configuration.AppRegistry.ToString(),
        }),
        AssetKind.Dataset => ShowAsync(chain, kind, address, hub => hub.GetDatasetAsync(address, cancellationToken), dataset => new JsonObject
        {
            ["datasetChecksum"] = dataset.Checksum.ToString(),
            ["datasetMultiaddr"] = Multiaddr.Decode(dataset.Multiaddr),
            ["datasetName"] = dataset.Name,
            ["owner"] = dataset.Owner.ToString(),
            ["registry"] = chain.Hub.Configuration.DatasetRegistry.ToString(),
        }),
        _ => ShowAsync(chain, kind, address, hub => hub.GetWorkerpoolAsync(address, cancellationToken), pool => new JsonObject
        {
            ["schedulerRewardRatioPolicy"] = pool.SchedulerRewardRatioPolicy.ToString(),
            ["workerStakeRatioPolicy"] = pool.WorkerStakeRatioPolicy.ToString(),
            ["workerpoolDescription"] = pool.Description,
            ["owner"] = pool.Owner.ToString(),
            ["registry"] = chain.Hub.Configuration.WorkerpoolRegistry.ToString(),
        }),
    };

    private static async Task<JsonObject> ShowAsync<T>(
        ChainConnection chain, AssetKind kind, Address address, Func<IHub, Task<T?>> read, Func<T, JsonObject> show)
        where T : class =>
        await chain.ReadAsync(read).ConfigureAwait(false) is { } asset ? show(asset) : throw NotDeployed(chain, kind, address);

    /// <summary>There is no such asset in the registry.</summary>
    internal static IexecException NotDeployed(ChainConnection chain, AssetKind kind, Address address) =>
        IexecException.NotFound(kind.JsonName(), address.ToString(), chain.ChainId);

    /// <summary>Where the asset is or will be: the address follows from what is registered and for whom.</summary>
    /// <exception cref="IexecException">ValidationError: nobody could use it.</exception>
    public static async Task<Address> PredictAsync(ChainConnection chain, AssetDescription asset, CancellationToken cancellationToken)
    {
        asset.Check();
        var call = asset switch
        {
            AppDescription app => AppRegistryContract.EncodePredictApp(app.Owner, app.Name, app.Type, Multiaddr.Encode(app.Multiaddr), app.Checksum, app.MrEnclaveBytes),
            DatasetDescription dataset => DatasetRegistryContract.EncodePredictDataset(dataset.Owner, dataset.Name, Multiaddr.Encode(dataset.Multiaddr), dataset.Checksum),
            WorkerpoolDescription pool => WorkerpoolRegistryContract.EncodePredictWorkerpool(pool.Owner, pool.Description),
            _ => throw new ArgumentException($"{asset.GetType()} is not an asset.", nameof(asset)),
        };
        var answer = await chain.Eth.CallAsync(new EthCall(null, chain.Hub.Configuration.Registry(asset.Kind), call), null, cancellationToken)
            .ConfigureAwait(false);
        return AppRegistryContract.DecodePredictApp(answer);
    }

    private static ContractCall Creation(HubCalls calls, AssetDescription asset) => asset switch
    {
        AppDescription app => calls.CreateApp(app.Owner, app.Name, app.Type, Multiaddr.Encode(app.Multiaddr), app.Checksum, app.MrEnclaveBytes),
        DatasetDescription dataset => calls.CreateDataset(dataset.Owner, dataset.Name, Multiaddr.Encode(dataset.Multiaddr), dataset.Checksum),
        WorkerpoolDescription pool => calls.CreateWorkerpool(pool.Owner, pool.Description),
        _ => throw new ArgumentException($"{asset.GetType()} is not an asset.", nameof(asset)),
    };

    // An entry is an ERC-721 token whose id is its address.
    private static Address AddressIn(TransactionReceipt receipt, Address registry)
    {
        foreach (var log in receipt.Logs)
        {
            if (log.Address == registry && log.Topics.Length == 4 && log.Topics[0] == Transfer.Topic)
            {
                return new Address(log.Topics[3].AsSpan()[12..]);
            }
        }

        throw new IexecException(ErrorCode.Web3ProviderSendError, $"Transaction {receipt.TransactionHash} registered nothing", "Check \"hub\" in chain.json.");
    }
}
