using System.Net;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Scheduler;
using Iexec.Scheduler.Shell;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Tests.Network.Scheduler;

/// <summary>
/// A scheduler behind HTTP on a chain in memory, with a clock that stands. The loop runs when the test says so; <see cref="RestartAsync"/> is a crash
/// followed by a start on the same store.
/// </summary>
internal sealed class PoolHost : IAsyncDisposable
{
    public const string Link = """{ "storage": "ipfs", "location": "/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPBdG" }""";
    private readonly TemporaryFolder? _ownFolder;
    private readonly string _store;
    private readonly Func<SchedulerOptions, SchedulerOptions> _configure;
    private WebApplication? _app;

    private PoolHost(Func<SchedulerOptions, SchedulerOptions> configure)
    {
        _configure = configure;
        _ownFolder = new TemporaryFolder();
        _store = $"Data Source={_ownFolder.File("scheduler.db")}";
        Workerpool = Chain.Workerpool;
    }

    private PoolHost(PoolHost neighbour)
    {
        (_configure, _store, Chain, Time) = (neighbour._configure, neighbour._store, neighbour.Chain, neighbour.Time);
        Workerpool = Chain.Hub.CreateWorkerpool(Chain.Owner.Address);
    }

    public PoolChain Chain { get; } = new();

    public ManualTime Time { get; } = new();

    public Address Workerpool { get; }

    /// <summary>Connection string of the store.</summary>
    public string Store => _store;

    /// <summary>Paths asked, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What the storage answers to a look at a result.</summary>
    public HttpStatusCode Storage { get; set; } = HttpStatusCode.OK;

    public SchedulerService Scheduler => _app!.Services.GetRequiredService<SchedulerService>();

    public static async Task<PoolHost> StartAsync(Func<SchedulerOptions, SchedulerOptions>? configure = null)
    {
        var host = new PoolHost(configure ?? (static options => options));
        await host.StartAppAsync();
        return host;
    }

    /// <summary>The scheduler of another pool of the same chain, on the same store.</summary>
    public async Task<PoolHost> StartNeighbourAsync()
    {
        var host = new PoolHost(this);
        await host.StartAppAsync();
        return host;
    }

    /// <summary>Connections to the scheduler, whatever runs there at the moment.</summary>
    public HttpMessageHandler Handler() => new Recorder(this);

    public HttpClient Http() => new(Handler()) { BaseAddress = new Uri("http://localhost") };

    public SchedulerClient User() => new(Http());

    public SchedulerWorkerClient Worker(int number) => new(Http(), Key(number), Chain.Hub.Configuration.ChainId, Workerpool);

    public async Task<SchedulerWorkerClient> RegisteredAsync(int number, int slots = 1)
    {
        var worker = Worker(number);
        await worker.RegisterAsync(new WorkerModel($"worker-{number}", Key(number).Address, "Linux", "x64", slots, 4), default);
        return worker;
    }

    public static PrivateKey Key(int number) => TestAddress.Key(100 + number);

    public static Address Wallet(int number) => Key(number).Address;

    /// <summary>The loop until it rests: look, act, see what came of it.</summary>
    public async Task TickAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await Scheduler.Loop.RunOnceAsync(default), Scheduler.Loop.LastError?.ToString());
            await Scheduler.DrainAsync();
        }
    }

    /// <summary>A deal whose tasks are open.</summary>
    public async Task<TaskId> OpenAsync(ulong trust = 1)
    {
        var deal = Chain.Buy(trust);
        await TickAsync();
        return TaskId.Of(deal, 0);
    }

    public async Task RestartAsync()
    {
        await _app!.DisposeAsync();
        await StartAppAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private async Task StartAppAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IEntropySource>(new SeededEntropy(1));
        builder.Services.AddScheduler(_configure(new SchedulerOptions
        {
            Hub = Chain.Hub,
            Workerpool = Workerpool,
            PoolOwner = Chain.Owner,
            Transactor = _ => Chain,
            ConnectionString = _store,
            ResultStorage = new Uri("http://storage.test"),
            IpfsGateway = new Uri("http://storage.test"),
            MaximumHeadAge = TimeSpan.FromDays(36500),
            SweepPeriod = TimeSpan.Zero,
        }));
        builder.Services.AddHttpClient("iexec-scheduler").ConfigurePrimaryHttpMessageHandler(() => new StorageStub(this));
        builder.Services.Remove(builder.Services.Last(static service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null));
        _app = builder.Build();
        _app.UseServiceDefaults(new ServiceEndpoint { Port = 0 });
        _app.MapScheduler();
        await _app.StartAsync();
    }

    private sealed class Recorder(PoolHost host) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (host.Requests)
            {
                host.Requests.Add(request.RequestUri!.AbsolutePath);
            }

            return new HttpMessageInvoker(host._app!.GetTestServer().CreateHandler()).SendAsync(request, cancellationToken);
        }
    }

    private sealed class StorageStub(PoolHost host) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(host.Storage));
    }
}
