using Iexec.Ethereum;
using Iexec.Ethereum.Eip712;
using Iexec.Poco.Categories;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Tasks;

namespace Iexec.Poco.Contracts;

/// <summary>The hub's views with their answers as the protocol's shapes.</summary>
internal sealed class HubViews(Address hub)
{
    public ContractView<Address> Token => new(hub, HubContract.EncodeToken(), data => HubContract.DecodeToken(data));

    public ContractView<Address> AppRegistry => new(hub, HubContract.EncodeAppregistry(), data => HubContract.DecodeAppregistry(data));

    public ContractView<Address> DatasetRegistry => new(hub, HubContract.EncodeDatasetregistry(), data => HubContract.DecodeDatasetregistry(data));

    public ContractView<Address> WorkerpoolRegistry => new(hub, HubContract.EncodeWorkerpoolregistry(), data => HubContract.DecodeWorkerpoolregistry(data));

    public ContractView<Eip712Domain> Domain => new(hub, HubContract.EncodeDomain(), data =>
    {
        var domain = HubContract.DecodeDomain(data);
        return new Eip712Domain(domain.Name, domain.Version, domain.ChainId, domain.VerifyingContract);
    });

    public ContractView<ulong> CallbackGas => new(hub, HubContract.EncodeCallbackgas(), data => (ulong)HubContract.DecodeCallbackgas(data));

    public ContractView<ulong> CountCategory => new(hub, HubContract.EncodeCountCategory(), data => (ulong)HubContract.DecodeCountCategory(data));

    public ContractView<Deal> Deal(DealId id) => new(hub, HubContract.EncodeViewDeal(id.Value), data =>
    {
        var deal = HubContract.DecodeViewDeal(data);
        return new Deal(
            id,
            Resource(deal.App),
            Resource(deal.Dataset),
            Resource(deal.Workerpool),
            deal.Trust,
            deal.Category,
            new Tag(deal.Tag),
            deal.Requester,
            deal.Beneficiary,
            deal.Callback,
            deal.Params,
            (ulong)deal.StartTime,
            (ulong)deal.BotFirst,
            (ulong)deal.BotSize,
            deal.WorkerStake,
            deal.SchedulerRewardRatio,
            deal.Sponsor);
    });

    public ContractView<ChainTask> Task(TaskId id) => new(hub, HubContract.EncodeViewTask(id.Value), data =>
    {
        var task = HubContract.DecodeViewTask(data);
        return new ChainTask(
            id,
            (ChainTaskStatus)task.Status,
            new DealId(task.Dealid),
            (ulong)task.Idx,
            (ulong)task.Timeref,
            (ulong)task.ContributionDeadline,
            (ulong)task.RevealDeadline,
            (ulong)task.FinalDeadline,
            task.ConsensusValue,
            (ulong)task.RevealCounter,
            (ulong)task.WinnerCounter,
            task.Contributors,
            task.ResultDigest,
            task.Results,
            task.ResultsCallback);
    });

    public ContractView<Contribution> Contribution(TaskId id, Address worker) => new(hub, HubContract.EncodeViewContribution(id.Value, worker), data =>
    {
        var entry = HubContract.DecodeViewContribution(data);
        return new Contribution((ContributionStatus)entry.Status, entry.ResultHash, entry.ResultSeal, entry.EnclaveChallenge, entry.Weight);
    });

    public ContractView<Account> Account(Address account) => new(hub, HubContract.EncodeViewAccount(account), data =>
    {
        var entry = HubContract.DecodeViewAccount(data);
        return new Account(entry.Stake, entry.Locked);
    });

    public ContractView<UInt256> Score(Address worker) => new(hub, HubContract.EncodeViewScore(worker), data => HubContract.DecodeViewScore(data));

    public ContractView<UInt256> ScoreIn(Address worker, Address workerpool) =>
        new(hub, HubContract.EncodeViewScoreIn(worker, workerpool), data => HubContract.DecodeViewScoreIn(data));

    public ContractView<bool> KeepsPoolScores => new(hub, HubContract.EncodeConfiguration(), data => !HubContract.DecodeConfiguration(data).Strict);

    public ContractView<UInt256> Consumed(OrderHash order) =>
        new(hub, HubContract.EncodeViewConsumed(order.Value), data => HubContract.DecodeViewConsumed(data));

    public ContractView<Category> Category(UInt256 id) => new(hub, HubContract.EncodeViewCategory(id), data =>
    {
        var category = HubContract.DecodeViewCategory(data);
        return new Category(id, category.Name, category.Description, (ulong)category.WorkClockTimeRef);
    });

    public ContractView<bool> VerifySignature(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign) => new(
        hub,
        HubContract.EncodeVerifyPresignatureOrSignature(account, digest, sign.ToArray()),
        data => HubContract.DecodeVerifyPresignatureOrSignature(data));

    private static DealResource Resource(HubStructs.Resource resource) => new(resource.Pointer, resource.Owner, resource.Price);
}
