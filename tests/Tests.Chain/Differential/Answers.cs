using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Tests.Chain.Differential;

/// <summary>What the computation of a task gives: the same on both sides, though the tasks' ids differ.</summary>
internal static class Answers
{
    public static Bytes32 Right(TwinTask task) => task.Deal.Request.Callback.IsZero ? Keccak256.Hash($"result {task.Index}") : Keccak256.Hash(Data(task));

    public static Bytes32 Wrong(int lie) => Keccak256.Hash($"lie {lie}");

    /// <summary>What the callback receives; nothing without one, or the other way round when it is to be wrong.</summary>
    public static byte[] CallbackData(TwinTask task, bool right) => task.Deal.Request.Callback.IsZero == right ? [] : Data(task);

    private static byte[] Data(TwinTask task) => [.. Keccak256.Hash($"callback {task.Index}").AsSpan(), .. Keccak256.Hash("more").AsSpan()];
}
