using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Simulation;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>One thing that somebody may do now: its name, how often it is tried, and the transaction, null when there is no occasion.</summary>
internal sealed record Move(string Name, int Weight, Func<Message?> Make);

/// <summary>What the moves share: chance, people, the state as the model has it, and a transaction's form.</summary>
internal sealed class Market(SimulatedHub model, Dice dice)
{
    public Dice Dice => dice;

    public Actors Actors { get; } = new();

    public HubConfiguration Hub => model.Configuration;

    public WorldState State => model.State;

    /// <summary>Unix seconds of the next block.</summary>
    public ulong Now => model.NextTimestamp;

    public PrivateKey Anybody => dice.Pick(Actors.All);

    /// <summary>Anybody, a contract, or nobody.</summary>
    public Address AnyAddress => dice.Chance(10) ? Address.Zero : dice.Chance(20) ? dice.Pick(Actors.ContractAddresses) : Anybody.Address;

    public RegistryState Apps => State.Registries[Hub.AppRegistry];

    public RegistryState Datasets => State.Registries[Hub.DatasetRegistry];

    public RegistryState Workerpools => State.Registries[Hub.WorkerpoolRegistry];

    /// <summary>A small amount of nRLC around what the market trades with; sometimes zero, rarely absurd.</summary>
    public UInt256 Amount => dice.Chance(5) ? 0 : dice.Chance(2) ? UInt256.MaxValue : (ulong)dice.Below(2_000_000_000);

    /// <summary>One more, as long as there is one: some orders are for the largest amount there is.</summary>
    public static UInt256 OneMore(UInt256 value) => value == UInt256.MaxValue ? value : value + 1;

    /// <summary>Mostly the right sender, sometimes somebody else.</summary>
    public Address Usually(Address sender, int percent = 92) => dice.Chance(percent) ? sender : Anybody.Address;

    /// <summary>Whether the hub stakes the chain's coin.</summary>
    public bool IsOfCoins => Hub.Token.IsZero;

    public Message ToHub(Address sender, string signature, Action<AbiWriter>? arguments = null) => To(sender, Hub.Hub, signature, arguments);

    public static Message To(Address sender, Address target, string signature, Action<AbiWriter>? arguments = null)
    {
        var call = new AbiWriter();
        arguments?.Invoke(call);
        return new Message(sender, target, call.ToCallData(new AbiSignature(signature).Selector));
    }
}
