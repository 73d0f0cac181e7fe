using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Market;
using Iexec.Poco.Chain;
using Iexec.Poco.Deployment;
using Iexec.Sdk.Chains;
using Iexec.ServiceDefaults.Http;
using Iexec.Storage;
using Iexec.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Chain.Cli;

/// <summary>A chain with the contracts, the order gateway and the storage, each on a free port.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    private readonly AnvilProcess _node;
    private readonly List<WebApplication> _servers = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-services-").FullName;
    private readonly ServiceHttp _http = new(new SocketsHttpHandler());

    private LocalServices(AnvilProcess node) => _node = node;

    public ChainConnection Chain { get; private set; } = null!;

    public ChainSettings Settings { get; private set; } = null!;

    public static async Task<LocalServices> StartAsync()
    {
        var services = new LocalServices(await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0)));
        var owner = AnvilProcess.Keys[0];
        var hub = await HubDeployer.DeployAsync(services._node.Eth, owner, new HubDeployOptions(owner.Address), null, CancellationToken.None);
        var reader = await JsonRpcHub.ConnectAsync(services._node.Eth, hub.Configuration.Hub, CancellationToken.None);
        var market = await services.ServeAsync(
            builder => builder.AddMarket(new MarketOptions { Chains = [new MarketChain(reader)], ConnectionString = $"Data Source={services._folder}/market.db" }),
            app => app.MapMarket());
        var storage = await services.ServeAsync(
            builder => builder.AddStorage(new StorageOptions(Path.Combine(services._folder, "storage"), reader) { AllowUploads = true }),
            app => app.MapIpfsGateway());
        services.Settings = new ChainSettings
        {
            Name = "dev", Id = hub.Configuration.ChainId, Host = services._node.Url, Hub = hub.Configuration.Hub, IexecGateway = market, IpfsGateway = storage,
        };
        services.Chain = await ChainConnection.OpenAsync(services.Settings, services._http, CancellationToken.None);
        return services;
    }

    /// <summary>The file of a project on this network.</summary>
    public string ChainJson => $$"""
        {
          "default": "dev",
          "chains": {
            "dev": {
              "id": "{{Settings.Id}}",
              "host": "{{Settings.Host}}",
              "hub": "{{Settings.Hub}}",
              "iexecGateway": "{{Settings.IexecGateway}}",
              "ipfsGateway": "{{Settings.IpfsGateway}}"
            }
          }
        }
        """;

    /// <summary>Sends as one of the funded accounts.</summary>
    public Task SendAsync(PrivateKey key, ContractCall call) => new TransactionSender(Chain, key, 1, TimeProvider.System).SendAsync(call, CancellationToken.None);

    /// <summary>Moves the chain's clock and makes a block.</summary>
    public Task AdvanceTimeAsync(TimeSpan time) => _node.AdvanceTimeAsync(time);

    /// <summary>RLC from the deployer.</summary>
    public Task GiveAsync(Address account, ulong nrlc) => SendAsync(AnvilProcess.Keys[0], Chain.Calls.TransferToken(account, nrlc));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }

        _http.Dispose();
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Uri> ServeAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var endpoint = new ServiceEndpoint { Port = 0 };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseServiceEndpoint(endpoint);
        builder.Services.AddServiceDefaults();
        add(builder.Services);
        var app = builder.Build();
        app.UseServiceDefaults(endpoint);
        map(app);
        await app.StartAsync();
        _servers.Add(app);
        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }
}
