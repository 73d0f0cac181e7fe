using Iexec.Host.Serve;
using Iexec.Market;
using Iexec.Poco.Chain;
using Iexec.Scheduler;
using Iexec.Scheduler.Compass;
using Iexec.Sms;
using Iexec.Storage;
using Iexec.Worker;
using Iexec.Worker.Chain;
using Iexec.Worker.Containers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Roles;

/// <summary>Makes the server of each role, for the whole network in one process as for a role alone. Nothing runs before it is started.</summary>
internal sealed class RoleBuilder(RoleSurroundings surroundings)
{
    public WebApplication Market(RolePlace place, MarketChain chain) => Serve(
        place, services => services.AddMarket(new MarketOptions { Chains = [chain], ConnectionString = place.Store }), app => app.MapMarket());

    /// <summary>The store behind the IPFS gateway and, at the same port if wanted, behind the result proxy: their paths do not collide.</summary>
    public WebApplication Storage(RolePlace place, bool allowUploads, bool withResultProxy) => Serve(
        place,
        services => services.AddStorage(new StorageOptions(place.Folder, surroundings.Hub) { AllowUploads = allowUploads }),
        app =>
        {
            app.MapIpfsGateway();
            if (withResultProxy)
            {
                app.MapResultProxy();
            }
        });

    /// <summary>The result proxy at a port of its own, over the store of a gateway in this process.</summary>
    public WebApplication ResultProxy(RolePlace place, WebApplication storage) =>
        Serve(place, services => services.ShareStorage(storage.Services), app => app.MapResultProxy());

    public WebApplication Sms(RolePlace place, string? keyFile) => Serve(
        place,
        services => services.AddSms(new SmsOptions
        {
            Hub = surroundings.Hub,
            ConnectionString = place.Store,
            KeyFile = keyFile ?? place.KeyFile,
        }),
        app => app.MapSms());

    public WebApplication Compass(RolePlace place, IReadOnlyList<CompassSeed> seeds, bool allowsPlainHttp) => Serve(
        place,
        services => services.AddCompass(new CompassOptions
        {
            Hubs = [surroundings.Hub],
            ConnectionString = place.Store,
            Seeds = seeds,
            AllowsPlainHttp = allowsPlainHttp,
        }),
        app => app.MapCompass());

    public WebApplication Scheduler(RolePlace place, SchedulerSettings settings, OutboxOptions outbox) => Serve(
        place,
        services => services.AddScheduler(new SchedulerOptions
        {
            Hub = surroundings.Hub,
            Workerpool = settings.Workerpool,
            PoolOwner = settings.Owner,
            Transactor = store => new TransactionOutbox(surroundings.Eth, surroundings.ChainId, settings.Owner, store, surroundings.Time, outbox),
            HasGas = token => WalletNeeds.HasGasAsync(surroundings.Eth, settings.Owner.Address, token),
            ConnectionString = place.Store,
            ResultStorage = settings.ResultProxy,
            IpfsGateway = settings.IpfsGateway,
            StartBlock = settings.StartBlock,
            Confirmations = settings.Confirmations,
            MaximumHeadAge = settings.MaximumHeadAge,
        }),
        app => app.MapScheduler());

    public IHost Worker(RolePlace place, WorkerSettings settings, IContainerEngine engine, OutboxOptions outbox)
    {
        var options = new WorkerOptions
        {
            Name = settings.Name,
            Scheduler = settings.Scheduler,
            Workerpool = settings.Workerpool,
            Key = settings.Key,
            Hub = surroundings.Hub,
            Transactor = new TransactionOutbox(
                surroundings.Eth, surroundings.ChainId, settings.Key, new FileOutboxStore(place.Folder), surroundings.Time, outbox),
            Folder = place.Folder,
            AllowNetwork = settings.AllowNetwork,
            User = settings.AllowRoot ? ContainerUser.OfTheImage : ContainerUser.Unprivileged,
            OwnRegistries = settings.OwnRegistries,
            OwnOrigins = settings.OwnOrigins,
        };
        options = options with { Slots = settings.Slots ?? options.Slots, MemoryBytes = settings.MemoryBytes ?? options.MemoryBytes };
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(place.Log);
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.AddSingleton<IHostedService>(provider => new WorkerService(
            options, engine, new SocketsHttpHandler(), surroundings.Time, provider.GetRequiredService<ILoggerFactory>().CreateLogger(place.Name)));
        return builder.Build();
    }

    /// <summary>Any role: its services and routes with the surroundings.</summary>
    public WebApplication Serve(RolePlace place, Action<IServiceCollection> add, Action<WebApplication> map) => RoleServer.Build(
        place.Name, place.Endpoint, place.Log,
        services =>
        {
            services.AddSingleton(surroundings.Time).AddSingleton(surroundings.Entropy).AddSingleton(surroundings.Http);
            add(services);
        },
        map);
}
