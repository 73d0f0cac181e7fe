using Iexec.Cli.Frame;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

/// <summary>Where the four orders of a fill come from: the book by their hashes, <c>orders.json</c>, or a request that is made on the spot.</summary>
internal sealed class FillSource
{
    private readonly CommandContext _context;
    private readonly Dictionary<OrderKind, OrderHash?> _wanted;
    private readonly string? _params;

    public FillSource(CommandContext context, KindHashes hashes, string? parameters)
    {
        _context = context;
        _params = parameters;
        _wanted = JsonNames.AllOrders.ToDictionary(kind => kind, kind => hashes.Hash(context, kind));
        if (parameters is not null && _wanted[OrderKind.Request] is not null)
        {
            throw new IexecException(ErrorCode.ValidationError, "--params and --request exclude each other: the parameters of a request are signed", "Leave one of them out.");
        }
    }

    public void RefuseMixture(string? shortId)
    {
        if (shortId is not null && (_params is not null || _wanted.Values.Any(hash => hash is not null)))
        {
            throw new IexecException(ErrorCode.ValidationError, "An id and --app, --dataset, --workerpool, --request or --params exclude each other", "See: iexec order fill --help");
        }
    }

    /// <summary>All that the book has is asked for at once.</summary>
    /// <param name="chain">The network.</param>
    /// <param name="key">Signs a request that is made on the spot; null leaves it unsigned.</param>
    public async Task<OrderSet> CollectAsync(ChainConnection chain, PrivateKey? key)
    {
        var app = GetAsync(chain, OrderSchemas.App, OrderKind.App);
        var pool = GetAsync(chain, OrderSchemas.Workerpool, OrderKind.Workerpool);
        var dataset = _wanted[OrderKind.Dataset] is null ? null : GetAsync(chain, OrderSchemas.Dataset, OrderKind.Dataset);
        var request = _params is null ? GetAsync(chain, OrderSchemas.Request, OrderKind.Request) : null;
        await Task.WhenAll(new Task?[] { app, pool, dataset, request }.OfType<Task>());
        var signed = request is null ? Make(chain, (await app).Order, dataset is null ? DatasetOrder.None : (await dataset).Order, (await pool).Order, key) : await request;
        return new OrderSet(
            await app,
            signed.Order.Dataset.IsZero ? OrderSet.NoDataset : await (dataset ?? GetAsync(chain, OrderSchemas.Dataset, OrderKind.Dataset)),
            await pool,
            signed);
    }

    private Signed<RequestOrder> Make(ChainConnection chain, AppOrder app, DatasetOrder dataset, WorkerpoolOrder pool, PrivateKey? key)
    {
        var wallet = _context.SelectWallet().Address;
        var wanted = new ExecutionRequest
        {
            App = app.App, Dataset = dataset.Dataset, Workerpool = pool.Workerpool, Category = pool.Category, Params = ExecutionParams.Create(_params, null, []),
        };
        var order = wanted.ToOrder(wallet) with { AppMaxPrice = app.AppPrice, DatasetMaxPrice = dataset.DatasetPrice, WorkerpoolMaxPrice = pool.WorkerpoolPrice };
        return key is null ? new(order, ReadOnlyMemory<byte>.Empty) : OrderSchemas.Request.Sign(order, key, chain.Hub.Configuration.Domain, _context.Entropy);
    }

    private Task<Signed<TOrder>> GetAsync<TOrder>(ChainConnection chain, OrderSchema<TOrder> schema, OrderKind kind)
        where TOrder : Poco.Orders.Order => _wanted[kind] is { } hash
        ? SignedOrders.FetchAsync(_context.Market(chain.Settings), chain.ChainId, schema, kind, hash, chain.Hub.Configuration.Domain, _context.Cancellation)
        : Task.FromResult(SignedOrders.Require(_context.Project, schema, kind, chain.ChainId));
}
