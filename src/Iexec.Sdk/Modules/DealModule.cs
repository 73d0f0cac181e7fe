using System.Runtime.CompilerServices;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Sdk.Deals;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Sdk.Modules;

/// <summary>Deals: looked up, followed, claimed.</summary>
public sealed class DealModule
{
    private readonly Session _session;

    internal DealModule(Session session) => _session = session;

    /// <summary>A deal (<c>viewDeal</c>).</summary>
    /// <param name="deal">Its id.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public async Task<Deal> ShowAsync(DealId deal, CancellationToken cancellationToken = default) =>
        await DealActions.GetAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), deal, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Every change of a deal's tasks, the first state at once, the last when all are over (<c>obsDeal</c> of the official client, whose words are in
    /// <see cref="DealProgress.Message"/>). Looks once a second.
    /// </summary>
    /// <param name="deal">Its id.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="IexecException">ObjectNotFoundError; ValidationError: more than 10 000 tasks.</exception>
    public async IAsyncEnumerable<DealProgress> WatchAsync(DealId deal, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var chain = await _session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var found = await DealActions.GetAsync(chain, deal, cancellationToken).ConfigureAwait(false);
        await foreach (var progress in DealProgress.WatchAsync(chain, found, _session.Options.Time, cancellationToken).ConfigureAwait(false))
        {
            yield return progress;
        }
    }

    /// <summary>The id of a deal's task: keccak-256(deal ‖ index).</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="index">From the deal's <see cref="Deal.BotFirst"/>.</param>
    public static TaskId ComputeTaskId(DealId deal, ulong index) => TaskId.Of(deal, index);

    /// <summary>Gives back the money of all tasks that nobody has settled before the final deadline; up to 50 tasks in a transaction.</summary>
    /// <param name="deal">Its id.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: before the deadline, or nothing left to claim.</exception>
    public Task<IReadOnlyList<ClaimedTasks>> ClaimAsync(DealId deal, CancellationToken cancellationToken = default) =>
        _session.WithSenderAsync<IReadOnlyList<ClaimedTasks>>(
        async (chain, sender) =>
        {
            var claimed = new List<ClaimedTasks>();
            foreach (var batch in await DealClaim.PlanAsync(chain, await DealActions.GetAsync(chain, deal, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false))
            {
                var receipt = await sender.SendAsync(batch.Transaction, cancellationToken).ConfigureAwait(false);
                claimed.Add(new ClaimedTasks([.. batch.Tasks.Select(claim => claim.Task)], receipt.TransactionHash));
            }

            return claimed;
        },
        cancellationToken);

    /// <summary>The deals of a requester, newest first, page after page as they are asked for.</summary>
    /// <param name="requester">Null for the wallet.</param>
    /// <param name="app">Only of this app; null for any.</param>
    /// <param name="dataset">Only with this dataset; null for any.</param>
    /// <param name="workerpool">Only of this pool; null for any.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError: the gateway does not answer; ConfigurationError: none is known.</exception>
    public IAsyncEnumerable<MarketDeal> FetchRequesterDealsAsync(
        Address? requester = null, Address? app = null, Address? dataset = null, Address? workerpool = null, CancellationToken cancellationToken = default) =>
        FetchDealsAsync(new DealQuery { Requester = _session.AccountOf(requester), App = app, Dataset = dataset, Workerpool = workerpool }, cancellationToken);

    /// <summary>The deals that took an app order, newest first.</summary>
    /// <param name="order">The order's hash.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError: the gateway does not answer.</exception>
    public IAsyncEnumerable<MarketDeal> FetchDealsByAppOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchDealsAsync(new DealQuery { AppOrder = order }, cancellationToken);

    /// <summary>The deals that took a dataset order, newest first.</summary>
    /// <inheritdoc cref="FetchDealsByAppOrderAsync"/>
    public IAsyncEnumerable<MarketDeal> FetchDealsByDatasetOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchDealsAsync(new DealQuery { DatasetOrder = order }, cancellationToken);

    /// <summary>The deals that took a workerpool order, newest first.</summary>
    /// <inheritdoc cref="FetchDealsByAppOrderAsync"/>
    public IAsyncEnumerable<MarketDeal> FetchDealsByWorkerpoolOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchDealsAsync(new DealQuery { WorkerpoolOrder = order }, cancellationToken);

    /// <summary>The deals that took a request order, newest first.</summary>
    /// <inheritdoc cref="FetchDealsByAppOrderAsync"/>
    public IAsyncEnumerable<MarketDeal> FetchDealsByRequestOrderAsync(OrderHash order, CancellationToken cancellationToken = default) =>
        FetchDealsAsync(new DealQuery { RequestOrder = order }, cancellationToken);

    /// <summary>The deals of any query, newest first, page after page as they are asked for.</summary>
    /// <param name="query">What to look for, and the first page.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="IexecException">MarketCallError: the gateway does not answer.</exception>
    public IAsyncEnumerable<MarketDeal> FetchDealsAsync(DealQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _session.Market.EnumerateDealsAsync(_session.Settings.Id, query, cancellationToken);
    }
}

/// <summary>Tasks that one transaction has claimed.</summary>
/// <param name="Tasks">Their ids.</param>
/// <param name="TransactionHash">The transaction.</param>
public sealed record ClaimedTasks(IReadOnlyList<TaskId> Tasks, Bytes32 TransactionHash);
