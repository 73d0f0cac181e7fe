using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Registries;
using Iexec.Scheduler.Replicates;
using Iexec.Scheduler.Store;
using Iexec.Scheduler.Tasks;
using Iexec.Scheduler.Workers;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Auth;
using Iexec.ServiceDefaults.Hosting;
using Iexec.ServiceDefaults.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.Scheduler.Shell;

/// <summary>The parts of a running scheduler, put together; routes are served from here.</summary>
internal sealed class SchedulerService : IHostedService, IAsyncDisposable
{
    private readonly SchedulerOptions _options;
    private readonly IEntropySource _entropy;
    private readonly ILogger _logger;
    private readonly Database _database;
    private readonly ITransactor _transactor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly KeyStore _keys;
    private readonly TransactionSender _sender;
    private readonly OwnerGas _gas;
    private Task _resume = Task.CompletedTask;
    private WorkerSessions? _sessions;
    private int _isDisposed;

    public SchedulerService(SchedulerOptions options, HttpClient http, TimeProvider time, IEntropySource entropy, ILogger<SchedulerService> logger)
    {
        (_options, Time, _entropy, _logger) = (options, time, entropy, logger);
        var scope = new PoolScope(options.Hub.Configuration.ChainId, options.Workerpool);
        _database = Database.Open(options.ConnectionString, "scheduler");
        _keys = new KeyStore(_database, scope);
        _transactor = options.Transactor(new SqlOutboxStore(_database));
        Clock = new ChainClock(time, options.MaximumHeadAge);
        Workers = new WorkerRegistry(new WorkerStore(_database, scope), options.Workerpool, time, options.WorkerTimeout);
        Tasks = new TaskStore(_database, scope);
        Notifications = new NotificationStore(_database, scope);
        Logs = new ComputeLogStore(_database, scope);
        Book = new TaskBook(Tasks, View, Clock, Authorize, Changed);
        Reader = new ChainReader(options.Hub, Book, Clock);
        Results = new ResultCheck(http, options.IpfsGateway);
        Assignments = new Assignments(options.Hub, Book, Workers, View, Clock, Authorize);
        LogAccess = new ChallengeAuthentication(
            new ChallengeOptions(SchedulerRoutes.ChallengeDomain, TimeSpan.FromMinutes(60), ChallengeOptions.RandomBase64), new SqlChallengeStore(_database), time, entropy);
        _sender = new TransactionSender(_transactor, new HubCalls(options.Hub.Configuration), Book, Reader, options.BatchSize, logger, _stopping.Token);

        _gas = new OwnerGas(options.HasGas, logger);
        var intake = new DealIntake(options.Hub, options.Workerpool, _database, Tasks, Book, time, logger);
        var cursor = new LogCursor(options.Hub, intake, new LogCursorOptions(Confirmations: options.Confirmations, StartBlock: options.StartBlock));
        var reconciliation = new Reconciliation(options.Hub, cursor, intake, Book, Reader, Clock, Workers, Logs, _sender, _gas, options.SweepPeriod, logger);
        Loop = new ReconcileLoop("scheduler", reconciliation.RunAsync, options.Pace, time, entropy, logger);
        Reports = new Reports(Book, Reader, Results, Logs, options.LogRetention, Loop.Wake);
    }

    public SchedulerOptions Options => _options;

    public TimeProvider Time { get; }

    public ChainClock Clock { get; }

    public WorkerRegistry Workers { get; }

    public TaskStore Tasks { get; }

    public NotificationStore Notifications { get; }

    public ComputeLogStore Logs { get; }

    public TaskBook Book { get; }

    public ChainReader Reader { get; }

    public Assignments Assignments { get; }

    public Reports Reports { get; }

    public ResultCheck Results { get; }

    public ChallengeAuthentication LogAccess { get; }

    public ReconcileLoop Loop { get; }

    public Pulse Changed { get; } = new();

    public WorkerSessions Sessions => _sessions ?? throw new InvalidOperationException("The scheduler has not started.");

    /// <summary>Loads the store before the first request is served; the chain may be absent still.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _database.MigrateAsync(typeof(SchedulerService).Assembly, cancellationToken);
        await CheckOwnerAsync(cancellationToken);
        var key = await _keys.GetOrCreateAsync("worker sessions", _entropy, cancellationToken);
        _sessions = new WorkerSessions(key, _options.Hub.Configuration.ChainId, _options.Workerpool, Time);
        await Workers.LoadAsync(cancellationToken);
        await Book.LoadAsync(cancellationToken);
        if (_transactor is TransactionOutbox outbox)
        {
            // What was signed before a crash goes out again, without holding up the start.
            _resume = ResumeAsync(outbox);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_resume, _sender.DrainAsync()).WaitAsync(cancellationToken);
    }

    public PoolView View() => new(Workers.Live, _options.ClaimsAutomatically, _options.Lease, _options.UploadTimeout, _options.MaximumFailures) { HasGas = _gas.IsEnough };

    public WorkerpoolAuthorization Authorize(Replicate replicate, TaskTerms terms) =>
        WorkerpoolAuthorization.Create(_options.PoolOwner, terms.DealId(), terms.Index, replicate.Worker, Address.Zero);

    /// <summary>Completes when the transactions under way have ended; for tests.</summary>
    public Task DrainAsync() => _sender.DrainAsync();

    /// <summary>The container disposes once per registration.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _sender.DrainAsync();
        Loop.Dispose();
        _stopping.Dispose();
        await _database.DisposeAsync();
    }

    private async Task CheckOwnerAsync(CancellationToken cancellationToken)
    {
        Address? owner;
        try
        {
            owner = await _options.Hub.GetOwnerAsync(AssetKind.Workerpool, _options.Workerpool, cancellationToken);
        }
        catch (Ethereum.JsonRpc.NodeUnreachableException exception)
        {
            _logger.LogWarning("The node does not answer, the pool's owner was not checked: {Message}", exception.Message);
            return;
        }

        if (owner != _options.PoolOwner.Address)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                owner is null
                    ? $"{_options.Workerpool} is no workerpool on chain {_options.Hub.Configuration.ChainId}"
                    : $"The workerpool {_options.Workerpool} belongs to {owner}, not to {_options.PoolOwner.Address}",
                "Give the address of a deployed workerpool and the keystore file of its owner.");
        }
    }

    private async Task ResumeAsync(TransactionOutbox outbox)
    {
        try
        {
            await outbox.ResumeAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped; the next start resumes.
        }
        catch (Exception exception)
        {
            _logger.LogWarning("Pending transactions were not sent again: {Message}", exception.Message);
        }
    }
}
