namespace Iexec.Ethereum.JsonRpc.Quorum;

/// <summary>Makes one answer of several, so that fewer nodes than the quorum can neither invent nor change one.</summary>
internal static class QuorumVote
{
    /// <summary>The answer that counts; null while the nodes that have answered do not decide.</summary>
    /// <param name="method">Decides what agreement means.</param>
    /// <param name="answers">Those of the nodes that have answered.</param>
    /// <param name="quorum">Nodes that have to agree.</param>
    /// <param name="isLast">No further answer will come.</param>
    public static NodeAnswer? Decide(string method, IReadOnlyList<NodeAnswer> answers, int quorum, bool isLast) => method switch
    {
        // Heads and pools of transactions differ by moments: what so many nodes have reached has been reached.
        "eth_blockNumber" or "eth_getTransactionCount" => Equal(answers, quorum) ?? (isLast ? Reached(answers, quorum) : null),
        // Opinions, of which a single exaggeration must not be the one that counts.
        "eth_gasPrice" or "eth_maxPriorityFeePerGas" or "eth_estimateGas" => Middle(answers, quorum, isLast) ?? Equal(answers, quorum),
        // Everybody is told; the chain decides. A later answer "already known" says nothing new.
        "eth_sendRawTransaction" => Equal([.. answers.Where(answer => answer.Result is not null)], quorum)
            ?? (isLast ? answers.FirstOrDefault(answer => answer.Result is not null) ?? answers.FirstOrDefault() : null),
        // A receipt that too few nodes have yet is one that is not there yet.
        "eth_getTransactionReceipt" => Equal(answers, quorum) ?? (isLast && answers.Count >= quorum ? new NodeAnswer("null", null) : null),
        _ => Equal(answers, quorum),
    };

    private static NodeAnswer? Equal(IReadOnlyList<NodeAnswer> answers, int quorum) =>
        answers.GroupBy(answer => answer.Key).FirstOrDefault(same => same.Count() >= quorum)?.First();

    private static NodeAnswer? Reached(IReadOnlyList<NodeAnswer> answers, int quorum)
    {
        var numbers = answers.Where(answer => answer.Quantity is not null).OrderByDescending(answer => answer.Quantity).ToList();
        return numbers.Count >= quorum ? numbers[quorum - 1] : null;
    }

    private static NodeAnswer? Middle(IReadOnlyList<NodeAnswer> answers, int quorum, bool isLast)
    {
        var numbers = answers.Where(answer => answer.Quantity is not null).OrderBy(answer => answer.Quantity).ToList();
        return isLast && numbers.Count >= quorum ? numbers[numbers.Count / 2] : Equal(numbers, quorum);
    }
}
