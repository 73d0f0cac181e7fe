using Iexec.Ethereum.Crypto;
using Iexec.Host.Keys;
using Iexec.Host.Roles;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;
using Iexec.ServiceDefaults.Hosting;

namespace Iexec.Host.Serve;

public sealed partial class SingleRole
{
    private static readonly ReconcilePace RegistrationPace = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));

    /// <summary>The scheduler of a pool, made known to the compass if there is one.</summary>
    /// <exception cref="IexecException">The key is not that of the pool's owner, or it is not known where results go or where workers reach this.</exception>
    public async Task StartSchedulerAsync(SchedulerServeOptions options, CancellationToken cancellationToken)
    {
        var local = LocalNeighbour.Find(_chain.Settings, _options.StateFolder);
        var resultProxy = options.ResultProxy ?? _chain.Settings.ResultProxy ?? local?.ResultProxy ?? throw new IexecException(
            ErrorCode.ConfigurationError, "It is not known where workers upload results.",
            "Give the result proxy with --result-proxy <url>; \"iexec serve storage\" runs one.");
        var compass = options.Compass ?? _chain.Settings.Compass;
        RequirePublicUrl(options, compass);
        var owner = Own(RoleKeys.Open(options.Owner.Keystore, options.Owner.PasswordFile));
        await RequireOwnerAsync(options, owner, cancellationToken);
        var settings = new SchedulerSettings(options.Workerpool, owner, resultProxy, options.IpfsGateway ?? _chain.Settings.IpfsGateway)
        {
            StartBlock = _options.StartBlock,
            Confirmations = _options.Confirmations,
            MaximumHeadAge = options.MaximumHeadAge,
        };
        var place = await ServeAsync(
            RoleTable.Scheduler, opened => _roles.Scheduler(opened, settings, Outbox()), cancellationToken, $"{RoleTable.Scheduler.Name}-{options.Workerpool.ToHex()}");
        var log = place.Log.CreateLogger(place.Name);
        if (compass is not null)
        {
            var client = new CompassClient(_chain.Http.At(compass));
            var registration = new CompassRegistration(client, _chain.ChainId, options.Workerpool, options.PublicUrl ?? Url!, owner, _time, log);
            await LoopAsync(new ReconcileLoop("compass registration", registration.ReconcileAsync, RegistrationPace, _time, _entropy, log), cancellationToken);
        }

        var watch = new WalletWatch(_chain, new WalletCommands(_chain.Settings, owner.Address, options.Owner, local?.Faucet), workerpool: null, log);
        await LoopAsync(watch.Loop(_time, _entropy), cancellationToken);
    }

    private async Task RequireOwnerAsync(SchedulerServeOptions options, PrivateKey key, CancellationToken cancellationToken)
    {
        var pool = await _chain.ReadAsync(hub => hub.GetWorkerpoolAsync(options.Workerpool, cancellationToken))
            ?? throw new IexecException(
                ErrorCode.ObjectNotFoundError, $"{options.Workerpool} is no workerpool on chain {_chain.ChainId}.", "Deploy one with: iexec workerpool deploy");
        if (pool.Owner != key.Address)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                $"The workerpool {options.Workerpool} belongs to {pool.Owner}; the keystore file is of {key.Address}.",
                "Give the keystore file of the pool's owner with --keystore.");
        }
    }

    // Nobody reaches 0.0.0.0, or a name that only a proxy knows.
    private void RequirePublicUrl(SchedulerServeOptions options, Uri? compass)
    {
        if (compass is not null && options.PublicUrl is null && !_options.Listen.IsPrivate)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, "The compass must be told where clients and workers reach this scheduler.",
                "Give its address with --public-url <url>.");
        }
    }

    private async Task LoopAsync(ReconcileLoop loop, CancellationToken cancellationToken)
    {
        _undo.Push(async () =>
        {
            await loop.StopAsync(CancellationToken.None);
            loop.Dispose();
        });
        await loop.StartAsync(cancellationToken);
    }
}
