using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Chain;
using Iexec.Host.Children;
using Iexec.Host.Images;
using Iexec.Host.Keys;
using Iexec.Host.Roles;
using Iexec.Poco.Chain;
using Iexec.Poco.Deployment;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wire.Market;
using Microsoft.Extensions.Hosting;

namespace Iexec.Host.Network;

/// <summary>What the network tells whoever started it while it comes up: the part, and what became of it.</summary>
public sealed record NetworkStep(string Part, string Outcome);

/// <summary>
/// The whole network on one machine: chain, contracts, order gateway, storage, compass, scheduler and workers in this process; node, registry and,
/// if need be, container engine as its children. Disposing ends everything in the opposite order and saves the chain.
/// </summary>
public sealed class LocalNetwork : IAsyncDisposable
{
    private const ulong GiftNrlc = 1_000_000_000_000;

    private readonly Stack<Func<ValueTask>> _undo = new();
    private readonly NetworkOptions _options;
    private readonly TimeProvider _time;
    private readonly IEntropySource _entropy;
    private readonly IProgress<NetworkStep> _progress;
    private readonly CancellationTokenSource _stopping = new();
    private LocalChain? _chain;
    private Faucet? _faucet;
    private Workplace? _workplace;

    private LocalNetwork(NetworkOptions options, IProgress<NetworkStep> progress, IEntropySource entropy, TimeProvider time)
    {
        _options = options;
        _progress = progress;
        _entropy = entropy;
        _time = time;
    }

    /// <summary>Where everything is.</summary>
    public NetworkStatus Status { get; private set; } = null!;

    /// <summary>What this start deployed; no steps when the contracts stood already.</summary>
    public HubDeployment Deployment => _chain!.Deployment;

    /// <summary>Ends when a part without which the network is nothing has ended by itself; carries the reason.</summary>
    public Task<string> Broken { get; private set; } = null!;

