using System.Data.Common;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Market.Book;
using Iexec.Market.Chain;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Stores;

namespace Iexec.Market.Publishing;

/// <summary>Takes signed orders into the book. The checks come in the official order, with the official words.</summary>
internal sealed class OrderPublisher(IHub hub, BookStore book, int maxOpenPerWallet, TimeProvider time)
{
    private readonly CursorPositions _positions = new(hub.Configuration.ChainId, BookProjection.CursorName);

    /// <param name="visitor">The address that the request proved; null for an order that the chain brought, which its signature alone has to vouch for.</param>
    /// <exception cref="IexecException"><see cref="ErrorCode.BusinessError"/>: the order is not acceptable.</exception>
    public async Task<BookOrder> PublishAsync<TOrder>(
        OrderSchema<TOrder> schema, Signed<TOrder> signed, Address? visitor, CancellationToken cancellationToken)
        where TOrder : Order
    {
        var hash = schema.Hash(signed.Order, hub.Configuration.Domain);
        ThrowIfPublished(await book.FindAsync(hash, cancellationToken));
        var signer = await ReadSignerAsync(signed.Order, cancellationToken);
        if (visitor is not null && signer != visitor)
        {
            throw Refused($"only order signer {signer} can publish an order");
        }

        var order = BookOrderFactory.Create(schema, signed, hash, signer, time.GetUtcNow());
        var (isSigned, consumed, stake) = await ReadChainAsync(order, signed.Sign, cancellationToken);
        if (!isSigned)
        {
            throw Refused("invalid sign");
        }

        await book.Database.ReadAsync(
            async connection =>
            {
                await ThrowIfTooManyAsync(connection, null, order);
                return true;
            },
            cancellationToken);
        order = WithConsumed(order, consumed);
        if (order.Kind == OrderKind.Request)
        {
            // Worth a look before the longer questions; decided inside the transaction.
            if (order.RequiredStake > stake)
            {
                throw StakeTooLow(order, order.RequiredStake);
            }

            await ThrowIfUnmatchableAsync(order, cancellationToken);
        }

        var block = (await _positions.LoadAsync(book.Database, cancellationToken)).FirstOrDefault().Number;
        return await book.Database.WriteAsync(transaction => InsertAsync(transaction, order, stake, block), cancellationToken);
    }

    /// <summary>The checks that depend on other orders, and the insert, as one step.</summary>
    private async Task<BookOrder> InsertAsync(DbTransaction transaction, BookOrder order, UInt256 stake, ulong block)
    {
        await book.LockAsync(transaction);
        var existing = await book.FindAsync(transaction.Connection!, transaction, order.Hash);
        ThrowIfPublished(existing);
        await ThrowIfTooManyAsync(transaction.Connection!, transaction, order);

        // A match that the projection stored since the chain was asked is known here; a later one will find the order.
        var matched = await book.MatchedVolumeAsync(transaction, order.Hash);
        order = WithConsumed(order, UInt256.Max(order.Volume - order.Remaining, await book.IsClosedAsync(transaction, order.Hash) ? order.Volume : matched));
        if (!order.LockPerTask.IsZero)
        {
            var staked = await book.StakedAsync(transaction, order.Signer);
            var required = staked.Aggregate(order.RequiredStake, (sum, other) => sum + other.RequiredStake);
            if (required > stake)
            {
                throw StakeTooLow(order, required);
            }
        }

        order = order with { PublishedAt = existing?.PublishedAt ?? order.PublishedAt };
        await book.InsertAsync(transaction, order, block);
        return order;
    }

    private async Task<Address> ReadSignerAsync(Order order, CancellationToken cancellationToken)
    {
        if (order is RequestOrder request)
        {
            return request.Requester;
        }

        var asset = order switch
        {
            AppOrder app => app.App,
            DatasetOrder dataset => dataset.Dataset,
            _ => ((WorkerpoolOrder)order).Workerpool,
        };
        return await hub.GetOwnerAsync(ChainFacts.AssetKindOf(order.Kind), asset, cancellationToken) ?? throw Refused("Resource not deployed");
    }

