using System.Buffers;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;

namespace Iexec.Sdk.Wire.Market;

/// <summary>
/// The order gateway over HTTP. Failures are <see cref="IexecException"/> with <see cref="ErrorCode.MarketCallError"/> and the gateway's words after "API error: "; an object
/// that is not there gives null. Reads are tried again when the gateway does not answer.
/// </summary>
/// <param name="http">Shared; its own timeout should not be shorter than the options'.</param>
/// <param name="gateway">The gateway's origin.</param>
internal sealed class MarketClient(HttpClient http, Uri gateway, TimeProvider? time = null, MarketClientOptions? options = null)
{
    private readonly MarketTransport _transport = new(http, gateway, options ?? MarketClientOptions.Default, time ?? TimeProvider.System);

    /// <summary>A challenge to sign for <see cref="PublishAsync"/> and the unpublishing calls. Each is good once.</summary>
    public async Task<ChallengeDocument> GetChallengeAsync(ulong chainId, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryText();
        query.Add("address", address.ToString());
        query.Add("chainId", chainId);
        using var reply = await _transport.GetAsync(MarketRoutes.Challenge + query, cancellationToken).ConfigureAwait(false);
        return ChallengeDocument.Parse(Member(reply, "data"), MarketRoutes.ChallengeDomain, chainId);
    }