    /// <summary>Starts the network and returns when everything answers.</summary>
    /// <exception cref="IexecException">Says which part cannot start and what to do; what had started is ended again.</exception>
    public static async Task<LocalNetwork> StartAsync(
        NetworkOptions options, IProgress<NetworkStep> progress, IEntropySource entropy, TimeProvider time, CancellationToken cancellationToken)
    {
        var network = new LocalNetwork(options, progress, entropy, time);
        try
        {
            await network.StartPartsAsync(cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>A sample's image in this network's registry, built if need be.</summary>
    public Task<BuiltSample> BuildSampleAsync(SampleImage sample, IProgress<string> output, CancellationToken cancellationToken) =>
        BuiltSample.OfAsync(_workplace!.Samples(_options), sample, output, cancellationToken);

    /// <summary>Gives an account 10 ether of the development chain, if it has less, and RLC (in nRLC).</summary>
    public async Task FundAsync(Address account, UInt256 amountNrlc, CancellationToken cancellationToken)
    {
        await _faucet!.GiveEtherAsync(account, LocalChain.Ether(10), cancellationToken);
        await _faucet.GiveRlcAndWaitAsync(account, amountNrlc, _time, cancellationToken);
    }

    /// <summary>Adds the <c>dev</c> entry to the <c>chain.json</c> at a path.</summary>
    public static void WriteChainEntry(string path, NetworkStatus status, bool forOlderClients) =>
        ChainEntry.Write(new JsonFile(path), status.ChainId, status.Hub, status.Ports, forOlderClients);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        var failures = new List<Exception>();
        while (_undo.TryPop(out var undo))
        {
            try
            {
                await undo();
            }
            catch (Exception error)
            {
                // A part that cannot stop cleanly must not keep the chain from being saved and the children from being ended.
                failures.Add(error);
            }
        }

        _stopping.Dispose();
        if (failures.Count > 0)
        {
            throw new AggregateException("Some parts of the network did not stop cleanly.", failures);
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        var folderLock = FolderLock.Take(_options.ChainFolder, _options.Whereabouts);
        OnStop(folderLock.Dispose);
        await OciRegistry.EndOrphanAsync(_options.RoleFolder("registry"), _time);
        PortOwner.RequireFree(_options.Ports.All.Where(port => _options.RegistryAddress is null || port.Port != _options.Ports.Registry));

        // The engine takes longest, the keys are pure computation: both go on beside the chain.
        var workplace = Workplace.StartAsync(_options, _time, cancellationToken);
        var keys = Task.Run(OpenKeys, cancellationToken);
        try
        {
            await StartRolesAsync(keys, workplace, cancellationToken);
        }
        catch
        {
            await DisposeWorkplaceAsync(workplace);
            throw;
        }
    }

    private async Task StartRolesAsync(Task<RoleKeySet> opening, Task<Workplace> preparing, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(100) };
        OnStop(http.Dispose);
        _chain = await LocalChain.StartAsync(_options, http, _entropy, _time, cancellationToken);
        OnStop(_chain.DisposeAsync);
        var hub = await JsonRpcHub.ConnectAsync(new EthClient(new JsonRpcClient(http, _chain.Url, new RevertDecoder())), _chain.Deployment.Configuration.Hub, cancellationToken);
        Tell("chain", $"{hub.Configuration.ChainId}, hub {hub.Configuration.Hub}");

        var keys = await opening;
        OnStop(keys.Dispose);
        _faucet = new Faucet(_chain, LocalChain.DevelopmentOwner());
        OnStop(_faucet.Dispose);
        var pool = await new NetworkSeed(hub, _chain, _faucet, _time).PlantAsync(keys.PoolOwner, keys.Workers, cancellationToken);
        Tell("workerpool", $"{pool}, owner {keys.PoolOwner.Address}");
        await _chain.StartMiningAsync(_options.BlockTimeSeconds, cancellationToken);
        await Task.WhenAll(_options.Funded.Select(account => FundAsync(account, GiftNrlc, cancellationToken)));
        foreach (var account in _options.Funded)
        {
            Tell("funded", $"{account} has 10 ether and 1000 RLC more");
        }


        var roles = new NetworkRoles(_options, hub, _chain.Eth, http, _entropy, _time);
        await StartAsync(roles.Node(_chain, _faucet), cancellationToken);
        await StartAsync(roles.Market(), cancellationToken);
        foreach (var storage in roles.Storage())
        {
            await StartAsync(storage, cancellationToken);
        }

        await StartAsync(roles.Sms(), cancellationToken);
        await StartAsync(roles.Compass(pool), cancellationToken);
        await StartAsync(roles.Scheduler(pool, keys.PoolOwner), cancellationToken);
        Tell("services", "gateway, storage, secret service, compass and scheduler answer");

        _workplace = await preparing;
        OnStop(_workplace.DisposeAsync);
        Tell("containers", _workplace.IsPrivateEngine ? "private engine" : "the machine's engine");
        foreach (var (key, index) in keys.Workers.Select((key, index) => (key, index)))
        {
            await StartAsync(roles.Worker(index, key, pool, _workplace), cancellationToken);
        }

        Tell("workers", $"{keys.Workers.Count} ready");
        var offers = new PoolOffers(hub, pool, keys.PoolOwner, new MarketClient(http, roles.Url(RoleTable.Market)), keys.Workers.Count, _entropy);
        await offers.PublishMissingAsync(cancellationToken);
        var keeping = KeepOffersAsync(offers, _stopping.Token);
        OnStop(async () => await keeping);
        Publish(hub, pool);
    }

    private void Publish(IHub hub, Address pool)
    {
        var self = ProcessIdentity.Of(System.Diagnostics.Process.GetCurrentProcess(), "iexec");
        Status = new NetworkStatus(
            self.Id, self.Started, hub.Configuration.ChainId, hub.Configuration.Hub, hub.Configuration.Token, pool, _options.Ports, _options.Workers,
            _time.GetUtcNow().ToUnixTimeSeconds(), _workplace!.Registry.Address);
        NetworkStatus.Write(_options.ChainFolder, Status);
        OnStop(() => NetworkStatus.Remove(_options.ChainFolder));
        Broken = WatchAsync();
    }

    private async Task<string> WatchAsync()
    {
        await _chain!.WaitForExitAsync(_stopping.Token);
        return "The development node (anvil) has ended by itself. Its log is in the state folder.";
    }

    private async Task KeepOffersAsync(PoolOffers offers, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    await offers.PublishMissingAsync(cancellationToken);
                }
                catch (IexecException error)
                {
                    Tell("offers", error.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The network stops.
        }
    }

    private async Task StartAsync(IHost role, CancellationToken cancellationToken)
    {
        OnStop(async () =>
        {
            await role.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)role).DisposeAsync();
        });
        await role.StartAsync(cancellationToken);
    }

    private RoleKeySet OpenKeys()
    {
        var folders = Enumerable.Range(0, _options.Workers).Select(index => _options.RoleFolder(NetworkRoles.WorkerName(index))).Prepend(_options.RoleFolder("scheduler"));
        var keys = folders.AsParallel().AsOrdered().Select(folder => RoleKeys.OpenOrCreate(folder, _entropy)).ToArray();
        return new RoleKeySet(keys[0], keys[1..]);
    }

    private static async Task DisposeWorkplaceAsync(Task<Workplace> starting)
    {
        try
        {
            await (await starting).DisposeAsync();
        }
        catch (Exception error) when (error is IexecException or OperationCanceledException)
        {
            // It did not start either; the first failure is the one to tell.
        }
    }

    private void Tell(string part, string outcome) => _progress.Report(new NetworkStep(part, outcome));

    private void OnStop(Action undo) => _undo.Push(() =>
    {
        undo();
        return ValueTask.CompletedTask;
    });

    private void OnStop(Func<ValueTask> undo) => _undo.Push(undo);
}

/// <summary>One key per role.</summary>
internal sealed record RoleKeySet(PrivateKey PoolOwner, IReadOnlyList<PrivateKey> Workers) : IDisposable
{
    public void Dispose()
    {
        PoolOwner.Dispose();
        foreach (var worker in Workers)
        {
            worker.Dispose();
        }
    }
}
