using System.Runtime.CompilerServices;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Secrets;

namespace Iexec.Sdk.Modules;

public sealed partial class OrderModule
{
    /// <summary>What a match of four orders would give and cost, with every check that the contract makes. Nothing is sent.</summary>
    /// <param name="orders">Signed.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="IexecException">BusinessError: they cannot be matched, and why.</exception>
    public async Task<MatchEstimate> EstimateMatchOrdersAsync(OrderSet orders, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var chain = await _session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (_session.Trust(chain) is { } trust)
        {
            await trust.RequireAsync(orders.Workerpool.Order.Workerpool, orders.Request.Order.Trust, cancellationToken).ConfigureAwait(false);
        }

        return await new MatchPreflight(chain).CheckAsync(orders, _session.Signer.Address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a deal of four orders (<c>matchOrders</c>) after every check that the contract makes, so that a refusal costs no gas.</summary>
    /// <param name="orders">Signed.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">BusinessError: they cannot be matched, and why; Web3ProviderSendError: the node refused.</exception>
    public Task<MadeDeal> MatchOrdersAsync(OrderSet orders, CancellationToken cancellationToken = default) =>
        MatchAsync(orders, null, cancellationToken);

    /// <summary>
    /// As <see cref="MatchOrdersAsync"/>, step by step: <see cref="MatchStep.Checked"/>, <see cref="MatchStep.Sent"/>, <see cref="MatchStep.Made"/>.
    /// Nothing is sent before the step
    /// after the first is asked for: who ends the enumeration there buys nothing.
    /// </summary>
    /// <param name="orders">Signed.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">As <see cref="MatchOrdersAsync"/>.</exception>
    public async IAsyncEnumerable<MatchStep> ObserveMatchOrdersAsync(
        OrderSet orders, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new MatchStep.Checked(await EstimateMatchOrdersAsync(orders, cancellationToken).ConfigureAwait(false));
        var sent = new TaskCompletionSource<Bytes32>(TaskCreationOptions.RunContinuationsAsynchronously);
        var making = MatchAsync(orders, hash => sent.TrySetResult(hash), cancellationToken);
        if (await Task.WhenAny(sent.Task, making).ConfigureAwait(false) == sent.Task)
        {
            yield return new MatchStep.Sent(await sent.Task.ConfigureAwait(false));
        }

        yield return new MatchStep.Made(await making.ConfigureAwait(false));
    }

    /// <summary>The cheapest orders for one execution, and the request for exactly their prices. What the wallet owns itself needs no published
    /// order.</summary>
    /// <param name="execution">What to run, where and for whom.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="IexecException">BusinessError: nothing on offer, with the nearest misses in <see cref="IexecException.Hint"/>;
    /// ObjectNotFoundError: no such asset.</exception>
    public async Task<ExecutionQuote> QuoteAsync(ExecutionRequest execution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return await QuoteAsync(execution, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Buys one execution at the market's price: <see cref="QuoteAsync(ExecutionRequest, CancellationToken)"/>, signed and matched. An offer that the chain says is used up is passed over.
    /// </summary>
    /// <param name="execution">What to run, where and for whom.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">As <see cref="QuoteAsync(ExecutionRequest, CancellationToken)"/> and <see cref="MatchOrdersAsync"/>.</exception>
    public async Task<MadeDeal> BuyAsync(ExecutionRequest execution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        if (_session.Options.IsPreflightOn && execution.Tag.Has(Tag.TeeBit))
        {
            await new SecretPreflight(() => _session.Sms, cancellationToken).CheckRequestAsync(execution.ToOrder(_session.Signer.Address))
                .ConfigureAwait(false);
        }

        return await StillOffered
            .TryAsync(async without => await BuyAsync(await QuoteAsync(execution, without, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    /// <summary>Buys what was quoted: signs what is the wallet's, and matches.</summary>
    /// <param name="quote">Of <see cref="QuoteAsync(ExecutionRequest, CancellationToken)"/>, for the same wallet.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">As <see cref="MatchOrdersAsync"/>.</exception>
    public async Task<MadeDeal> BuyAsync(ExecutionQuote quote, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var domain = (await _session.ConnectAsync(cancellationToken).ConfigureAwait(false)).Hub.Configuration.Domain;
        return await MatchOrdersAsync(await quote.SignAsync(_session.Signer, domain, _session.Options.Entropy, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Uploads dataset orders as lists of at most <paramref name="maxDatasetPerTask"/>, and a list of these lists, so that one request processes all
    /// of them: its
    /// <c>params</c> name the CID as <c>bulk_cid</c>, its volume is <see cref="PreparedBulk.Volume"/>.
    /// </summary>
    /// <param name="orders">Free, and without end: price 0, volume <see cref="InfiniteVolume"/>.</param>
    /// <param name="maxDatasetPerTask">1 to 100.</param>
    /// <param name="cancellationToken">Ends the uploads.</param>
    /// <exception cref="IexecException">ValidationError: no orders, or one that is not free or not endless; IpfsGatewayCallError: the storage takes
    /// no uploads.</exception>
    public async Task<PreparedBulk> PrepareDatasetBulkAsync(
        IReadOnlyList<Signed<DatasetOrder>> orders, int maxDatasetPerTask = DatasetBulk.MostDatasetsPerTask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(orders);
        return await DatasetBulk.PrepareAsync(_session.UploadStorage, orders, maxDatasetPerTask, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExecutionQuote> QuoteAsync(ExecutionRequest execution, IReadOnlySet<OrderHash>? without, CancellationToken cancellationToken) =>
        await new ExecutionQuotes(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), () => _session.Market, _session.Signer.Address)
            .FindAsync(execution, cancellationToken, without: without).ConfigureAwait(false);

    private async Task<MadeDeal> MatchAsync(OrderSet orders, Action<Bytes32>? sent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orders);
        return await _session.WithSenderAsync(
            (chain, sender) => new FillOrders(chain, sender, _session.Trust(chain)).RunAsync(orders, cancellationToken), cancellationToken, sent)
                .ConfigureAwait(false);
    }
}

/// <summary>A step of a match.</summary>
public abstract record MatchStep
{
    private MatchStep()
    {
    }

    /// <summary>The orders can be matched. Nothing is sent yet.</summary>
    /// <param name="Estimate">What the match gives and costs, nRLC.</param>
    public sealed record Checked(MatchEstimate Estimate) : MatchStep;

    /// <summary>The node has the transaction.</summary>
    /// <param name="TransactionHash">Its hash.</param>
    public sealed record Sent(Bytes32 TransactionHash) : MatchStep;

    /// <summary>The deal is on the chain.</summary>
    /// <param name="Deal">The deal.</param>
    public sealed record Made(MadeDeal Deal) : MatchStep;
}
