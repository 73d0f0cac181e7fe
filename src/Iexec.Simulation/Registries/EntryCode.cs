using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Registries;

/// <summary>
/// An asset: its content is fixed at its creation, its owner is who holds its token in the registry. A workerpool has a policy besides.
/// </summary>
internal sealed class EntryCode(Address registry, AssetKind kind, byte[] content) : ISimulatedContract
{
    private static readonly EventKind PolicyUpdate = new("PolicyUpdate(uint256,uint256,uint256,uint256)");

    private readonly FunctionTable _functions = Shared(registry).With(kind switch
    {
        AssetKind.App => new()
        {
            ["m_appName()"] = (_, _, _, results) => results.String(App(content).Name),
            ["m_appType()"] = (_, _, _, results) => results.String(App(content).Type),
            ["m_appMultiaddr()"] = (_, _, _, results) => results.Bytes(App(content).Multiaddr),
            ["m_appChecksum()"] = (_, _, _, results) => results.Bytes32(App(content).Checksum),
            ["m_appMREnclave()"] = (_, _, _, results) => results.Bytes(App(content).MrEnclave),
            ["initialize(string,string,bytes,bytes32,bytes)"] = AlreadyInitialized,
        },
        AssetKind.Dataset => new()
        {
            ["m_datasetName()"] = (_, _, _, results) => results.String(Dataset(content).Name),
            ["m_datasetMultiaddr()"] = (_, _, _, results) => results.Bytes(Dataset(content).Multiaddr),
            ["m_datasetChecksum()"] = (_, _, _, results) => results.Bytes32(Dataset(content).Checksum),
            ["initialize(string,bytes,bytes32)"] = AlreadyInitialized,
        },
        _ => new()
        {
            ["m_workerpoolDescription()"] = (_, _, _, results) => results.String(Encoding.UTF8.GetString(content)),
            ["m_workerStakeRatioPolicy()"] = (execution, message, _, results) => results.Uint(PolicyFunctions.Of(execution, registry, message.Target).WorkerStakeRatio),
            ["m_schedulerRewardRatioPolicy()"] = (execution, message, _, results) => results.Uint(PolicyFunctions.Of(execution, registry, message.Target).SchedulerRewardRatio),
            ["changePolicy(uint256,uint256)"] = (execution, message, arguments, _) =>
                ChangePolicy(execution, registry, message, new PoolPolicy(arguments.Uint(), arguments.Uint())),
            ["initialize(string)"] = AlreadyInitialized,
        },
    });

    public byte[] Invoke(Execution execution, Message message) => _functions.Run(execution, message, () => Refusal.Empty);

    private static FunctionTable Shared(Address registry) => new()
    {
        ["registry()"] = (_, _, _, results) => results.Address(registry),
        ["owner()"] = (execution, message, _, results) => results.Address(execution.State.Registries[registry].Owners[message.Target]),
        ["setName(address,string)"] = (_, _, _, _) => throw Refusal.Text("Operation not supported on this chain"),
    };

    private static void AlreadyInitialized(Execution execution, Message message, AbiReader arguments, AbiWriter results) =>
        throw Refusal.Text("already initialized");

    private static (string Name, string Type, byte[] Multiaddr, Bytes32 Checksum, byte[] MrEnclave) App(byte[] content)
    {
        var read = EntryContent.Read(content, texts: 4);
        return (Encoding.UTF8.GetString(read.Texts[0]), Encoding.UTF8.GetString(read.Texts[1]), read.Texts[2], read.Checksum, read.Texts[3]);
    }

    private static (string Name, byte[] Multiaddr, Bytes32 Checksum) Dataset(byte[] content)
    {
        var read = EntryContent.Read(content, texts: 2);
        return (Encoding.UTF8.GetString(read.Texts[0]), read.Texts[1], read.Checksum);
    }

    private static void ChangePolicy(Execution execution, Address registry, Message message, PoolPolicy policy)
    {
        Refusal.Unless(message.Sender == execution.State.Registries[registry].Owners[message.Target], "caller is not the owner");
        var before = PolicyFunctions.Set(execution, registry, message.Target, policy);
        execution.Emit(PolicyUpdate.Of(message.Target, [], data => data
            .Uint(before.WorkerStakeRatio).Uint(policy.WorkerStakeRatio).Uint(before.SchedulerRewardRatio).Uint(policy.SchedulerRewardRatio)));
    }
}
