using System.Numerics;
using Iexec.Ethereum;

namespace Iexec.Poco.Rules;

/// <summary>A worker's score and what it weighs.</summary>
public static class Reputation
{
    /// <summary>Weight of the vote of a worker with this score: max(score / 3, 3) − 1, at least 2.</summary>
    public static UInt256 Weight(UInt256 score) => UInt256.Max(score / 3, 3) - 1;

    /// <summary>Share in the reward that a weight gives: its binary logarithm, rounded down.</summary>
    public static ulong RewardWeight(UInt256 weight) => (ulong)(weight.ToBigInteger().GetBitLength() - 1);

    /// <summary>Score after a contribution to a task of several contributors was right.</summary>
    public static UInt256 AfterSuccess(UInt256 score) => score + 1;

    /// <summary>Score after a contribution was wrong or not revealed.</summary>
    public static UInt256 AfterFailure(UInt256 score) => UInt256.FromBigInteger(score.ToBigInteger() * 2 / 3);

    internal static BigInteger Product(IEnumerable<UInt256> weights) =>
        weights.Aggregate(BigInteger.One, (product, weight) => product * weight.ToBigInteger());
}
