using System.Numerics;
using Iexec.Ethereum;

namespace Iexec.Poco.Rules;

/// <summary>How many workers a task needs. Predictions assume that workers which have not answered yet will agree with the strongest opinion.</summary>
public static class Replication
{
    /// <summary>
    /// How many more workers must be asked, each of the weight of a new one, before a consensus is to be expected.
    /// </summary>
    /// <param name="trust">Trust of the deal; 0 counts as 1.</param>
    /// <param name="groups">Weights of the groups of equal results that were contributed.</param>
    /// <param name="pendingWeights">Weights of workers that were asked, have not answered and have not failed.</param>
    public static int StillNeeded(UInt256 trust, IReadOnlyCollection<UInt256> groups, IReadOnlyCollection<UInt256> pendingWeights)
    {
        var others = groups.Aggregate(BigInteger.Zero, (sum, group) => sum + group.ToBigInteger());
        var best = groups.Count == 0 ? BigInteger.Zero : groups.Max().ToBigInteger();
        others -= best;
        if (pendingWeights.Count > 0)
        {
            best = BigInteger.Max(best, BigInteger.One) * Reputation.Product(pendingWeights);
        }

        // best · t > (1 + best + others) · (t − 1), solved for best. At trust 1 any vote will do, but there must be one.
        var wanted = (1 + others) * (UInt256.Max(trust, UInt256.One) - 1).ToBigInteger();
        var fresh = Reputation.Weight(UInt256.Zero).ToBigInteger();
        var needed = 0;
        for (; best <= wanted || best.IsZero; needed++)
        {
            best = BigInteger.Max(best, BigInteger.One) * fresh;
        }

        return needed;
    }

    /// <summary>Fewest new workers that reach a trust alone: the least n ≥ 1 with 2ⁿ &gt; trust − 1.</summary>
    public static int FreshWorkersNeeded(UInt256 trust) => StillNeeded(trust, [], []);

    /// <summary>
    /// Workers needed for a trust when those with these scores are there: as many of the strongest as it takes, and beyond them new
    /// ones. The trust is within reach exactly if that is not more than there are.
    /// </summary>
    public static int WorkersNeeded(UInt256 trust, IReadOnlyCollection<UInt256> scores)
    {
        var strongest = scores.Select(Reputation.Weight).OrderDescending().ToArray();
        for (var count = 1; count <= strongest.Length; count++)
        {
            if (StillNeeded(trust, [], strongest[..count]) == 0)
            {
                return count;
            }
        }

        return strongest.Length + StillNeeded(trust, [], strongest);
    }

    /// <summary>Highest trust that workers with these scores reach when all of them agree; 0 without workers.</summary>
    public static UInt256 HighestTrust(IReadOnlyCollection<UInt256> scores)
    {
        // The product P reaches every trust t with P > t − 1, that is up to P itself.
        var product = scores.Count == 0 ? BigInteger.Zero : Reputation.Product(scores.Select(Reputation.Weight));
        return product.GetBitLength() > 256 ? UInt256.MaxValue : UInt256.FromBigInteger(product);
    }
}
