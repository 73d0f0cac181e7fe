using Iexec.Ethereum;
using Iexec.Host.Children;
using Iexec.Host.Keys;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Worker.Containers.Images;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Serve;

public sealed partial class SingleRole
{
    /// <summary>A worker of a pool.</summary>
    /// <exception cref="IexecException">The wallet lacks gas or stake (the hint is the command that gives it),
    /// the scheduler is of another pool, or no container engine is there.</exception>
    public async Task StartWorkerAsync(WorkerServeOptions options, CancellationToken cancellationToken)
    {
        RequireSafe(options.Pool);
        var local = LocalNeighbour.Find(_chain.Settings, _options.StateFolder);
        var key = Own(RoleKeys.Open(options.Wallet.Keystore, options.Wallet.PasswordFile));
        var name = $"{RoleTable.Worker.Name}-{key.Address.ToHex()}";
        var place = Place(RoleTable.Worker, name);
        var log = place.Log.CreateLogger(place.Name);
        var pool = await AskPoolAsync(options, log, cancellationToken);
        var watch = new WalletWatch(_chain, new WalletCommands(_chain.Settings, key.Address, options.Wallet, local?.Faucet), pool, log);
        if (await watch.FindLackAsync(cancellationToken) is { } lack)
        {
            throw lack;
        }

        string[] registries = [.. options.Registries, .. local is null ? [] : new[] { local.Registry }];
        var engine = await ContainerEngine.FindOrStartAsync(
            Path.Combine(place.Folder, "docker"),
            DockerDaemon.FindIn(Workplace.EngineFolder(_options.StateFolder)) is { } neighbour ? [neighbour] : [],
            new ImageSourcePolicy(registries), _time, cancellationToken);
        _undo.Push(engine.DisposeAsync);
        var settings = new WorkerSettings(options.Name ?? $"worker-{key.Address.ToHex()[2..8]}", options.Pool, options.Workerpool ?? pool, key)
        {
            Slots = options.Slots,
            MemoryBytes = options.MemoryBytes,
            AllowNetwork = options.AllowNetwork,
            AllowRoot = options.AllowRoot,
            OwnRegistries = registries,
            OwnOrigins = [.. options.StorageOrigins, .. _chain.Settings.IpfsGateway is { } gateway ? [gateway] : Array.Empty<Uri>()],
        };
        await StartAsync(_roles.Worker(place, settings, engine.Engine, Outbox()), cancellationToken);
        await LoopAsync(watch.Loop(_time, _entropy), cancellationToken);
    }

    // The token of the worker's session would be readable on the way.
    private static void RequireSafe(Uri pool)
    {
        if (pool.Scheme != Uri.UriSchemeHttps && !pool.IsLoopback)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"The scheduler {pool} is reached by plain HTTP, which others can read and change.",
                "Give its https address with --pool.");
        }
    }

    private async Task<Address?> AskPoolAsync(WorkerServeOptions options, ILogger log, CancellationToken cancellationToken)
    {
        PublicConfiguration told;
        try
        {
            told = await new SchedulerClient(_chain.Http.At(options.Pool)).GetConfigurationAsync(cancellationToken);
        }
        catch (IexecException error) when (error.Code == ErrorCode.WorkerpoolCallError)
        {
            log.LogWarning("The scheduler does not answer yet: {Message}", error.Message);
            return options.Workerpool;
        }

        if (told.ChainId != _chain.ChainId)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"The scheduler {options.Pool} works on chain {told.ChainId}, not on {_chain.ChainId}.",
                "Name its chain with --chain.");
        }

        return options.Workerpool is null || options.Workerpool == told.WorkerPoolAddress
            ? told.WorkerPoolAddress
            : throw new IexecException(
                ErrorCode.ConfigurationError, $"The scheduler {options.Pool} is of the workerpool {told.WorkerPoolAddress}, not of {options.Workerpool}.",
                "Check --pool and --workerpool.");
    }
}
