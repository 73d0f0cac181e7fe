using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Contracts;
using Iexec.Poco.Registries;

namespace Iexec.Poco.Chain;

/// <content>Registries, their entries, groups and the token. Entries are read by their own getters, which every version of the contracts has.</content>
public sealed partial class JsonRpcHub
{
    /// <inheritdoc/>
    public async Task<bool> IsAllowedAsync(Address restriction, Address account, CancellationToken cancellationToken)
    {
        if (restriction.IsZero || restriction == account)
        {
            return true;
        }

        try
        {
            return await ReadAsync(AssetViews.IsGroupMember(restriction, account), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AbiException || IsRefusal(e))
        {
            // Not a group: an account, a contract of another kind, or one that refuses to answer.
            return false;
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsRegisteredAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) =>
        ReadAsync(AssetViews.IsRegistered(Configuration.Registry(kind), asset), cancellationToken);

    /// <inheritdoc/>
    public async Task<Address?> GetOwnerAsync(AssetKind kind, Address asset, CancellationToken cancellationToken)
    {
        var owner = AssetViews.Owner(asset);
        var replies = await ReadEntryAsync(kind, asset, [owner.Call], cancellationToken).ConfigureAwait(false);
        return replies is null ? null : owner.Decode(replies[0].GetData());
    }

    /// <inheritdoc/>
    public async Task<App?> GetAppAsync(Address address, CancellationToken cancellationToken)
    {
        var owner = AssetViews.Owner(address);
        var name = new ContractView<string>(address, AppContract.EncodeAppName(), data => AppContract.DecodeAppName(data));
        var type = new ContractView<string>(address, AppContract.EncodeAppType(), data => AppContract.DecodeAppType(data));
        var multiaddr = new ContractView<byte[]>(address, AppContract.EncodeAppMultiaddr(), data => AppContract.DecodeAppMultiaddr(data));
        var checksum = new ContractView<Bytes32>(address, AppContract.EncodeAppChecksum(), data => AppContract.DecodeAppChecksum(data));
        var mrEnclave = new ContractView<byte[]>(address, AppContract.EncodeAppMREnclave(), data => AppContract.DecodeAppMREnclave(data));
        return await ReadEntryAsync(
            AssetKind.App, address, [owner.Call, name.Call, type.Call, multiaddr.Call, checksum.Call, mrEnclave.Call], cancellationToken).ConfigureAwait(false) is { } replies
            ? new App(
                address,
                owner.Decode(replies[0].GetData()),
                name.Decode(replies[1].GetData()),
                type.Decode(replies[2].GetData()),
                multiaddr.Decode(replies[3].GetData()),
                checksum.Decode(replies[4].GetData()),
                mrEnclave.Decode(replies[5].GetData()))
            : null;
    }

    /// <inheritdoc/>
    public async Task<Dataset?> GetDatasetAsync(Address address, CancellationToken cancellationToken)
    {
        var owner = AssetViews.Owner(address);
        var name = new ContractView<string>(address, DatasetContract.EncodeDatasetName(), data => DatasetContract.DecodeDatasetName(data));
        var multiaddr = new ContractView<byte[]>(address, DatasetContract.EncodeDatasetMultiaddr(), data => DatasetContract.DecodeDatasetMultiaddr(data));
        var checksum = new ContractView<Bytes32>(address, DatasetContract.EncodeDatasetChecksum(), data => DatasetContract.DecodeDatasetChecksum(data));
        return await ReadEntryAsync(
            AssetKind.Dataset, address, [owner.Call, name.Call, multiaddr.Call, checksum.Call], cancellationToken).ConfigureAwait(false) is { } replies
            ? new Dataset(
                address,
                owner.Decode(replies[0].GetData()),
                name.Decode(replies[1].GetData()),
                multiaddr.Decode(replies[2].GetData()),
                checksum.Decode(replies[3].GetData()))
            : null;
    }

    /// <inheritdoc/>
    public async Task<Workerpool?> GetWorkerpoolAsync(Address address, CancellationToken cancellationToken)
    {
        var owner = AssetViews.Owner(address);
        var description = new ContractView<string>(address, WorkerpoolContract.EncodeWorkerpoolDescription(), data => WorkerpoolContract.DecodeWorkerpoolDescription(data));
        var stakeRatio = new ContractView<UInt256>(address, WorkerpoolContract.EncodeWorkerStakeRatioPolicy(), data => WorkerpoolContract.DecodeWorkerStakeRatioPolicy(data));
        var rewardRatio = new ContractView<UInt256>(address, WorkerpoolContract.EncodeSchedulerRewardRatioPolicy(), data => WorkerpoolContract.DecodeSchedulerRewardRatioPolicy(data));
        return await ReadEntryAsync(
            AssetKind.Workerpool, address, [owner.Call, description.Call, stakeRatio.Call, rewardRatio.Call], cancellationToken).ConfigureAwait(false) is { } replies
            ? new Workerpool(
                address,
                owner.Decode(replies[0].GetData()),
                description.Decode(replies[1].GetData()),
                stakeRatio.Decode(replies[2].GetData()),
                rewardRatio.Decode(replies[3].GetData()))
            : null;
    }

    /// <inheritdoc/>
    public async Task<ulong> CountAssetsAsync(AssetKind kind, Address owner, CancellationToken cancellationToken) =>
        (ulong)await ReadAsync(AssetViews.BalanceOf(Configuration.Registry(kind), owner), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<Address?> GetAssetByIndexAsync(AssetKind kind, Address owner, ulong index, CancellationToken cancellationToken)
    {
        var (count, asset) = (AssetViews.BalanceOf(Configuration.Registry(kind), owner), AssetViews.AssetByIndex(Configuration.Registry(kind), owner, index));
        var replies = await ReadManyAsync(cancellationToken, count.Call, asset.Call).ConfigureAwait(false);
        return index < count.Decode(replies[0].GetData()) ? asset.Decode(replies[1].GetData()) : null;
    }

    /// <inheritdoc/>
    public Task<UInt256> GetTokenBalanceAsync(Address account, CancellationToken cancellationToken) => Configuration.IsNative
        ? GetCoinsAsync(account, cancellationToken)
        : ReadAsync(AssetViews.BalanceOf(Configuration.Token, account), cancellationToken);

    private async Task<UInt256> GetCoinsAsync(Address account, CancellationToken cancellationToken) =>
        await _eth.GetBalanceAsync(account, cancellationToken).ConfigureAwait(false) / HubConfiguration.WeiPerNrlc;

    /// <summary>The entry's answers, asked together with the registry; null when the registry does not know it, whatever the address says of itself.</summary>
    private async Task<CallReply[]?> ReadEntryAsync(AssetKind kind, Address entry, EthCall[] calls, CancellationToken cancellationToken)
    {
        var registered = AssetViews.IsRegistered(Configuration.Registry(kind), entry);
        var replies = await ReadManyAsync(cancellationToken, [registered.Call, .. calls]).ConfigureAwait(false);
        return registered.Decode(replies[0].GetData()) ? replies[1..] : null;
    }
}
