using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Sdk.Wire.Storage;
using Iexec.Worker.Compute;
using Iexec.Worker.Containers;
using Iexec.Worker.Downloads;
using Iexec.Worker.Replicates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.Worker;

/// <summary>
/// A worker of a pool: takes up what it was doing, then asks for tasks while it has free slots, listens to the scheduler and says that it is alive.
/// It survives the absence of scheduler, node and engine, and its own death.
/// </summary>
public sealed class WorkerService : BackgroundService
{
    private const int LongPollSeconds = 20;
    private static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UploadLimit = TimeSpan.FromMinutes(30);

    private readonly WorkerOptions _options;
    private readonly IContainerEngine _engine;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly HttpClient _storage;
    private readonly SchedulerWorkerClient _scheduler;
    private readonly ReplicateFolder _folder;
    private readonly ReplicateRunner _runner;
    private readonly ConcurrentDictionary<TaskId, Replicate> _replicates = new();
    private readonly SemaphoreSlim _slots;

    /// <param name="options">How the worker is run.</param>
    /// <param name="engine">Runs the apps.</param>
    /// <param name="handler">Connections to scheduler and storage.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives one line per step.</param>
    public WorkerService(WorkerOptions options, IContainerEngine engine, HttpMessageHandler handler, TimeProvider time, ILogger logger)
    {
        _options = options;
        _engine = engine;
        _time = time;
        _logger = logger;
        _slots = new SemaphoreSlim(options.Slots, options.Slots);
        _folder = new ReplicateFolder(options.Folder, options.Hub.Configuration.ChainId, options.Key.Address);
        _http = new HttpClient(handler, disposeHandler: false) { BaseAddress = options.Scheduler, Timeout = TimeSpan.FromSeconds(LongPollSeconds + 40) };
        _storage = new HttpClient(handler, disposeHandler: false) { Timeout = UploadLimit };
        _scheduler = new SchedulerWorkerClient(_http, options.Key, options.Hub.Configuration.ChainId, options.Workerpool);
        var reporter = new ReplicateReporter(_scheduler, time, logger);
        var computation = new TaskComputation(options, _folder, reporter, engine, new SafeDownloader(options.OwnOrigins));
        var upload = new ResultUpload(options, _folder, async cancellationToken =>
            new ResultProxyClient(_storage, new Uri((await _scheduler.GetConfigurationAsync(cancellationToken)).ResultRepositoryURL)));
        _runner = new ReplicateRunner(options, _folder, reporter, computation, upload, time, logger);
    }

    /// <summary>Tasks in work.</summary>
    public int Running => _replicates.Count;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _scheduler.Dispose();
        _http.Dispose();
        _storage.Dispose();
        _slots.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await RetryAsync("register", RegisterAsync, stoppingToken);
            await RetryAsync("take up its tasks", ResumeAsync, stoppingToken);
            await Task.WhenAll(
                ForeverAsync("ask for work", AskAsync, stoppingToken),
                ForeverAsync("listen", ListenAsync, stoppingToken),
                ForeverAsync("ping", PingAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop: what was in work is on the disk and goes on after the next start.
        }
    }

    private Task RegisterAsync(CancellationToken cancellationToken) => _scheduler.RegisterAsync(
        new WorkerModel(
            _options.Name, _options.Key.Address, RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), _options.Slots,
            (int)Math.Max(1, _options.MemoryBytes * _options.Slots >> 30)),
        cancellationToken);

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var states = _folder.LoadAll();
        _folder.DeleteOrphans();
        if (_options.Transactor is TransactionOutbox outbox)
        {
            // What was signed before a crash goes out again, and its nonce does not stay open.
            await outbox.ResumeAsync(cancellationToken);
        }

        await OrphanSweep.SweepAsync(
            _engine, ContainerLabels.Of(_options.Hub.Configuration.ChainId, _options.Key.Address), new HashSet<string>(), cancellationToken);
        var head = await _options.Hub.GetHeadAsync(cancellationToken);
        var asked = await _scheduler.GetInterruptedAsync(head.Number, cancellationToken);
        foreach (var state in states)
        {
            Start(state, cancellationToken);
        }

        foreach (var notification in asked)
        {
            // Without files of ours the task begins anew, if the chain still takes a contribution.
            if (!_replicates.ContainsKey(notification.TaskId) && notification.TaskNotificationExtra?.WorkerpoolAuthorization is { } authorization)
            {
                Start(new ReplicateState(authorization, ReplicatePhase.Assigned), cancellationToken);
            }

            Notify(notification);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        _slots.Release();
        var head = await _options.Hub.GetHeadAsync(cancellationToken);
        if (await _scheduler.AskForWorkAsync(head.Number, LongPollSeconds, cancellationToken) is not { } given)
        {
            return;
        }

        _logger.LogInformation("Task {Task}: assigned", given.WorkerpoolAuthorization.TaskId);
        Start(new ReplicateState(given.WorkerpoolAuthorization, ReplicatePhase.Assigned), cancellationToken);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        for (var after = 0UL; ;)
        {
            var batch = await _scheduler.GetNotificationsAsync(after, LongPollSeconds, cancellationToken);
            foreach (var notification in batch.Notifications)
            {
                Notify(notification);
            }

            after = batch.Last;
        }
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        await _scheduler.PingAsync(cancellationToken);
        await Task.Delay(PingPeriod, _time, cancellationToken);
    }

    private void Notify(TaskNotification notification)
    {
        if (_replicates.TryGetValue(notification.TaskId, out var replicate))
        {
            replicate.Notify(_folder, notification.TaskNotificationType);
        }
    }

    private void Start(ReplicateState state, CancellationToken cancellationToken)
    {
        var replicate = new Replicate(state);
        if (!_replicates.TryAdd(state.TaskId, replicate))
        {
            replicate.Dispose();
            return;
        }

        _folder.Save(state);
        _ = RunAsync(replicate, cancellationToken);
    }

    private async Task RunAsync(Replicate replicate, CancellationToken cancellationToken)
    {
        try
        {
            await replicate.TakeSlotAsync(_slots, cancellationToken);
            await _runner.RunAsync(replicate, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Goes on after the next start.
        }
        catch (Exception error)
        {
            _logger.LogError(error, "Task {Task}: given up", replicate.TaskId);
        }
        finally
        {
            _replicates.TryRemove(replicate.TaskId, out _);
            replicate.FreeSlot();
            replicate.Dispose();
        }
    }

    private async Task RetryAsync(string what, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        while (!await TryAsync(what, action, cancellationToken))
        {
            await Task.Delay(RetryPause, _time, cancellationToken);
        }
    }

    private async Task ForeverAsync(string what, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            await RetryAsync(what, action, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(string what, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
            return true;
        }
        catch (Exception error) when (error is IexecException or SchedulerBusyException or NodeUnreachableException or JsonRpcException or EngineException)
        {
            _logger.LogWarning("{Worker} cannot {What} yet: {Reason}", _options.Name, what, error.Message);
            return false;
        }
    }
}
