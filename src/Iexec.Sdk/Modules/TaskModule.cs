using System.Runtime.CompilerServices;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Sdk.Modules;

/// <summary>Tasks: looked up, followed, claimed, and what they give.</summary>
public sealed class TaskModule
{
    private readonly Session _session;

    internal TaskModule(Session session) => _session = session;

    /// <summary>A task now (<c>viewTask</c>), with what its pool says of it. One that the pool has not begun has the status UNSET.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer. A pool that does not answer only leaves
    /// <see cref="TaskView.Reason"/> empty.</exception>
    public async Task<TaskView> ShowAsync(TaskId task, CancellationToken cancellationToken = default) =>
        await TaskActions.GetAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), task, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Every change of a task, the first state at once, the last when it is completed, failed or past its final deadline (<c>obsTask</c> of the
    /// official
    /// client, whose words are in <see cref="TaskView.Message"/>). Looks once a second.
    /// </summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public async IAsyncEnumerable<TaskView> WatchAsync(TaskId task, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var view in TaskActions.WatchAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), task, _session.Options.Time, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return view;
        }
    }

    /// <summary>Gives back the money of a task that was not settled before its final deadline; gives the transaction's hash.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: not begun, see <see cref="DealModule.ClaimAsync"/>; BusinessError: settled, or before
    /// its deadline.</exception>
    public async Task<Bytes32> ClaimAsync(TaskId task, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, _) => TaskClaim.PlanAsync(chain, task, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Downloads the archive of a completed task and keeps it only if its digest is the one on the chain.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="path">The zip file to write; it appears whole or not at all, and a former one is kept on a failure.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="IexecException">BusinessError: no result, or one that is not on IPFS; IpfsGatewayCallError: not there, or not what the chain
    /// says.</exception>
    public async Task FetchResultsAsync(TaskId task, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var chain = await _session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await ResultDownload.SaveAsync(chain, await TaskActions.ReadAsync(chain, task, cancellationToken).ConfigureAwait(false), path, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>What the app has printed on every worker; only the deal's requester may read it.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: not begun; BusinessError: not the requester's wallet; WorkerpoolCallError;
    /// ConfigurationError: no compass.</exception>
    public async Task<IReadOnlyList<ComputeLogs>> FetchLogsAsync(TaskId task, CancellationToken cancellationToken = default)
    {
        var signer = _session.Signer;
        return await (await OpenAsync(task, cancellationToken).ConfigureAwait(false)).GetLogsAsync(signer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the pool's scheduler knows of a task: its history, its replicates, and why it waits. Null when no scheduler knows it.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: not begun; WorkerpoolCallError: the scheduler does not answer.</exception>
    public async Task<TaskModel?> FetchOffchainInfoAsync(TaskId task, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(task, cancellationToken).ConfigureAwait(false)).FindModelAsync(cancellationToken).ConfigureAwait(false);

    private async Task<TaskDiagnosis> OpenAsync(TaskId task, CancellationToken cancellationToken) =>
        await TaskDiagnosis.OpenAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), task, cancellationToken).ConfigureAwait(false);
}
