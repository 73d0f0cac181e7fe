using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Poco.Categories;
using Iexec.Poco.Chain;

namespace Iexec.Simulation.World;

/// <summary>What a simulated hub is made with, once and for ever.</summary>
/// <param name="Configuration">Addresses, chain and signing domain. No token (zero) means that the hub stakes the chain's coin.</param>
/// <param name="Owner">The first owner of the hub; it also holds the supply of RLC at the beginning.</param>
public sealed record SimulationSettings(HubConfiguration Configuration, Address Owner)
{
    /// <summary>
    /// True for the behaviour of the original where closing one of its weak points changes what its own tests observe: the kitty pays the schedulers of
    /// finalized tasks, rejected workers get their stake back at a claim, and a worker's weight comes from its score everywhere.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>Gas of a result callback until the owner sets another. It is only told: the simulation does not count gas.</summary>
    public ulong CallbackGas { get; init; } = 200_000;

    /// <summary>An earlier hub that <c>importScore</c> asks (<c>viewScore</c>), or zero.</summary>
    public Address PreviousHub { get; init; }

    /// <summary>Where the code of the hub lies besides at its own address; nothing but <c>pieces()</c> tells.</summary>
    public HubPieces Pieces { get; init; }

    /// <summary>The categories at the beginning.</summary>
    public IReadOnlyList<Category> Categories { get; init; } = [];

    /// <summary>A hub with addresses of its own making on a chain of that number.</summary>
    public static SimulationSettings OnChain(ulong chainId, Address owner)
    {
        Address Named(string name) => new(Keccak256.Hash($"simulated {name} on {chainId}").AsSpan()[12..]);

        var hub = Named("hub");
        return new(
            new HubConfiguration(
                chainId,
                hub,
                Named("token"),
                Named("app registry"),
                Named("dataset registry"),
                Named("workerpool registry"),
                new Eip712Domain("iExecODB", "5.0.0", chainId, hub)),
            owner)
        {
            Pieces = new(Named("hub accounts"), Named("hub boost"), Named("hub orders"), Named("hub extension")),
        };
    }

    /// <summary>The hub's own address.</summary>
    public Address Hub => Configuration.Hub;
}

/// <summary>The contracts that the hub sends on to what it does not do itself.</summary>
public readonly record struct HubPieces(Address Accounts, Address Boost, Address Orders, Address Extension);
