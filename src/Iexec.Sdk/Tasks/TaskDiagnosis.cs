using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Deals;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Sdk.Tasks;

/// <summary>What the chain and the pool's scheduler know of a task, and what the app has printed.</summary>
internal sealed class TaskDiagnosis
{
    private readonly ChainConnection _chain;
    private readonly SchedulerClient? _scheduler;

    private TaskDiagnosis(ChainConnection chain, TaskView view, Ethereum.Address requester, SchedulerClient? scheduler)
    {
        _chain = chain;
        View = view;
        Requester = requester;
        _scheduler = scheduler;
    }

    /// <summary>The task on the chain.</summary>
    public TaskView View { get; }

    /// <summary>Who bought it, and alone may read what the app has printed.</summary>
    public Ethereum.Address Requester { get; }

    /// <summary>True if the pool's scheduler is known.</summary>
    public bool HasScheduler => _scheduler is not null;

    /// <summary>Finds task, deal and scheduler.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError: the pool has not begun the task.</exception>
    public static async Task<TaskDiagnosis> OpenAsync(ChainConnection chain, Poco.TaskId id, CancellationToken cancellationToken)
    {
        var view = await TaskActions.GetAsync(chain, id, cancellationToken).ConfigureAwait(false);
        if (view.Task.Status == Poco.Tasks.ChainTaskStatus.Unset)
        {
            throw IexecException.NotFound("task", id.ToString(), chain.ChainId, new Advice("Check the id and the network; a pool may need a moment to begin a new task.", Remedy.CheckTaskId));
        }

        var deal = await DealActions.GetAsync(chain, view.Task.DealId, cancellationToken).ConfigureAwait(false);
        return new TaskDiagnosis(chain, view, deal.Requester, await chain.Workerpools.FindAsync(deal.Workerpool.Pointer, cancellationToken)
            .ConfigureAwait(false));
    }

    /// <summary>The scheduler's view; null when it does not know the task.</summary>
    public async Task<TaskModel?> FindModelAsync(CancellationToken cancellationToken) =>
        _scheduler is null ? null : await _scheduler.FindTaskAsync(View.Task.Id, cancellationToken).ConfigureAwait(false);

    /// <summary>The scheduler's view under the official names; null when it does not know the task.</summary>
    public async Task<JsonObject?> ReadSchedulerAsync(CancellationToken cancellationToken)
    {
        if (await FindModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        var all = JsonSerializer.SerializeToNode(model, SchedulerJson.Default.TaskModel)!.AsObject();
        var task = new JsonObject { ["status"] = all["currentStatus"]?.DeepClone(), ["statusHistory"] = all["dateStatusList"]?.DeepClone() };
        if (model.Wait is not null)
        {
            task["wait"] = all["wait"]?.DeepClone();
        }

        return new JsonObject { ["task"] = task, ["replicates"] = new JsonArray([.. all["replicates"]!.AsArray().Select(replicate => Replicate(replicate!.AsObject()))]) };
    }

    /// <summary>What the app has printed on every worker.</summary>
    /// <exception cref="IexecException">BusinessError: not the requester's wallet; WorkerpoolCallError.</exception>
    public async Task<JsonArray> ReadLogsAsync(ISigner signer, CancellationToken cancellationToken) =>
    [
        .. (await GetLogsAsync(signer, cancellationToken).ConfigureAwait(false)).Select(log => new JsonObject { ["worker"] = log.WalletAddress.ToString(), ["stdout"] = log.Stdout, ["stderr"] = log.Stderr }),
    ];

    /// <inheritdoc cref="ReadLogsAsync"/>
    public async Task<IReadOnlyList<ComputeLogs>> GetLogsAsync(ISigner signer, CancellationToken cancellationToken)
    {
        RequireRequester(signer.Address);
        var scheduler = _scheduler ?? throw new IexecException(
            ErrorCode.ConfigurationError, "The pool's scheduler is not known, so there are no logs", $"Add \"compass\" to chains.{_chain.Settings.Name} in chain.json, or ask the pool's owner.");
        return (await scheduler.GetTaskLogsAsync(_chain.ChainId, View.Task.Id, signer, cancellationToken).ConfigureAwait(false)).ComputeLogsList;
    }

    /// <summary>Refuses a wallet whose logs these are not.</summary>
    public void RequireRequester(Ethereum.Address wallet)
    {
        if (wallet != Requester)
        {
            throw new IexecException(
                ErrorCode.BusinessError, $"Only the requester {Requester} can access the logs, not {wallet}", new Advice("Use the requester's wallet.", Remedy.UseWalletOfRequester));
        }
    }

    private static JsonObject Replicate(JsonObject replicate) => new()
    {
        ["worker"] = replicate["walletAddress"]?.DeepClone(),
        ["exitCode"] = replicate["appExitCode"]?.DeepClone(),
        ["status"] = replicate["currentStatus"]?.DeepClone(),
        ["statusHistory"] = replicate["statusUpdateList"]?.DeepClone(),
    };
}
