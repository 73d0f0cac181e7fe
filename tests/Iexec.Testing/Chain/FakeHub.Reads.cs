using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Registries;
using Iexec.Poco.Tasks;

namespace Iexec.Testing.Chain;

public sealed partial class FakeHub
{
    public async Task<BlockHeader> GetHeadAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Read(nameof(GetHeadAsync));
        return _chain.Head.Header;
    }

    public async Task<BlockHeader?> GetBlockAsync(ulong number, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Read(nameof(GetBlockAsync));
        var blocks = _chain.Blocks;
        return number < (ulong)blocks.Count ? blocks[(int)number].Header : null;
    }

    public async Task<IReadOnlyList<HubEvent>> GetEventsAsync(ulong fromBlock, ulong toBlock, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Read(nameof(GetEventsAsync));
        return [.. _chain.Blocks.Where(block => block.Header.Number >= fromBlock && block.Header.Number <= toBlock).SelectMany(block => block.Events)];
    }

    public Task<Deal?> GetDealAsync(DealId id, CancellationToken cancellationToken) =>
        Oversized.Contains(id)
            ? Task.FromException<Deal?>(new OverflowException("A number of the deal does not fit 64 bits."))
            : Task.FromResult(Read(nameof(GetDealAsync)).Deals.GetValueOrDefault(id));

    public Task<ChainTask> GetTaskAsync(TaskId id, CancellationToken cancellationToken) => Task.FromResult(
        Read(nameof(GetTaskAsync)).Tasks.GetValueOrDefault(id)
        ?? new ChainTask(id, ChainTaskStatus.Unset, default, 0, 0, 0, 0, 0, default, 0, 0, [], default, [], []));

    public Task<Contribution> GetContributionAsync(TaskId id, Address worker, CancellationToken cancellationToken) => Task.FromResult(
        Read(nameof(GetContributionAsync)).Contributions.GetValueOrDefault((id, worker))
        ?? new Contribution(ContributionStatus.Unset, default, default, default, default));

    public Task<Account> GetAccountAsync(Address account, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetAccountAsync)).AccountOf(account));

    public Task<UInt256> GetScoreAsync(Address worker, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetScoreAsync)).Scores.GetValueOrDefault(worker));

    /// <summary>Scores of one workerpool, as all workers of this hub work for one.</summary>
    public Task<UInt256> GetVotingScoreAsync(Address worker, Address workerpool, CancellationToken cancellationToken) => GetScoreAsync(worker, cancellationToken);

    public Task<UInt256[]> GetConsumedAsync(IReadOnlyList<OrderHash> orders, CancellationToken cancellationToken)
    {
        var state = Read(nameof(GetConsumedAsync));
        return Task.FromResult(orders.Select(order => state.Consumed.GetValueOrDefault(order)).ToArray());
    }

    public Task<bool> VerifySignatureAsync(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign, CancellationToken cancellationToken)
    {
        var isPresigned = Read(nameof(VerifySignatureAsync)).Presigned.Contains((account, digest));
        return Task.FromResult(isPresigned || (Signature.TryParse(sign.Span, out var signature) && PublicKey.RecoverAddress(digest, signature) == account));
    }

    public Task<bool> IsAllowedAsync(Address restriction, Address account, CancellationToken cancellationToken) => BrokenGroups.Contains(restriction)
        ? Task.FromException<bool>(new JsonRpcException(-32000, "something that no node said before"))
        : Task.FromResult(
        Read(nameof(IsAllowedAsync)).Groups.Contains((restriction, account)) || restriction.IsZero || restriction == account);

    public Task<Category?> GetCategoryAsync(UInt256 id, CancellationToken cancellationToken)
    {
        var categories = Read(nameof(GetCategoryAsync)).Categories;
        return Task.FromResult(id < (UInt256)(ulong)categories.Count ? categories[(int)id] : null);
    }

    public Task<ulong> CountCategoriesAsync(CancellationToken cancellationToken) =>
        Task.FromResult((ulong)Read(nameof(CountCategoriesAsync)).Categories.Count);

    public Task<bool> IsRegisteredAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(IsRegisteredAsync)).OwnerOf(kind, asset) is not null);

    public Task<Address?> GetOwnerAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetOwnerAsync)).OwnerOf(kind, asset));

    public Task<App?> GetAppAsync(Address address, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetAppAsync)).Apps.GetValueOrDefault(address));

    public Task<Dataset?> GetDatasetAsync(Address address, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetDatasetAsync)).Datasets.GetValueOrDefault(address));

    public Task<Workerpool?> GetWorkerpoolAsync(Address address, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetWorkerpoolAsync)).Workerpools.GetValueOrDefault(address));

    public Task<ulong> CountAssetsAsync(AssetKind kind, Address owner, CancellationToken cancellationToken) =>
        Task.FromResult((ulong)Read(nameof(CountAssetsAsync)).AssetsOf(kind, owner).Count);

    public Task<Address?> GetAssetByIndexAsync(AssetKind kind, Address owner, ulong index, CancellationToken cancellationToken)
    {
        var assets = Read(nameof(GetAssetByIndexAsync)).AssetsOf(kind, owner);
        return Task.FromResult(index < (ulong)assets.Count ? assets[(int)index] : (Address?)null);
    }

    public Task<UInt256> GetTokenBalanceAsync(Address account, CancellationToken cancellationToken) =>
        Task.FromResult(Read(nameof(GetTokenBalanceAsync)).TokenBalances.GetValueOrDefault(account));

    public Task<ulong> GetCallbackGasAsync(CancellationToken cancellationToken)
    {
        Read(nameof(GetCallbackGasAsync));
        return Task.FromResult(100_000UL);
    }
}
