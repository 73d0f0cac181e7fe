using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Host.Chain;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Scheduler.Shell;
using Iexec.Sdk.Wire.Market;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Sdk.Wire.Sms;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Tests.Network.Fuzz;

/// <summary>Every HTTP server of the local network as <c>iexec up</c> builds it, each at a free port, on a real chain; and a wallet that two of them know.</summary>
public sealed class EveryServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, WebApplication> _apps = [];
    private readonly Dictionary<string, string> _tokens = [];
    private readonly PrivateKey _visitor = PrivateKey.Generate(new SeededEntropy(5));
    private readonly PrivateKey _poolOwner = PrivateKey.Generate(new SeededEntropy(6));
    private LocalChain _chain = null!;
    private Faucet _faucet = null!;
    private Address _pool;
    private NetworkOptions _options = null!;

    /// <summary>Roles that answer HTTP with code of ours; the registry is a child that is not.</summary>
    public static IEnumerable<string> Names => RoleTable.WithPort.Select(entry => entry.Role.Name).Except([RoleTable.Registry.Name]);

    /// <summary>Words that a request may hit something with.</summary>
    public IReadOnlyList<string> Known => [_visitor.Address.ToString(), _pool.ToString(), $"{_chain.Deployment.Configuration.ChainId}"];

    /// <summary>Where nobody's error may point.</summary>
    public string StateFolder => _folder.Path;

    /// <summary>Where uploads are kept.</summary>
    public string StorageFolder => _options.RoleFolder(RoleTable.Storage.Name);

    public async Task InitializeAsync()
    {
        var free = RoleTable.WithPort.Aggregate(new NetworkPorts(), (ports, entry) => entry.Port.Set(ports, 0));
        var options = _options = new NetworkOptions { StateFolder = _folder.Path, ProductFolder = Repository.Root, Ports = free, BlockTimeSeconds = 0 };
        _chain = await LocalChain.StartAsync(options, _http, SystemEntropy.Instance, TimeProvider.System, CancellationToken.None);
        await _chain.StartMiningAsync(0, CancellationToken.None);
        _faucet = new Faucet(_chain, LocalChain.DevelopmentOwner());
        var hub = await JsonRpcHub.ConnectAsync(_chain.Eth, _chain.Deployment.Configuration.Hub, CancellationToken.None);
        _pool = await new NetworkSeed(hub, _chain, _faucet, TimeProvider.System).PlantAsync(_poolOwner, [], CancellationToken.None);

        var roles = new NetworkRoles(options, hub, _chain.Eth, _http, SystemEntropy.Instance, TimeProvider.System);
        await StartAsync(RoleTable.Node, roles.Node(_chain, _faucet));
        await StartAsync(RoleTable.Sms, roles.Sms());
        await StartAsync(RoleTable.Market, roles.Market());
        await StartAsync(RoleTable.Compass, roles.Compass(_pool));
        await StartAsync(RoleTable.Scheduler, roles.Scheduler(_pool, _poolOwner));
        var storage = roles.Storage().ToList();
        await StartAsync(RoleTable.Storage, storage[0]);
        await StartAsync(RoleTable.ResultProxy, storage[1]);

        await PlantAsync(hub);
        _tokens[RoleTable.ResultProxy.Name] = storage[0].Services.GetRequiredService<WalletToken>().Issue(_visitor.Address, lifetime: null);
        _tokens[RoleTable.Scheduler.Name] = Login(_apps[RoleTable.Scheduler.Name].Services.GetRequiredService<SchedulerService>(), hub.Configuration.ChainId);
    }

    public Uri Origin(string name) => new(_apps[name].Urls.Single());

    /// <summary>What opens the routes behind a login; null where there is none.</summary>
    public string? Token(string name) => _tokens.GetValueOrDefault(name);

    /// <summary>Asked of the server itself, so that a route that is added tomorrow is among them.</summary>
    public IReadOnlyList<RouteEndpoint> Routes(string name) =>
        [.. ((IEndpointRouteBuilder)_apps[name]).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    public async Task DisposeAsync()
    {
        foreach (var app in _apps.Values.Reverse())
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        _faucet.Dispose();
        await _chain.DisposeAsync();
        _http.Dispose();
        _visitor.Dispose();
        _poolOwner.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(RoleEntry role, WebApplication app)
    {
        _apps[role.Name] = app;
        await app.StartAsync();
    }

    // Something that a request could spoil.
    private async Task PlantAsync(IHub hub)
    {
        using var sms = new HttpClient { BaseAddress = Origin(RoleTable.Sms.Name) };
        await new SmsClient(sms).PushAsync(SecretReference.OfWallet(_visitor.Address, "planted"), "value", _visitor, CancellationToken.None);
        var market = new MarketClient(_http, Origin(RoleTable.Market.Name));
        var order = OrderSchemas.Workerpool.Sign(new WorkerpoolOrder { Workerpool = _pool, Volume = 1, Category = 0, Trust = 1 }, _poolOwner, hub.Configuration.Domain, SystemEntropy.Instance);
        var chainId = hub.Configuration.ChainId;
        await market.PublishAsync(chainId, OrderSchemas.Workerpool, order, await market.AuthorizeAsync(chainId, _poolOwner, CancellationToken.None), CancellationToken.None);
    }

    private string Login(SchedulerService scheduler, ulong chainId)
    {
        var digest = WorkerLogin.Digest(chainId, _pool, _visitor.Address, scheduler.Sessions.Challenge(_visitor.Address));
        return scheduler.Sessions.Login(_visitor.Address, _visitor.Sign(digest).ToString())!;
    }
}
