using System.Globalization;
using System.Net;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Chain;
using Iexec.Host.Roles;
using Iexec.Market;
using Iexec.Poco.Chain;
using Iexec.Scheduler;
using Iexec.Scheduler.Compass;
using Iexec.ServiceDefaults.Http;
using Iexec.Storage;
using Iexec.Worker;
using Iexec.Worker.Chain;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Network;

/// <summary>The roles of the local network: role × port × store. Each keeps its state in a folder of its own and its log beside.</summary>
internal sealed class NetworkRoles(NetworkOptions options, IHub hub, EthClient eth, HttpClient http, IEntropySource entropy, TimeProvider time)
{
    private readonly NetworkPorts _ports = options.Ports;

    public static string WorkerName(int index) => string.Create(CultureInfo.InvariantCulture, $"worker-{index + 1}");

    public Uri Url(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public WebApplication Node(LocalChain chain, Faucet faucet)
    {
        var boundary = new NodeBoundary([]);
        var node = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = chain.Url };
        return Serve("node", _ports.Rpc, services => services.AddSingleton(node), app =>
        {
            app.MapNodeGate(node, boundary);
            app.MapFaucet(faucet, boundary);
        });
    }

    public WebApplication Market() => Serve(
        "market", _ports.Market,
        services => services.AddMarket(new MarketOptions { Chains = [new MarketChain(hub)], ConnectionString = Store("market") }),
        app => app.MapMarket());

    /// <summary>One store behind two doors, so two servers that share it.</summary>
    public IEnumerable<WebApplication> Storage()
    {
        var storage = new StorageOptions(options.RoleFolder("storage"), hub) { AllowUploads = true };
        var gateway = Serve("storage", _ports.IpfsGateway, services => services.AddStorage(storage), app => app.MapIpfsGateway());
        yield return gateway;
        yield return Serve("result-proxy", _ports.ResultProxy, services => services.ShareStorage(gateway.Services), app => app.MapResultProxy());
    }

    public WebApplication Compass(Address pool) => Serve(
        "compass", _ports.Compass,
        services => services.AddCompass(new CompassOptions
        {
            Hubs = [hub],
            ConnectionString = Store("compass"),
            Seeds = [new CompassSeed(options.ChainId, pool, Url(_ports.Scheduler))],
            AllowsPlainHttp = true,
        }),
        app => app.MapCompass());

    public WebApplication Scheduler(Address pool, PrivateKey owner) => Serve(
        "scheduler", _ports.Scheduler,
        services => services.AddScheduler(new SchedulerOptions
        {
            Hub = hub,
            Workerpool = pool,
            PoolOwner = owner,
            Transactor = store => new TransactionOutbox(eth, options.ChainId, owner, store, time, Outbox()),
            ConnectionString = Store("scheduler"),
            ResultStorage = Url(_ports.ResultProxy),
            IpfsGateway = Url(_ports.IpfsGateway),
            MaximumHeadAge = options.BlockTimeSeconds == 0 ? null : TimeSpan.FromSeconds(60),
        }),
        app => app.MapScheduler());

    public IHost Worker(int index, PrivateKey key, Address pool, Workplace workplace)
    {
        var name = WorkerName(index);
        var folder = options.RoleFolder(name);
        var settings = new WorkerOptions
        {
            Name = name,
            Scheduler = Url(_ports.Scheduler),
            Workerpool = pool,
            Key = key,
            Hub = hub,
            Transactor = new TransactionOutbox(eth, options.ChainId, key, new FileOutboxStore(folder), time, Outbox()),
            Folder = folder,
            AllowNetwork = options.AllowContainerNetwork,
            OwnRegistries = [workplace.Registry.Address],
            OwnOrigins = [Url(_ports.IpfsGateway)],
        };
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(Log(name));
        builder.Services.AddSingleton<IHostedService>(provider => new WorkerService(
            settings, workplace.Engine, new SocketsHttpHandler(), time, provider.GetRequiredService<ILoggerFactory>().CreateLogger(name)));
        return builder.Build();
    }

    // Blocks come every second or at once, so looking twice a second finds a receipt as soon as it can be found.
    private OutboxOptions Outbox() => new(PollInterval: TimeSpan.FromMilliseconds(options.BlockTimeSeconds == 0 ? 50 : 250));

    private string Store(string role) => $"Data Source={Path.Combine(options.RoleFolder(role), role + ".db")}";

    private FileLog Log(string role) => new(Path.Combine(options.ChainFolder, "logs", role + ".log"), time);

    private WebApplication Serve(string role, int port, Action<IServiceCollection> add, Action<WebApplication> map) => RoleServer.Build(
        role, new ServiceEndpoint { Address = IPAddress.Loopback, Port = port }, Log(role),
        services =>
        {
            services.AddSingleton(time).AddSingleton(entropy).AddSingleton(http);
            add(services);
        },
        map);
}
