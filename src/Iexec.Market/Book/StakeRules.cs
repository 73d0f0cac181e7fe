using Iexec.Ethereum;
using Iexec.Poco;

namespace Iexec.Market.Book;

/// <summary>What a stake covers. One account backs all its orders together: each of many orders alone may fit, and still only one could be matched.</summary>
internal static class StakeRules
{
    /// <summary>
    /// The orders of one signer that the stake does not cover. Older publications come first; one that does not fit leaves room for smaller ones
    /// after it.
    /// </summary>
    /// <param name="open">Open orders of one signer, pool and request orders together.</param>
    public static IReadOnlyList<OrderHash> Uncovered(IEnumerable<BookOrder> open, UInt256 stake)
    {
        var uncovered = new List<OrderHash>();
        foreach (var order in open.OrderBy(order => order.PublishedAt).ThenBy(order => order.Hash.Value))
        {
            if (order.RequiredStake <= stake)
            {
                stake -= order.RequiredStake;
            }
            else
            {
                uncovered.Add(order.Hash);
            }
        }

        return uncovered;
    }
}