    /// <summary>Asks for a challenge and signs it.</summary>
    public async Task<AuthorizationToken> AuthorizeAsync(ulong chainId, ISigner signer, CancellationToken cancellationToken) =>
        await AuthorizationToken.CreateAsync(await GetChallengeAsync(chainId, signer.Address, cancellationToken).ConfigureAwait(false), signer, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Publishes a signed order and gives its hash.</summary>
    public async Task<OrderHash> PublishAsync<TOrder>(
        ulong chainId, OrderSchema<TOrder> schema, Signed<TOrder> order, AuthorizationToken authorization, CancellationToken cancellationToken)
        where TOrder : Order
    {
        var body = Body(writer =>
        {
            writer.WritePropertyName("order");
            schema.WriteJson(writer, order);
        });
        using var reply = await _transport.SendAsync(HttpMethod.Post, Path(order.Order.Kind, chainId), body, authorization, cancellationToken)
            .ConfigureAwait(false);
        return Reading(() => OrderHash.TryParse(Member(Member(reply.RootElement, "published"), "orderHash").GetString(), out var parsed) ? parsed : throw Unexpected());
    }

    /// <summary>Takes one order out of the book.</summary>
    public Task<IReadOnlyList<OrderHash>> UnpublishAsync(
        ulong chainId, OrderKind kind, OrderHash hash, AuthorizationToken authorization, CancellationToken cancellationToken) =>
        UnpublishAsync(chainId, kind, "unpublish_orderHash", "orderHash", hash.ToString(), authorization, cancellationToken);

    /// <summary>Takes the newest open order of an asset (of a requester for request orders) out of the book.</summary>
    public Task<IReadOnlyList<OrderHash>> UnpublishLastAsync(
        ulong chainId, OrderKind kind, Address resource, AuthorizationToken authorization, CancellationToken cancellationToken) =>
        UnpublishAsync(chainId, kind, "unpublish_last", MarketRoutes.ResourceName(kind), resource.ToString(), authorization, cancellationToken);

    /// <summary>Takes all open orders of an asset (of a requester for request orders) out of the book.</summary>
    public Task<IReadOnlyList<OrderHash>> UnpublishAllAsync(
        ulong chainId, OrderKind kind, Address resource, AuthorizationToken authorization, CancellationToken cancellationToken) =>
        UnpublishAsync(chainId, kind, "unpublish_all", MarketRoutes.ResourceName(kind), resource.ToString(), authorization, cancellationToken);

    /// <summary>One order, whatever its status; null when the book does not have it.</summary>
    public Task<PublishedOrder<TOrder>?> FindOrderAsync<TOrder>(
        ulong chainId, OrderSchema<TOrder> schema, OrderHash hash, CancellationToken cancellationToken)
        where TOrder : Order =>
        // The collection is named after the EIP-712 type: AppOrder → apporders.
        FindAsync($"/{schema.TypeName.ToLowerInvariant()}s/{hash}{ChainQuery(chainId)}", root => PublishedOrderJson.Read(schema, root), cancellationToken);

    /// <summary>A page of open app orders, cheapest first.</summary>
    public Task<MarketPage<PublishedOrder<AppOrder>>> ListAsync(ulong chainId, AppOrderQuery query, CancellationToken cancellationToken) =>
        ListAsync(chainId, query, OrderSchemas.App, cancellationToken);

    /// <summary>A page of open dataset orders, cheapest first.</summary>
    public Task<MarketPage<PublishedOrder<DatasetOrder>>> ListAsync(ulong chainId, DatasetOrderQuery query, CancellationToken cancellationToken) =>
        ListAsync(chainId, query, OrderSchemas.Dataset, cancellationToken);

    /// <summary>A page of open workerpool orders, cheapest first.</summary>
    public Task<MarketPage<PublishedOrder<WorkerpoolOrder>>> ListAsync(ulong chainId, WorkerpoolOrderQuery query, CancellationToken cancellationToken) =>
        ListAsync(chainId, query, OrderSchemas.Workerpool, cancellationToken);

    /// <summary>A page of open request orders, highest pool price first.</summary>
    public Task<MarketPage<PublishedOrder<RequestOrder>>> ListAsync(ulong chainId, RequestOrderQuery query, CancellationToken cancellationToken) =>
        ListAsync(chainId, query, OrderSchemas.Request, cancellationToken);

    /// <summary>One deal; null when the gateway does not know it.</summary>
    public Task<MarketDeal?> FindDealAsync(ulong chainId, DealId id, CancellationToken cancellationToken) =>
        FindAsync($"{MarketRoutes.Deals}/{id}{ChainQuery(chainId)}", ReadDeal, cancellationToken);

    /// <summary>A page of deals, newest first.</summary>
    public async Task<MarketPage<MarketDeal>> ListDealsAsync(ulong chainId, DealQuery query, CancellationToken cancellationToken)
    {
        using var reply = await _transport.GetAsync(MarketRoutes.Deals + query.ToQuery(chainId), cancellationToken).ConfigureAwait(false);
        return Page(reply, "deals", ReadDeal);
    }

    /// <summary>Every deal of a query, page after page.</summary>
    public IAsyncEnumerable<MarketDeal> EnumerateDealsAsync(ulong chainId, DealQuery query, CancellationToken cancellationToken) =>
        MarketPages.EnumerateAsync<DealQuery, MarketDeal>(query, (place, token) => ListDealsAsync(chainId, place, token), MarketPages.Following, cancellationToken);

    private async Task<MarketPage<PublishedOrder<TOrder>>> ListAsync<TOrder>(
        ulong chainId, OrderQuery query, OrderSchema<TOrder> schema, CancellationToken cancellationToken)
        where TOrder : Order
    {
        using var reply = await _transport.GetAsync(MarketRoutes.Orders(query.Kind) + query.ToQuery(chainId), cancellationToken).ConfigureAwait(false);
        return Page(reply, "orders", json => PublishedOrderJson.Read(schema, json));
    }

    private async Task<IReadOnlyList<OrderHash>> UnpublishAsync(
        ulong chainId, OrderKind kind, string target, string name, string value, AuthorizationToken authorization, CancellationToken cancellationToken)
    {
        var body = Body(writer =>
        {
            writer.WriteString("target", target);
            writer.WriteString(name, value);
        });
        using var reply = await _transport.SendAsync(HttpMethod.Put, Path(kind, chainId), body, authorization, cancellationToken).ConfigureAwait(false);
        return Reading(() => Member(reply, "unpublished").EnumerateArray().Select(hash => new OrderHash(Bytes32.Parse(hash.ToString()))).ToList());
    }

    private async Task<T?> FindAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var reply = await _transport.GetAsync(path, cancellationToken).ConfigureAwait(false);
            return Reading(() => read(reply.RootElement));
        }
        catch (IexecException exception) when (exception.Code == ErrorCode.ObjectNotFoundError)
        {
            return null;
        }
    }

    private static string Path(OrderKind kind, ulong chainId) => MarketRoutes.Orders(kind) + ChainQuery(chainId);

    private static QueryText ChainQuery(ulong chainId)
    {
        var query = new QueryText();
        query.Add("chainId", chainId);
        return query;
    }

    private static MarketPage<T> Page<T>(JsonDocument reply, string name, Func<JsonElement, T> read) => Reading(() => new MarketPage<T>(
        [.. Member(reply, name).EnumerateArray().Select(read)],
        Member(reply, "count").GetInt64(),
        reply.RootElement.TryGetProperty("nextPage", out var next) && next.ValueKind == JsonValueKind.Number && next.GetInt64() > 0)
    {
        NextAfter = reply.RootElement.TryGetProperty("nextAfter", out var place) && place.ValueKind == JsonValueKind.String ? place.GetString() : null,
    });

    private static MarketDeal ReadDeal(JsonElement json) => json.Deserialize(MarketJson.Default.MarketDeal) ?? throw Unexpected();

    private static JsonElement Member(JsonDocument reply, string name) => Member(reply.RootElement, name);

    private static JsonElement Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : throw Unexpected();

    // A gateway that sends something else is a failure of the gateway, not of the caller.
    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw Unexpected(exception);
        }
    }

    private static IexecException Unexpected(Exception? inner = null) => new(ErrorCode.MarketCallError, "The gateway sent an unexpected reply", null, inner);

    private static ReadOnlyMemory<byte> Body(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
