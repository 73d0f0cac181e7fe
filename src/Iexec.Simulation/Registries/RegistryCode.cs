using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Simulation.Hub;
using Iexec.Simulation.World;
using static Iexec.Simulation.Registries.EntryTransfers;

namespace Iexec.Simulation.Registries;

/// <summary>A registry as a contract: its functions by selector.</summary>
internal sealed class RegistryCode(AssetKind kind) : ISimulatedContract
{
    private readonly FunctionTable _functions = new FunctionTable()
        .With(Creation(kind)).With(Administration).With(Views(kind)).With(Transfers).With(kind == AssetKind.Workerpool ? PolicyFunctions.Table : new());

    public byte[] Invoke(Execution execution, Message message) => _functions.Run(execution, message, () => Refusal.Empty);

    private static FunctionTable Creation(AssetKind kind)
    {
        var (types, content) = kind switch
        {
            AssetKind.App => ("string,string,bytes,bytes32,bytes", (Func<Ethereum.Abi.AbiReader, byte[]>)EntryCreation.App),
            AssetKind.Dataset => ("string,bytes,bytes32", EntryCreation.Dataset),
            _ => ("string", EntryCreation.Workerpool),
        };
        return new FunctionTable
        {
            [$"create{kind}(address,{types})"] = (execution, message, arguments, results) =>
            {
                var owner = arguments.Address();
                results.Address(execution.Create(message.Target, owner, content(arguments)));
            },
            [$"predict{kind}(address,{types})"] = (_, message, arguments, results) =>
            {
                var owner = arguments.Address();
                results.Address(EntryCreation.Predict(message.Target, owner, content(arguments)));
            },
        };
    }

    private static FunctionTable Administration => new()
    {
        ["owner()"] = (execution, message, _, results) => results.Address(State(execution, message).Owner),
        ["transferOwnership(address)"] = (execution, message, arguments, _) =>
        {
            CheckOwner(execution, message);
            var owner = arguments.Address();
            Refusal.Unless(!owner.IsZero, "Ownable: new owner is the zero address");
            SetOwner(execution, message, owner);
        },
        ["renounceOwnership()"] = (execution, message, _, _) =>
        {
            CheckOwner(execution, message);
            SetOwner(execution, message, Address.Zero);
        },
        ["initialize(address)"] = (execution, message, arguments, _) =>
        {
            CheckOwner(execution, message);
            Refusal.Unless(!State(execution, message).Initialized, "already initialized");
            var previous = arguments.Address();
            execution.ChangeRegistry(message.Target, state => state with { Initialized = true, Previous = previous });
        },
        ["setBaseURI(string)"] = (execution, message, arguments, _) =>
        {
            CheckOwner(execution, message);
            var uri = arguments.String();
            execution.ChangeRegistry(message.Target, state => state with { BaseUri = uri });
        },
        ["setName(address,string)"] = (_, _, _, _) => throw Refusal.Text("Operation not supported on this chain"),
    };

