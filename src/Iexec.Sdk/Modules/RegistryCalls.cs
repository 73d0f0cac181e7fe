using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Modules;

/// <summary>What the three kinds of assets have in common.</summary>
internal sealed class RegistryCalls(Session session, AssetKind kind)
{
    public async Task<DeployedAsset> DeployAsync(AssetDescription asset, CancellationToken cancellationToken)
    {
        var owned = Owned(asset);
        return await session.WithSenderAsync((chain, sender) => AssetActions.DeployAsync(chain, sender, owned, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<Address> PredictAsync(AssetDescription asset, CancellationToken cancellationToken)
    {
        var owned = Owned(asset);
        var chain = await session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await chain.ReadAsync(_ => AssetActions.PredictAsync(chain, owned, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<T> ShowAsync<T>(Address asset, Func<Poco.Chain.IHub, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        var chain = await session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await chain.ReadAsync(read).ConfigureAwait(false) ?? throw AssetActions.NotDeployed(chain, kind, asset);
    }

    public async Task<Address> AtIndexAsync(ulong index, Address? owner, CancellationToken cancellationToken) =>
        await AssetActions.AtIndexAsync(await session.ConnectAsync(cancellationToken).ConfigureAwait(false), kind, session.AccountOf(owner), index, cancellationToken)
            .ConfigureAwait(false);

    public async Task<ulong> CountAsync(Address? owner, CancellationToken cancellationToken) =>
        await AssetActions.CountAsync(await session.ConnectAsync(cancellationToken).ConfigureAwait(false), kind, session.AccountOf(owner), cancellationToken)
            .ConfigureAwait(false);

    public async Task<bool> IsDeployedAsync(Address asset, CancellationToken cancellationToken) =>
        await (await session.ConnectAsync(cancellationToken).ConfigureAwait(false)).ReadAsync(hub => hub.IsRegisteredAsync(kind, asset, cancellationToken))
            .ConfigureAwait(false);

    public async Task<Bytes32> TransferAsync(Address asset, Address to, CancellationToken cancellationToken) =>
        await session.TransactAsync(
            (chain, wallet) => AssetActions.PlanTransferAsync(chain, kind, asset, wallet, to, cancellationToken), cancellationToken).ConfigureAwait(false);

    public async Task<bool> IsSecretSetAsync(SecretReference secret, CancellationToken cancellationToken) =>
        await session.Sms.IsSetAsync(secret, cancellationToken).ConfigureAwait(false);

    public async Task PushSecretAsync(SecretReference secret, string value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        await session.Sms.PushAsync(secret, value, session.Signer, cancellationToken).ConfigureAwait(false);
    }

    // The callers' parameter has the name of its kind.
    private AssetDescription Owned(AssetDescription asset)
    {
        ArgumentNullException.ThrowIfNull(asset, kind.JsonName());
        asset.Check();
        return asset.Owner.IsZero ? asset with { Owner = session.Signer.Address } : asset;
    }
}
