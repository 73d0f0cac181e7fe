using System.Data.Common;
using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Chain;

/// <summary>Brings orders in line with the chain: the one path that block after block, a reorganisation and the sweep take.</summary>
internal sealed class BookSettler(BookStore book)
{
    /// <summary>Stores the fate of each order and lets those die that the stake of their signer no longer covers.</summary>
    /// <param name="orders">Any orders of the book; each is read again inside the transaction.</param>
    /// <param name="block">The block that the change is attributed to.</param>
    /// <param name="canRevive">See <see cref="OrderFate.Of"/>.</param>
    /// <returns>Apps and datasets of which an offer left the book: requests may depend on it.</returns>
    public async Task<IReadOnlyCollection<Address>> SettleAsync(
        DbTransaction transaction, IEnumerable<BookOrder> orders, ChainFacts facts, ulong block, bool canRevive)
    {
        var left = new HashSet<Address>();
        foreach (var hash in orders.Select(order => order.Hash).Distinct())
        {
            if (await book.FindAsync(transaction.Connection!, transaction, hash) is not { } order)
            {
                continue;
            }

            // The node that answered may lag behind the events.
            var consumed = UInt256.Max(facts.Consumed.GetValueOrDefault(hash), await book.MatchedVolumeAsync(transaction, hash));
            var owner = facts.Owners.TryGetValue(order.Asset, out var current) ? current : (Address?)null;
            var fate = OrderFate.Of(order, consumed, await book.IsClosedAsync(transaction, hash), owner, canRevive);
            if (fate != new OrderFate(order.Status, order.Remaining))
            {
                await book.SetFateAsync(transaction, order, fate, block);
                NoteLeft(left, order, fate.Status);
            }
        }

        foreach (var (signer, stake) in facts.Stakes)
        {
            var staked = await book.StakedAsync(transaction, signer);
            foreach (var hash in StakeRules.Uncovered(staked, stake))
            {
                await book.KillAsync(transaction, staked.First(order => order.Hash == hash), block);
            }
        }

        return left;
    }

    private static void NoteLeft(HashSet<Address> left, BookOrder order, OrderStatus now)
    {
        if (order.Status == OrderStatus.Open && now != OrderStatus.Open && order.Kind is OrderKind.App or OrderKind.Dataset)
        {
            left.Add(order.Asset);
        }
    }
}