    private static FunctionTable Views(AssetKind kind) => new()
    {
        ["name()"] = (_, _, _, results) => results.String(kind == AssetKind.App ? "iExec Application Registry (V5)" : $"iExec {kind} Registry (V5)"),
        ["symbol()"] = (_, _, _, results) => results.String(kind == AssetKind.Workerpool ? "iExecWorkerpoolV5" : $"iExec{kind}sV5"),
        ["baseURI()"] = (execution, message, _, results) => results.String(State(execution, message).BaseUri),
        ["initialized()"] = (execution, message, _, results) => results.Bool(State(execution, message).Initialized),
        ["previous()"] = (execution, message, _, results) => results.Address(State(execution, message).Previous),
        ["master()"] = (_, message, _, results) => results.Address(EntryCreation.MasterOf(message.Target)),
        ["proxyCode()"] = (_, message, _, results) => results.Bytes(EntryCreation.ProxyCode(message.Target)),
        ["proxyCodeHash()"] = (_, message, _, results) => results.Bytes32(EntryCreation.ProxyCodeHash(message.Target)),
        ["supportsInterface(bytes4)"] = (_, _, arguments, results) =>
            results.Bool(Convert.ToHexStringLower(arguments.FixedBytes(4)) is "01ffc9a7" or "80ac58cd" or "5b5e139f" or "780e9d63"),
        ["isRegistered(address)"] = (execution, message, arguments, results) => results.Bool(execution.IsRegistered(message.Target, arguments.Address())),
        ["entryOwner(address)"] = (execution, message, arguments, results) =>
            results.Address(execution.RegisteredOwner(message.Target, arguments.Address()) ?? Address.Zero),
        ["totalSupply()"] = (execution, message, _, results) => results.Uint(State(execution, message).All.Count),
        ["tokenByIndex(uint256)"] = (execution, message, arguments, results) =>
        {
            var (all, index) = (State(execution, message).All, arguments.Uint());
            Refusal.Unless(index < all.Count, "ERC721Enumerable: global index out of bounds");
            results.Address(all[(int)index]);
        },
        ["balanceOf(address)"] = (execution, message, arguments, results) =>
        {
            var owner = arguments.Address();
            Refusal.Unless(!owner.IsZero, "ERC721: balance query for the zero address");
            results.Uint(State(execution, message).EntriesOf(owner).Count);
        },
        ["tokenOfOwnerByIndex(address,uint256)"] = (execution, message, arguments, results) =>
        {
            var (entries, index) = (State(execution, message).EntriesOf(arguments.Address()), arguments.Uint());
            Refusal.Unless(index < entries.Count, "ERC721Enumerable: owner index out of bounds");
            results.Address(entries[(int)index]);
        },
        ["ownerOf(uint256)"] = (execution, message, arguments, results) =>
            results.Address(State(execution, message).Owners[Existing(execution, message, arguments, "ERC721: owner query for nonexistent token")]),
        ["getApproved(uint256)"] = (execution, message, arguments, results) => results.Address(
            State(execution, message).Approved.GetValueOrDefault(Existing(execution, message, arguments, "ERC721: approved query for nonexistent token"))),
        ["tokenURI(uint256)"] = (execution, message, arguments, results) =>
        {
            var entry = Existing(execution, message, arguments, "ERC721Metadata: URI query for nonexistent token");
            results.String(State(execution, message).BaseUri + UInt256.FromBigEndian(entry.AsSpan()));
        },
        ["isApprovedForAll(address,address)"] = (execution, message, arguments, results) =>
            results.Bool(State(execution, message).Operators.Contains((arguments.Address(), arguments.Address()))),
    };

    private static FunctionTable Transfers => new()
    {
        ["approve(address,uint256)"] = (execution, message, arguments, _) =>
            execution.ApproveEntry(message.Target, message.Sender, arguments.Address(), EntryOf(arguments)),
        ["setApprovalForAll(address,bool)"] = (execution, message, arguments, _) =>
            execution.SetOperator(message.Target, message.Sender, arguments.Address(), arguments.Bool()),
        ["transferFrom(address,address,uint256)"] = (execution, message, arguments, _) =>
            execution.TransferEntry(message.Target, message.Sender, arguments.Address(), arguments.Address(), EntryOf(arguments)),
        ["safeTransferFrom(address,address,uint256)"] = (execution, message, arguments, _) =>
            execution.SafeTransferEntry(message.Target, message.Sender, arguments.Address(), arguments.Address(), EntryOf(arguments), []),
        ["safeTransferFrom(address,address,uint256,bytes)"] = (execution, message, arguments, _) => execution.SafeTransferEntry(
            message.Target, message.Sender, arguments.Address(), arguments.Address(), EntryOf(arguments), arguments.Bytes()),
    };

    private static RegistryState State(Execution execution, Message message) => execution.State.Registries[message.Target];

    private static Address Existing(Execution execution, Message message, Ethereum.Abi.AbiReader arguments, string refusal)
    {
        var entry = EntryOf(arguments);
        Refusal.Unless(State(execution, message).Owners.ContainsKey(entry), refusal);
        return entry;
    }

    private static void CheckOwner(Execution execution, Message message) =>
        Refusal.Unless(message.Sender == State(execution, message).Owner, "Ownable: caller is not the owner");

    private static void SetOwner(Execution execution, Message message, Address owner)
    {
        execution.LogOwnershipTransferred(message.Target, message.Sender, owner);
        execution.ChangeRegistry(message.Target, state => state with { Owner = owner });
    }
}
