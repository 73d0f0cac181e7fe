using System.Globalization;
using System.Net;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Chain;
using Iexec.Host.Roles;
using Iexec.Market;
using Iexec.Poco.Chain;
using Iexec.Scheduler.Compass;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iexec.Host.Network;

/// <summary>The roles of the local network: all on loopback, each with its state in a folder of its own and its log beside.</summary>
internal sealed class NetworkRoles(NetworkOptions options, IHub hub, EthClient eth, HttpClient http, IEntropySource entropy, TimeProvider time)
{
    private readonly NetworkPorts _ports = options.Ports;
    private readonly RoleBuilder _roles = new(new RoleSurroundings(hub, eth, http, entropy, time));

    public static string WorkerName(int index) => string.Create(CultureInfo.InvariantCulture, $"worker-{index + 1}");

    public Uri Url(RoleEntry role) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{role.Port!.Read(_ports)}"));

    public WebApplication Node(LocalChain chain, Faucet faucet)
    {
        var boundary = new NodeBoundary([]);
        var node = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = chain.Url };
        return _roles.Serve(Place(RoleTable.Node), services => services.AddSingleton(node), app =>
        {
            app.MapNodeGate(node, boundary, isPaced: options.BlockTimeSeconds > 0);
            app.MapFaucet(faucet, boundary);
        });
    }

    public WebApplication Market() => _roles.Market(Place(RoleTable.Market), new MarketChain(hub));

    /// <summary>One store behind two doors, so two servers that share it.</summary>
    public IEnumerable<WebApplication> Storage()
    {
        var gateway = _roles.Storage(Place(RoleTable.Storage), allowUploads: true, withResultProxy: false);
        yield return gateway;
        yield return _roles.ResultProxy(Place(RoleTable.ResultProxy), gateway);
    }

    public WebApplication Sms() => _roles.Sms(Place(RoleTable.Sms), keyFile: null);

    public WebApplication Compass(Address pool) => _roles.Compass(
        Place(RoleTable.Compass), [new CompassSeed(options.ChainId, pool, Url(RoleTable.Scheduler))], allowsPlainHttp: true);

    public WebApplication Scheduler(Address pool, PrivateKey owner) => _roles.Scheduler(
        Place(RoleTable.Scheduler),
        new SchedulerSettings(pool, owner, Url(RoleTable.ResultProxy), Url(RoleTable.Storage))
        {
            MaximumHeadAge = options.BlockTimeSeconds == 0 ? null : TimeSpan.FromSeconds(60),
        },
        Outbox());

    public IHost Worker(int index, PrivateKey key, Address pool, Workplace workplace)
    {
        var name = WorkerName(index);
        var settings = new WorkerSettings(name, Url(RoleTable.Scheduler), pool, key)
        {
            AllowNetwork = options.AllowContainerNetwork,
            OwnRegistries = [workplace.Registry.Address],
            OwnOrigins = [Url(RoleTable.Storage)],
        };
        return _roles.Worker(Place(name, 0), settings, workplace.Engine, Outbox());
    }

    // Blocks come every second or at once, so looking several times a second finds a receipt as soon as it can be found.
    private OutboxOptions Outbox() => new(PollInterval: TimeSpan.FromMilliseconds(options.BlockTimeSeconds == 0 ? 50 : 250));

    private RolePlace Place(RoleEntry role) => Place(role.Name, role.Port!.Read(_ports));

    private RolePlace Place(string name, int port) => new(
        name, new ServiceEndpoint { Address = IPAddress.Loopback, Port = port }, options.RoleFolder(name),
        LineLog.ToFile(Path.Combine(options.ChainFolder, "logs", name + ".log"), time));
}
