using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Tasks;
using Iexec.Simulation.Hub;
using Iexec.Simulation.World;

namespace Iexec.Simulation;

/// <content>What participants read, at the latest block.</content>
public sealed partial class SimulatedHub
{
    /// <inheritdoc/>
    public Task<BlockHeader> GetHeadAsync(CancellationToken cancellationToken) => Task.FromResult(_blocks[^1].Header);

    /// <inheritdoc/>
    public Task<BlockHeader?> GetBlockAsync(ulong number, CancellationToken cancellationToken)
    {
        var blocks = _blocks;
        return Task.FromResult(number < (ulong)blocks.Count ? blocks[(int)number].Header : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HubEvent>> GetEventsAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken)
    {
        var blocks = _blocks;
        var events = new List<HubEvent>();
        for (var number = fromBlock; number <= toBlock && number < (ulong)blocks.Count; number++)
        {
            events.AddRange(blocks[(int)number].Events);
        }

        return Task.FromResult<IReadOnlyList<HubEvent>>(events);
    }

    /// <inheritdoc/>
    public Task<Deal?> GetDealAsync(DealId id, CancellationToken cancellationToken)
    {
        var hub = State.Hub;
        return hub.WideRanges.ContainsKey(id)
            ? throw new OverflowException($"Index or volume of deal {id} exceed 64 bits.")
            : Task.FromResult(hub.Deals.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public Task<ChainTask> GetTaskAsync(TaskId id, CancellationToken cancellationToken)
    {
        var execution = Reading();
        return execution.State.Hub.Tasks.GetValueOrDefault(id)?.Index > ulong.MaxValue
            ? throw new OverflowException($"The index of task {id} exceeds 64 bits.")
            : Task.FromResult(ProtocolViews.TaskOf(execution, id));
    }

    /// <inheritdoc/>
    public Task<Contribution> GetContributionAsync(TaskId id, Address worker, CancellationToken cancellationToken) =>
        Task.FromResult(ProtocolViews.ContributionOf(Reading(), id, worker));

    /// <inheritdoc/>
    public Task<Account> GetAccountAsync(Address account, CancellationToken cancellationToken)
    {
        var entry = State.Hub.AccountOf(account);
        return Task.FromResult(new Account(entry.Free, entry.Frozen));
    }

    /// <inheritdoc/>
    public Task<UInt256> GetScoreAsync(Address worker, CancellationToken cancellationToken) => Task.FromResult(State.Hub.AccountOf(worker).Score);

    /// <inheritdoc/>
    public Task<UInt256> GetVotingScoreAsync(Address worker, Address workerpool, CancellationToken cancellationToken) => _settings.Strict
        ? GetScoreAsync(worker, cancellationToken)
        : Task.FromResult(State.Hub.PoolScores.GetValueOrDefault((workerpool, worker)));

    /// <inheritdoc/>
    public Task<UInt256[]> GetConsumedAsync(IReadOnlyList<OrderHash> orders, CancellationToken cancellationToken)
    {
        var consumed = State.Hub.Consumed;
        return Task.FromResult(orders.Select(order => consumed.GetValueOrDefault(order)).ToArray());
    }

    /// <inheritdoc/>
    public Task<bool> VerifySignatureAsync(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Reading().IsConsent(account, new OrderHash(digest), sign));
        }
        catch (Refusal)
        {
            // Signatures of another length than 64 and 65 bytes are refused by a revert.
            return Task.FromResult(false);
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsAllowedAsync(Address restriction, Address account, CancellationToken cancellationToken) =>
        Task.FromResult(Reading().IsAllowed(restriction, account));

    /// <inheritdoc/>
    public Task<Category?> GetCategoryAsync(UInt256 id, CancellationToken cancellationToken)
    {
        var categories = State.Hub.Categories;
        return Task.FromResult(id < categories.Count ? categories[(int)id] : null);
    }

    /// <inheritdoc/>
    public Task<ulong> CountCategoriesAsync(CancellationToken cancellationToken) => Task.FromResult((ulong)State.Hub.Categories.Count);

    /// <inheritdoc/>
    public Task<ulong> GetCallbackGasAsync(CancellationToken cancellationToken) => Task.FromResult((ulong)State.Hub.CallbackGas);

    private Execution Reading()
    {
        var head = _blocks[^1];
        return new Execution(_settings, head.State, head.Header.Timestamp);
    }
}
