using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.Sdk.Workerpools;

namespace Iexec.Sdk.Modules;

/// <summary>Worker pools: registered, looked up, given away.</summary>
public sealed class WorkerpoolModule
{
    private readonly Session _session;
    private readonly RegistryCalls _registry;

    internal WorkerpoolModule(Session session)
    {
        _session = session;
        _registry = new RegistryCalls(session, AssetKind.Workerpool);
    }

    /// <summary>Registers a worker pool (<c>createWorkerpool</c>); gives its address and the transaction's hash.</summary>
    /// <param name="workerpool">What to register; without owner it is the wallet's.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: something of it is empty; Web3ProviderSendError: the registry refuses it, as a
    /// description that its owner has registered before.</exception>
    public Task<DeployedAsset> DeployWorkerpoolAsync(WorkerpoolDescription workerpool, CancellationToken cancellationToken = default) =>
        _registry.DeployAsync(workerpool, cancellationToken);

    /// <summary>The worker pool at an address.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public Task<Workerpool> ShowWorkerpoolAsync(Address address, CancellationToken cancellationToken = default) =>
        _registry.ShowAsync(address, hub => hub.GetWorkerpoolAsync(address, cancellationToken), cancellationToken);

    /// <summary>The worker pool of a user by its index.</summary>
    /// <param name="index">From 0, below <see cref="CountUserWorkerpoolsAsync"/>.</param>
    /// <param name="user">The owner; null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: the user has not so many.</exception>
    public async Task<Workerpool> ShowUserWorkerpoolAsync(ulong index, Address? user = null, CancellationToken cancellationToken = default) =>
        await ShowWorkerpoolAsync(await _registry.AtIndexAsync(index, user, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>How many a user owns.</summary>
    /// <param name="user">The owner; null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<ulong> CountUserWorkerpoolsAsync(Address? user = null, CancellationToken cancellationToken = default) =>
        _registry.CountAsync(user, cancellationToken);

    /// <summary>The address that the worker pool has, or will have when it is registered.</summary>
    /// <param name="workerpool">What is or will be registered; without owner it is the wallet's.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<Address> PredictWorkerpoolAddressAsync(WorkerpoolDescription workerpool, CancellationToken cancellationToken = default) =>
        _registry.PredictAsync(workerpool, cancellationToken);

    /// <summary>True if the registry, or one before it, has a worker pool at the address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<bool> CheckDeployedWorkerpoolAsync(Address address, CancellationToken cancellationToken = default) =>
        _registry.IsDeployedAsync(address, cancellationToken);

    /// <summary>Gives the worker pool away (ERC-721 <c>safeTransferFrom</c>); the orders of the former owner are void then. Gives the transaction's
    /// hash.</summary>
    /// <param name="address">The worker pool.</param>
    /// <param name="to">The new owner.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: not the wallet's; ValidationError: nobody's address.</exception>
    public Task<Bytes32> TransferWorkerpoolAsync(Address address, Address to, CancellationToken cancellationToken = default) =>
        _registry.TransferAsync(address, to, cancellationToken);

    /// <summary>Where the pool's scheduler answers; null when the compass does not know, or there is no compass.</summary>
    /// <param name="workerpool">The pool.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">CompassCallError: the compass does not answer.</exception>
    public async Task<Uri?> GetWorkerpoolApiUrlAsync(Address workerpool, CancellationToken cancellationToken = default) =>
        await new WorkerpoolDirectory(_session.Settings, _session.Http).FindUrlAsync(workerpool, cancellationToken).ConfigureAwait(false);

    /// <summary>Tells the compass where the pool's scheduler answers, signed by the wallet.</summary>
    /// <param name="workerpool">The wallet's pool.</param>
    /// <param name="apiUrl">An http(s) address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">ValidationError: no http(s) address; CompassCallError: not the wallet's pool; ConfigurationError: no compass
    /// is known.</exception>
    public async Task SetWorkerpoolApiUrlAsync(Address workerpool, Uri apiUrl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(apiUrl);
        if (apiUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new IexecException(ErrorCode.ValidationError, $"{apiUrl} is not a valid URL", "Give the whole address: https://pool.example.com");
        }

        await new CompassClient(_session.Http.At(_session.Settings.RequireCompass())).RegisterWorkerpoolAsync(
            _session.Settings.Id, workerpool, apiUrl, _session.Signer, (ulong)_session.Options.Time.GetUtcNow().ToUnixTimeSeconds(), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>What the pool's live workers can do; null when no scheduler is known.</summary>
    /// <param name="workerpool">The pool.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">WorkerpoolCallError: the scheduler does not answer; CompassCallError: the compass does not.</exception>
    public async Task<PoolStrength?> GetStrengthAsync(Address workerpool, CancellationToken cancellationToken = default) =>
        await new WorkerpoolDirectory(_session.Settings, _session.Http).GetStrengthAsync(workerpool, cancellationToken).ConfigureAwait(false);
}
