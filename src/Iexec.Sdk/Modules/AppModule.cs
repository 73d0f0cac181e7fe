using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Modules;

/// <summary>Applications: registered, looked up, given away.</summary>
public sealed class AppModule
{
    private readonly RegistryCalls _registry;

    internal AppModule(Session session) => _registry = new RegistryCalls(session, AssetKind.App);

    /// <summary>Registers an app (<c>createApp</c>); gives its address and the transaction's hash.</summary>
    /// <param name="app">What to register; without owner it is the wallet's.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: something of it is empty, or a type that no worker runs; Web3ProviderSendError: the registry refuses it, as a
    /// description that its owner has registered before.</exception>
    public Task<DeployedAsset> DeployAppAsync(AppDescription app, CancellationToken cancellationToken = default) =>
        _registry.DeployAsync(app, cancellationToken);

    /// <summary>The app at an address.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public Task<App> ShowAppAsync(Address address, CancellationToken cancellationToken = default) =>
        _registry.ShowAsync(address, hub => hub.GetAppAsync(address, cancellationToken), cancellationToken);

    /// <summary>The app of a user by its index.</summary>
    /// <param name="index">From 0, below <see cref="CountUserAppsAsync"/>.</param>
    /// <param name="user">The owner; null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: the user has not so many.</exception>
    public async Task<App> ShowUserAppAsync(ulong index, Address? user = null, CancellationToken cancellationToken = default) =>
        await ShowAppAsync(await _registry.AtIndexAsync(index, user, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>How many a user owns.</summary>
    /// <param name="user">The owner; null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<ulong> CountUserAppsAsync(Address? user = null, CancellationToken cancellationToken = default) =>
        _registry.CountAsync(user, cancellationToken);

    /// <summary>The address that the app has, or will have when it is registered.</summary>
    /// <param name="app">What is or will be registered; without owner it is the wallet's.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<Address> PredictAppAddressAsync(AppDescription app, CancellationToken cancellationToken = default) =>
        _registry.PredictAsync(app, cancellationToken);

    /// <summary>True if the registry, or one before it, has an app at the address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<bool> CheckDeployedAppAsync(Address address, CancellationToken cancellationToken = default) =>
        _registry.IsDeployedAsync(address, cancellationToken);

    /// <summary>Gives the app away (ERC-721 <c>safeTransferFrom</c>); the orders of the former owner are void then. Gives the transaction's
    /// hash.</summary>
    /// <param name="address">The app.</param>
    /// <param name="to">The new owner.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: not the wallet's; ValidationError: nobody's address.</exception>
    public Task<Bytes32> TransferAppAsync(Address address, Address to, CancellationToken cancellationToken = default) =>
        _registry.TransferAsync(address, to, cancellationToken);

    /// <summary>True if the app has its developer's secret.</summary>
    /// <param name="app">The app.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">SmsCallError: the secret service does not answer; ConfigurationError: none is known.</exception>
    public Task<bool> CheckAppSecretExistsAsync(Address app, CancellationToken cancellationToken = default) =>
        _registry.IsSecretSetAsync(SecretReference.OfApp(app), cancellationToken);

    /// <summary>Gives the secret service the developer's secret, which the app gets inside an enclave. It is written once.</summary>
    /// <param name="app">The wallet's app.</param>
    /// <param name="value">1 to 4096 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">SmsCallError: it is set already, or the wallet does not own the app; ValidationError: its length.</exception>
    public Task PushAppSecretAsync(Address app, string value, CancellationToken cancellationToken = default) =>
        _registry.PushSecretAsync(SecretReference.OfApp(app), value, cancellationToken);
}