    private async Task<(bool IsSigned, UInt256 Consumed, UInt256 Stake)> ReadChainAsync(
        BookOrder order, ReadOnlyMemory<byte> sign, CancellationToken cancellationToken)
    {
        var digest = order.Hash.Value;
        var consumed = hub.GetConsumedAsync([order.Hash], cancellationToken);
        var account = order.LockPerTask.IsZero ? null : hub.GetAccountAsync(order.Signer, cancellationToken);
        var isRecovered = Signature.TryParse(sign.Span, out var signature) && PublicKey.RecoverAddress(digest, signature) == order.Signer;
        var isSigned = isRecovered || await hub.VerifySignatureAsync(order.Signer, digest, sign, cancellationToken);
        return (isSigned, (await consumed)[0], account is null ? UInt256.Zero : (await account).Stake);
    }

    private async Task ThrowIfTooManyAsync(DbConnection connection, DbTransaction? transaction, BookOrder order)
    {
        if (await book.CountOpenAsync(connection, transaction, order.Kind, order.Signer) >= maxOpenPerWallet)
        {
            throw Refused($"maximum of {maxOpenPerWallet} published open {MarketRoutes.OrderName(order.Kind)} has been reached for wallet {order.Signer}");
        }
    }

    private async Task ThrowIfUnmatchableAsync(BookOrder request, CancellationToken cancellationToken)
    {
        var apps = await book.OpenOffersAsync(OrderKind.App, request.App, cancellationToken);
        await ThrowIfUnservedAsync(OrderKind.App, request.App, apps, request.AppMaxPrice, request, cancellationToken);
        if (request.Dataset.IsZero)
        {
            return;
        }

        var datasets = await book.OpenOffersAsync(OrderKind.Dataset, request.Dataset, cancellationToken);
        await ThrowIfUnservedAsync(OrderKind.Dataset, request.Dataset, datasets, request.DatasetMaxPrice, request, cancellationToken);
        if (!await TrustPairing.IsPossibleAsync(hub, apps, datasets, request, unasked: false, cancellationToken))
        {
            throw Refused(
                $"No tee enabled apporder published for app {request.App}",
                $"The orders of dataset {request.Dataset} that the request can pay want trusted execution.");
        }
    }

    private async Task ThrowIfUnservedAsync(
        OrderKind kind, Address asset, IReadOnlyList<BookOrder> offers, UInt256 maxPrice, BookOrder request, CancellationToken cancellationToken)
    {
        var search = await GroupMembership.SearchAsync(hub, offers, request, maxPrice, unasked: false, cancellationToken);
        var name = MarketRoutes.ResourceName(kind);
        if (!search.Found)
        {
            var tee = kind == OrderKind.App && request.Tag.Has(Tag.TeeBit) ? "tee enabled " : "";
            throw Refused($"No {tee}{MarketRoutes.OrderName(kind)} published for {name} {asset}");
        }

        if (search.BestPrice > maxPrice)
        {
            throw Refused($"{name}maxprice for {name} {asset} is too low, actual best price is {search.BestPrice} nRLC");
        }
    }

    private static BookOrder WithConsumed(BookOrder order, UInt256 consumed) => consumed >= order.Volume
        ? throw Refused("order already consumed")
        : order with { Remaining = order.Volume - consumed };

    private static void ThrowIfPublished(BookOrder? existing)
    {
        if (existing is { Status: not OrderStatus.Dead })
        {
            throw Refused("order already published");
        }
    }

    private static IexecException StakeTooLow(BookOrder order, UInt256 required) => order.Kind == OrderKind.Workerpool
        ? Refused("workerpool owner's stake is too low to cover required workerpool lock", $"All open orders of {order.Signer} together need {required} nRLC.")
        : Refused(
            $"requester stake is too low to cover requestorder payment, minimum stake required is {required} nRLC",
            $"All open orders of {order.Signer} together need it: deposit, or unpublish some.");

    private static IexecException Refused(string message, string? hint = null) => new(ErrorCode.BusinessError, message, hint);
}
