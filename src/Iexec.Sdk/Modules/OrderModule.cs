using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Auth;

namespace Iexec.Sdk.Modules;

/// <summary>
/// Orders of all four kinds: hashed, signed, closed on the chain, put into the book and taken out of it (here), made (<c>Create…</c>), and
/// matched (<c>Match…</c>, <c>Buy…</c>). Prices in nRLC per task, volumes in tasks.
/// </summary>
public sealed partial class OrderModule
{
    private readonly Session _session;

    internal OrderModule(Session session) => _session = session;

    /// <summary>The identity of an order on this network: its EIP-712 digest under the hub's domain.</summary>
    /// <param name="order">The order, with the salt it has.</param>
    /// <param name="cancellationToken">Ends the question for the domain.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public async Task<OrderHash> HashAsync(Order order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        return OrderSchemas.Hash(order, (await _session.ConnectAsync(cancellationToken).ConfigureAwait(false)).Hub.Configuration.Domain);
    }

    /// <summary>Signs a copy of an order with a fresh salt, after a look at what is known to fail later.</summary>
    /// <param name="order">Of the wallet: its asset, or its request.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <exception cref="IexecException">BusinessError: another must sign it, or a check failed; ObjectNotFoundError: no such asset or category;
    /// ValidationError.</exception>
    public async Task<Signed<TOrder>> SignAsync<TOrder>(TOrder order, CancellationToken cancellationToken = default)
        where TOrder : Order
    {
        ArgumentNullException.ThrowIfNull(order);
        var signer = _session.Signer;
        var chain = await _session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await OrderSigner.RequireAsync(chain, order, signer.Address, cancellationToken).ConfigureAwait(false);
        if (_session.Preflight(chain, cancellationToken) is { } preflight)
        {
            await preflight.CheckAsync(order, cancellationToken).ConfigureAwait(false);
        }

        return await signer.SignOrderAsync(OrderFacts.SchemaOf<TOrder>(), order, chain.Hub.Configuration.Domain, _session.Options.Entropy, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Closes an order on the chain (<c>manage…Order</c>): nobody can fill it any more, wherever a copy is. Gives the transaction's
    /// hash.</summary>
    /// <param name="order">The order as it was signed, with its salt.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">BusinessError: nothing of it is left; Web3ProviderSendError: the wallet is not its signer.</exception>
    public async Task<Bytes32> CancelAsync(Order order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        return await _session.TransactAsync((chain, _) => CloseOrder.PlanAsync(chain, order, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a signed order into the book; gives its hash.</summary>
    /// <param name="order">Signed by the wallet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">MarketCallError with the gateway's words; BusinessError: a check failed.</exception>
    public async Task<OrderHash> PublishAsync<TOrder>(Signed<TOrder> order, CancellationToken cancellationToken = default)
        where TOrder : Order
    {
        ArgumentNullException.ThrowIfNull(order);
        var preflight = _session.Options.IsPreflightOn ? _session.Preflight(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), cancellationToken) : null;
        return await PublishOrder.RunAsync(OrderFacts.SchemaOf<TOrder>(), order, _session.Settings.Id, _session.Market, _session.Signer, preflight, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Takes an order out of the book. Who has a copy can still fill it: see <see cref="CancelAsync"/>.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="order">Its hash.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">MarketCallError: not the wallet's, or not in the book.</exception>
    public async Task<OrderHash> UnpublishAsync(OrderKind kind, OrderHash order, CancellationToken cancellationToken = default)
    {
        await _session.Market.UnpublishAsync(_session.Settings.Id, kind, order, await AuthorizeAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        return order;
    }

    /// <summary>Takes the newest open order of an asset out of the book; gives the hashes of what was taken out.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="resource">The asset; null for the wallet's requests.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">MarketCallError: no open order; ValidationError: no asset is named.</exception>
    public async Task<IReadOnlyList<OrderHash>> UnpublishLastAsync(
        OrderKind kind, Address? resource = null, CancellationToken cancellationToken = default) =>
        await _session.Market.UnpublishLastAsync(_session.Settings.Id, kind, Resource(kind, resource), await AuthorizeAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Takes all open orders of an asset out of the book; gives their hashes.</summary>
    /// <inheritdoc cref="UnpublishLastAsync"/>
    public async Task<IReadOnlyList<OrderHash>> UnpublishAllAsync(
        OrderKind kind, Address? resource = null, CancellationToken cancellationToken = default) =>
        await _session.Market.UnpublishAllAsync(_session.Settings.Id, kind, Resource(kind, resource), await AuthorizeAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    private Address Resource(OrderKind kind, Address? resource) => resource
        ?? (kind == OrderKind.Request
            ? _session.Signer.Address
            : throw new IexecException(ErrorCode.ValidationError, "resource is a required field", "Name the asset whose orders are meant."));

    private Task<AuthorizationToken> AuthorizeAsync(CancellationToken cancellationToken) =>
        _session.Market.AuthorizeAsync(_session.Settings.Id, _session.Signer, cancellationToken);
}
