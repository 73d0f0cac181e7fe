using System.Buffers.Binary;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Poco.Rules;

/// <summary>
/// A pool's policy inside a signed order. The policy is no member of an order, so a pool could change it between signature and match; whoever minds writes it into the
/// salt of its workerpool order or request order: 8 bytes of mark, 8 bytes worker stake ratio (big endian), 1 byte scheduler reward ratio, 15 bytes of anything. Both
/// ratios are in percent. Any other salt commits to nothing.
/// </summary>
public static class PolicyCommitment
{
    private const int StakeRatioAt = 8;
    private const int RewardRatioAt = 16;
    private const int FreeAt = 17;

    private static readonly byte[] Mark = Keccak256.Hash("iExec PoCo workerpool policy, 1").AsSpan()[..StakeRatioAt].ToArray();

    /// <summary>A salt that commits to a policy; its free bytes come from <paramref name="salt"/>.</summary>
    public static Bytes32 Commit(Bytes32 salt, ulong workerStakeRatio, byte schedulerRewardRatio)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[StakeRatioAt..], workerStakeRatio);
        bytes[RewardRatioAt] = schedulerRewardRatio;
        salt.AsSpan()[FreeAt..].CopyTo(bytes[FreeAt..]);
        return new Bytes32(bytes);
    }

    /// <summary>True if an order of this salt accepts the policy.</summary>
    public static bool Accepts(Bytes32 salt, UInt256 workerStakeRatio, UInt256 schedulerRewardRatio) =>
        !salt.AsSpan().StartsWith(Mark)
        || (workerStakeRatio == BinaryPrimitives.ReadUInt64BigEndian(salt.AsSpan()[StakeRatioAt..]) && schedulerRewardRatio == (ulong)salt.AsSpan()[RewardRatioAt]);
}
