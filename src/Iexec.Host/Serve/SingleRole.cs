using Iexec.Ethereum;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Market;
using Iexec.Poco.Chain;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iexec.Host.Serve;

/// <summary>One role alone in this process. Disposing ends what was started in the opposite order.</summary>
public sealed partial class SingleRole : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _undo = new();
    private readonly ServeOptions _options;
    private readonly IEntropySource _entropy;
    private readonly TimeProvider _time;
    private ChainConnection _chain = null!;
    private RoleBuilder _roles = null!;
    private RoleSurroundings _surroundings = null!;
    private IHost? _host;

    private SingleRole(ServeOptions options, IEntropySource entropy, TimeProvider time) => (_options, _entropy, _time) = (options, entropy, time);

    /// <summary>Where it answers; null for a worker.</summary>
    public Uri? Url { get; private set; }

    /// <summary>Connects to the chain. One of the start methods follows, once.</summary>
    /// <exception cref="IexecException">Node down, hub missing, or a node of another chain.</exception>
    public static async Task<SingleRole> OpenAsync(
        ChainSettings chain, ServeOptions options, IEntropySource entropy, TimeProvider time, CancellationToken cancellationToken)
    {
        // What is wrong with the options alone is said before anything is asked.
        _ = options.Listen.ToEndpoint();
        var role = new SingleRole(options, entropy, time);
        try
        {
            // Connections are renewed, since a role outlives the addresses of the names it calls.
            var http = role.Own(new ServiceHttp(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) }));
            role._chain = await ChainConnection.OpenAsync(chain, http, cancellationToken);
            role._surroundings = new RoleSurroundings(role._chain.Hub, role._chain.Eth, http.Quick, entropy, time);
            role._roles = new RoleBuilder(role._surroundings);
            return role;
        }
        catch
        {
            await role.DisposeAsync();
            throw;
        }
    }

    /// <summary>The order gateway.</summary>
    public Task StartMarketAsync(CancellationToken cancellationToken) => ServeAsync(
        RoleTable.Market, place => _roles.Market(place, new MarketChain(_chain.Hub, _options.StartBlock, _options.Confirmations)), cancellationToken);

    /// <summary>IPFS gateway and result proxy, behind one port.</summary>
    public Task StartStorageAsync(bool allowUploads, CancellationToken cancellationToken) =>
        ServeAsync(RoleTable.Storage, place => _roles.Storage(place, allowUploads, withResultProxy: true), cancellationToken);

    /// <summary>The secret service.</summary>
    /// <param name="keyFile">Key of its store; null for a file beside the role's folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task StartSmsAsync(string? keyFile, CancellationToken cancellationToken) =>
        ServeAsync(RoleTable.Sms, place => _roles.Sms(place, keyFile), cancellationToken);

    /// <summary>The compass. Schedulers on plain HTTP are believed only by a compass that serves this machine alone.</summary>
    public Task StartCompassAsync(CancellationToken cancellationToken) => ServeAsync(
        RoleTable.Compass, place => _roles.Compass(place, [], _options.Listen.IsPrivate), cancellationToken);

    /// <summary>Returns when asked to end.</summary>
    /// <exception cref="IexecException">The role has ended by itself.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stopping = _host!.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = either.Token.Register(ended.SetResult);
        await ended.Task;
        if (!cancellationToken.IsCancellationRequested)
        {
            throw new IexecException(ErrorCode.Error, "The role has ended by itself.", "The lines above say why.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_undo.TryPop(out var undo))
        {
            await undo();
        }
    }

    private RolePlace Place(RoleEntry role, string? name = null)
    {
        var folder = _options.RoleFolder(_chain.ChainId, name ?? role.Name);
        Own(FolderLock.Take(folder, "Stop it first, or give this one another folder with --state."));
        var place = new RolePlace(role.Name, _options.Listen.ToEndpoint(), folder, Own(LineLog.To(_options.Log, _time)));
        return _options.Store is { } store ? place with { Store = store } : place;
    }

    private async Task<RolePlace> ServeAsync(
        RoleEntry role, Func<RolePlace, WebApplication> build, CancellationToken cancellationToken, string? folder = null)
    {
        PortOwner.RequireFree([(role.Title, "--port", _options.Listen.Port)]);
        var place = Place(role, folder);
        var app = build(place);
        await StartAsync(app, cancellationToken);
        Url = new Uri(app.Urls.First());
        return place;
    }

    private async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        _undo.Push(async () =>
        {
            await host.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)host).DisposeAsync();
        });
        _host = host;
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"Cannot listen on {_options.Listen.Address}:{_options.Listen.Port}: {error.Message}",
                "Give an address of this machine with --listen and a port you may use with --port.", error);
        }
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _undo.Push(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        });
        return part;
    }

    // Receipts are looked for as often as blocks of fast chains come.
    private static OutboxOptions Outbox() => new(PollInterval: TimeSpan.FromMilliseconds(500));
}
