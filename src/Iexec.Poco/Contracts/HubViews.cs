using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
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
    public ContractView<Address> Token => AddressOf(HubFunctions.Token);

    public ContractView<Address> AppRegistry => AddressOf(HubFunctions.AppRegistry);

    public ContractView<Address> DatasetRegistry => AddressOf(HubFunctions.DatasetRegistry);

    public ContractView<Address> WorkerpoolRegistry => AddressOf(HubFunctions.WorkerpoolRegistry);

    public ContractView<Eip712Domain> Domain => View(HubFunctions.Domain, static _ => { }, static answer => answer.DynamicTuple(
        static domain => new Eip712Domain(domain.String(), domain.String(), domain.Uint(), domain.Address())));

    public ContractView<ulong> CallbackGas => View(HubFunctions.CallbackGas, static _ => { }, static answer => answer.Ulong());

    public ContractView<ulong> CountCategory => View(HubFunctions.CountCategory, static _ => { }, static answer => answer.Ulong());

    public ContractView<Deal> Deal(DealId id) => View(HubFunctions.ViewDeal, call => call.Bytes32(id.Value), answer => answer.DynamicTuple(
        deal => new Deal(
            id,
            deal.StaticTuple(ReadResource),
            deal.StaticTuple(ReadResource),
            deal.StaticTuple(ReadResource),
            deal.Uint(),
            deal.Uint(),
            new Tag(deal.Bytes32()),
            deal.Address(),
            deal.Address(),
            deal.Address(),
            deal.String(),
            deal.Ulong(),
            deal.Ulong(),
            deal.Ulong(),
            deal.Uint(),
            deal.Uint(),
            deal.Address())));

    public ContractView<ChainTask> Task(TaskId id) => View(HubFunctions.ViewTask, call => call.Bytes32(id.Value), answer => answer.DynamicTuple(
        task =>
        {
            var status = (ChainTaskStatus)task.Byte();
            var dealId = new DealId(task.Bytes32());
            var (index, timeRef, contribution, reveal, final) = (task.Ulong(), task.Ulong(), task.Ulong(), task.Ulong(), task.Ulong());
            var (consensus, revealCounter, winnerCounter) = (task.Bytes32(), task.Ulong(), task.Ulong());
            var contributors = task.StaticArray(1, static item => item.Address());
            var (digest, results) = (task.Bytes32(), task.Bytes());
            _ = task.Uint(); // resultsTimestamp, which the contracts never write
            return new ChainTask(
                id, status, dealId, index, timeRef, contribution, reveal, final, consensus, revealCounter, winnerCounter, contributors, digest, results, task.Bytes());
        }));

    public ContractView<Contribution> Contribution(TaskId id, Address worker) => View(
        HubFunctions.ViewContribution,
        call => call.Bytes32(id.Value).Address(worker),
        static answer => answer.StaticTuple(static entry => new Contribution(
            (ContributionStatus)entry.Byte(), entry.Bytes32(), entry.Bytes32(), entry.Address(), entry.Uint())));

    public ContractView<Account> Account(Address account) => View(
        HubFunctions.ViewAccount,
        call => call.Address(account),
        static answer => answer.StaticTuple(static entry => new Account(entry.Uint(), entry.Uint())));

    public ContractView<UInt256> Score(Address worker) => View(HubFunctions.ViewScore, call => call.Address(worker), static answer => answer.Uint());

    public ContractView<UInt256> Consumed(OrderHash order) => View(HubFunctions.ViewConsumed, call => call.Bytes32(order.Value), static answer => answer.Uint());

    public ContractView<Category> Category(UInt256 id) => View(HubFunctions.ViewCategory, call => call.Uint(id), answer => answer.DynamicTuple(
        category => new Category(id, category.String(), category.String(), category.Ulong())));

    public ContractView<bool> VerifySignature(Address account, Bytes32 digest, ReadOnlyMemory<byte> sign) => View(
        HubFunctions.VerifyPresignatureOrSignature,
        call => call.Address(account).Bytes32(digest).Bytes(sign.Span),
        static answer => answer.Bool());

    private static DealResource ReadResource(AbiReader resource) => new(resource.Address(), resource.Address(), resource.Uint());

    private ContractView<Address> AddressOf(AbiSignature function) => View(function, static _ => { }, static answer => answer.Address());

    private ContractView<T> View<T>(AbiSignature function, Action<AbiWriter> arguments, Func<AbiReader, T> read)
    {
        var writer = new AbiWriter();
        arguments(writer);
        return new ContractView<T>(hub, writer.ToCallData(function.Selector), read);
    }
}
