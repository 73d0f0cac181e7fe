using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;

namespace Iexec.Poco.Chain;

/// <summary>
/// What a participant reads from the PoCo contracts of one chain. Reads are at the latest block. Writes are <see cref="ContractCall"/>s made by
/// <see cref="HubCalls"/> and sent by an <see cref="ITransactor"/>. Implemented over JSON-RPC by <see cref="JsonRpcHub"/>.
/// </summary>
public interface IHub
{
    /// <summary>Addresses and signing domain.</summary>
    HubConfiguration Configuration { get; }

    /// <summary>The latest block.</summary>
    Task<BlockHeader> GetHeadAsync(CancellationToken cancellationToken);

    /// <summary>A block by number; null when the chain is shorter.</summary>
    Task<BlockHeader?> GetBlockAsync(ulong number, CancellationToken cancellationToken);

    /// <summary>Decoded events of hub and registries in a closed range, in chain order.</summary>
    Task<IReadOnlyList<HubEvent>> GetEventsAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken);

    /// <summary>
    /// Events of a closed range together with the block that ends it; null while the node that answers does not have that block, or when
    /// its chain changed under the question. Nodes behind a load balancer differ in their heads, and a range without its end's header
    /// would take a lagging node's silence for an empty block.
    /// </summary>
    async Task<ChainRange?> GetRangeAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken)
    {
        if (await GetBlockAsync(toBlock, cancellationToken).ConfigureAwait(false) is not { } before)
        {
            return null;
        }

        var events = await GetEventsAsync(fromBlock, toBlock, cancellationToken).ConfigureAwait(false);
        var after = await GetBlockAsync(toBlock, cancellationToken).ConfigureAwait(false);
        var range = new ChainRange(fromBlock, new BlockRef(before.Number, before.Hash), events);
        return after?.Hash == before.Hash && range.IsConsistent ? range : null;
    }

    /// <summary>Null when there is no such deal.</summary>
    /// <exception cref="OverflowException">
    /// Index or volume of the deal exceed 64 bits: somebody made it to break its readers. No task of it can be executed.
    /// </exception>
    Task<Deal?> GetDealAsync(DealId id, CancellationToken cancellationToken);

    /// <summary>A task that was never initialized has the status <see cref="ChainTaskStatus.Unset"/>.</summary>
    Task<ChainTask> GetTaskAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>A worker's contribution.</summary>
    Task<Contribution> GetContributionAsync(TaskId id, Address worker, CancellationToken cancellationToken);

    /// <summary>Escrow account, nRLC.</summary>
    Task<Account> GetAccountAsync(Address account, CancellationToken cancellationToken);

    /// <summary>A worker's reputation over all workerpools.</summary>
    Task<UInt256> GetScoreAsync(Address worker, CancellationToken cancellationToken);

    /// <summary>
    /// The reputation by which a worker's vote weighs in tasks of a workerpool: the one earned there, or the one over all workerpools on the original and
    /// on a strict hub.
    /// </summary>
    Task<UInt256> GetVotingScoreAsync(Address worker, Address workerpool, CancellationToken cancellationToken);

    /// <summary>Consumed volume of each order, in the order asked.</summary>
    Task<UInt256[]> GetConsumedAsync(IReadOnlyList<OrderHash> orders, CancellationToken cancellationToken);

    /// <summary>True if <paramref name="sign"/> is the account's signature (or its contract says so), or the account presigned the digest.</summary>
    Task<bool> VerifySignatureAsync(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign, CancellationToken cancellationToken);

    /// <summary>True if the account may pass a restriction: zero, equal, or member of the group contract (ERC-734 purpose 4).</summary>
    Task<bool> IsAllowedAsync(Address restriction, Address account, CancellationToken cancellationToken);

    /// <summary>Null when the index is not below <see cref="CountCategoriesAsync"/>.</summary>
    Task<Category?> GetCategoryAsync(UInt256 id, CancellationToken cancellationToken);

    /// <summary>Number of categories.</summary>
    Task<ulong> CountCategoriesAsync(CancellationToken cancellationToken);

    /// <summary>True if the registry, or one before it, knows the address.</summary>
    Task<bool> IsRegisteredAsync(AssetKind kind, Address asset, CancellationToken cancellationToken);

    /// <summary>Current owner of a registered asset; null when it is not registered.</summary>
    Task<Address?> GetOwnerAsync(AssetKind kind, Address asset, CancellationToken cancellationToken);

    /// <summary>Null when not registered.</summary>
    Task<App?> GetAppAsync(Address address, CancellationToken cancellationToken);

    /// <summary>Null when not registered.</summary>
    Task<Dataset?> GetDatasetAsync(Address address, CancellationToken cancellationToken);

    /// <summary>Null when not registered.</summary>
    Task<Workerpool?> GetWorkerpoolAsync(Address address, CancellationToken cancellationToken);

    /// <summary>How many assets of the kind the owner has.</summary>
    Task<ulong> CountAssetsAsync(AssetKind kind, Address owner, CancellationToken cancellationToken);

    /// <summary>The owner's asset at an index; null when out of range.</summary>
    Task<Address?> GetAssetByIndexAsync(AssetKind kind, Address owner, ulong index, CancellationToken cancellationToken);

    /// <summary>RLC held outside the escrow, nRLC; of a hub that stakes the chain's coin, that coin.</summary>
    Task<UInt256> GetTokenBalanceAsync(Address account, CancellationToken cancellationToken);

    /// <summary>Gas that a callback receives at most.</summary>
    Task<ulong> GetCallbackGasAsync(CancellationToken cancellationToken);
}
