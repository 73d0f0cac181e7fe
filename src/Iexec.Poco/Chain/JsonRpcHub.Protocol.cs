using Iexec.Ethereum;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Tasks;

namespace Iexec.Poco.Chain;

/// <content>Deals, tasks, accounts, signatures, categories.</content>
public sealed partial class JsonRpcHub
{
    /// <inheritdoc/>
    public async Task<Deal?> GetDealAsync(DealId id, CancellationToken cancellationToken) =>
        await ReadAsync(_hub.Deal(id), cancellationToken).ConfigureAwait(false) is { BotSize: > 0 } deal ? deal : null;

    /// <inheritdoc/>
    public Task<ChainTask> GetTaskAsync(TaskId id, CancellationToken cancellationToken) => ReadAsync(_hub.Task(id), cancellationToken);

    /// <inheritdoc/>
    public Task<Contribution> GetContributionAsync(TaskId id, Address worker, CancellationToken cancellationToken) =>
        ReadAsync(_hub.Contribution(id, worker), cancellationToken);

    /// <inheritdoc/>
    public Task<Account> GetAccountAsync(Address account, CancellationToken cancellationToken) => ReadAsync(_hub.Account(account), cancellationToken);

    /// <inheritdoc/>
    public Task<UInt256> GetScoreAsync(Address worker, CancellationToken cancellationToken) => ReadAsync(_hub.Score(worker), cancellationToken);

    /// <inheritdoc/>
    public async Task<UInt256> GetVotingScoreAsync(Address worker, Address workerpool, CancellationToken cancellationToken)
    {
        var (all, pool, keepsPoolScores) = (_hub.Score(worker), _hub.ScoreIn(worker, workerpool), _hub.KeepsPoolScores);
        var replies = await _eth.CallManyAsync([all.Call, pool.Call, keepsPoolScores.Call], null, cancellationToken).ConfigureAwait(false);

        // The original knows neither of the last two functions, and refuses them.
        return replies[2].Error is null && keepsPoolScores.Decode(replies[2].GetData())
            ? pool.Decode(replies[1].GetData())
            : all.Decode(replies[0].GetData());
    }

    /// <inheritdoc/>
    public async Task<UInt256[]> GetConsumedAsync(IReadOnlyList<OrderHash> orders, CancellationToken cancellationToken)
    {
        if (orders.Count == 0)
        {
            return [];
        }

        var views = orders.Select(_hub.Consumed).ToArray();
        var replies = await ReadManyAsync(cancellationToken, [.. views.Select(view => view.Call)]).ConfigureAwait(false);
        return [.. views.Zip(replies, (view, reply) => view.Decode(reply.GetData()))];
    }

    /// <inheritdoc/>
    public async Task<bool> VerifySignatureAsync(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(_hub.VerifySignature(account, digest, sign), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // The contract refuses signatures of another length than 64 and 65 bytes by a revert.
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<Category?> GetCategoryAsync(UInt256 id, CancellationToken cancellationToken)
    {
        var (count, category) = (_hub.CountCategory, _hub.Category(id));
        var replies = await ReadManyAsync(cancellationToken, count.Call, category.Call).ConfigureAwait(false);
        return id < count.Decode(replies[0].GetData()) ? category.Decode(replies[1].GetData()) : null;
    }

    /// <inheritdoc/>
    public Task<ulong> CountCategoriesAsync(CancellationToken cancellationToken) => ReadAsync(_hub.CountCategory, cancellationToken);

    /// <inheritdoc/>
    public Task<ulong> GetCallbackGasAsync(CancellationToken cancellationToken) => ReadAsync(_hub.CallbackGas, cancellationToken);
}
