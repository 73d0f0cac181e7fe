using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>Assets are created, change hands, and pools change their policy.</summary>
internal sealed class AssetMoves(Market market)
{
    private Dice Dice => market.Dice;

    public IReadOnlyList<Move> All =>
    [
        new("create asset", 3, Create),
        new("transfer asset", 1, Transfer),
        new("approve asset", 1, Approve),
        new("change policy", 2, ChangePolicy),
        new("registry administration", 1, Administer),
        new("call an entry", 1, CallEntry),
    ];

    private Address AnyRegistry => Dice.Pick((Address[])[market.Hub.AppRegistry, market.Hub.DatasetRegistry, market.Hub.WorkerpoolRegistry]);

    public Message Create()
    {
        var owner = Dice.Chance(90) ? Dice.Pick(market.Actors.Sellers).Address : market.AnyAddress;
        var name = $"asset {Dice.Below(40)}";
        var bytes = Dice.Bytes(Dice.Below(3) * 20);
        var verb = Dice.Chance(90) ? "create" : "predict";
        return Dice.Below(3) switch
        {
            0 => Market.To(owner, market.Hub.AppRegistry, $"{verb}App(address,string,string,bytes,bytes32,bytes)", call =>
                call.Address(owner).String(name).String("DOCKER").Bytes(bytes).Bytes32(default).Bytes([])),
            1 => Market.To(owner, market.Hub.DatasetRegistry, $"{verb}Dataset(address,string,bytes,bytes32)", call =>
                call.Address(owner).String(name).Bytes(bytes).Bytes32(default)),
            _ => Market.To(owner, market.Hub.WorkerpoolRegistry, $"{verb}Workerpool(address,string)", call => call.Address(owner).String(name)),
        };
    }

    private (Address Registry, RegistryState State, Address Entry)? AnyEntry()
    {
        var registry = AnyRegistry;
        var state = market.State.Registries[registry];
        return state.All.IsEmpty ? null : (registry, state, Dice.Chance(95) ? Dice.Pick(state.All) : market.Hub.Hub);
    }

    private Message? Transfer()
    {
        if (AnyEntry() is not var (registry, state, entry))
        {
            return null;
        }

        var owner = state.Owners.GetValueOrDefault(entry);
        var sender = state.Approved.TryGetValue(entry, out var approved) && Dice.Chance(50) ? approved : market.Usually(owner, 85);
        var from = Dice.Chance(95) ? owner : market.Anybody.Address;
        var to = Dice.Chance(85) ? Dice.Pick(market.Actors.Sellers).Address : market.AnyAddress;
        Action<AbiWriter> arguments = call => call.Address(from).Address(to).Address(entry);
        return Dice.Below(3) switch
        {
            0 => Market.To(sender, registry, "transferFrom(address,address,uint256)", arguments),
            1 => Market.To(sender, registry, "safeTransferFrom(address,address,uint256)", arguments),
            _ => Market.To(sender, registry, "safeTransferFrom(address,address,uint256,bytes)", call =>
            {
                arguments(call);
                call.Bytes([1, 2]);
            }),
        };
    }

    private Message? Approve() => AnyEntry() is not var (registry, state, entry) ? null
        : Dice.Chance(30)
            ? Market.To(market.Anybody.Address, registry, "setApprovalForAll(address,bool)", call => call.Address(market.AnyAddress).Bool(Dice.Chance(60)))
            : Market.To(market.Usually(state.Owners.GetValueOrDefault(entry)), registry, "approve(address,uint256)", call => call.Address(market.AnyAddress).Address(entry));

    private Message? ChangePolicy()
    {
        if (market.Workerpools.All.IsEmpty)
        {
            return null;
        }

        var pool = Dice.Pick(market.Workerpools.All);
        return Market.To(market.Usually(market.Workerpools.Owners[pool]), pool, "changePolicy(uint256,uint256)", call => call
            .Uint(Dice.Chance(3) ? UInt256.MaxValue : (UInt256)Dice.Below(60)).Uint(Dice.Chance(95) ? Dice.Below(101) : 101 + Dice.Below(100)));
    }

    private Message Administer() => Dice.Below(4) switch
    {
        0 => Market.To(market.Usually(Actors.Owner.Address, 60), AnyRegistry, "setBaseURI(string)", call => call.String($"https://assets.example/{Dice.Below(9)}/")),
        1 => Market.To(market.Usually(Actors.Owner.Address, 60), AnyRegistry, "initialize(address)", call => call.Address(market.AnyAddress)),
        2 => Market.To(market.Anybody.Address, AnyRegistry, "setName(address,string)", call => call.Address(market.AnyAddress).String("name")),
        _ => Market.To(market.Anybody.Address, AnyRegistry, "transferOwnership(address)", call => call.Address(Actors.Owner.Address)),
    };

    private Message? CallEntry() => AnyEntry() is not var (_, _, entry) || entry == market.Hub.Hub ? null : Dice.Below(3) switch
    {
        0 => Market.To(market.Anybody.Address, entry, "setName(address,string)", call => call.Address(market.AnyAddress).String("name")),
        1 => Market.To(market.Anybody.Address, entry, "initialize(string)", call => call.String("again")),
        _ => Market.To(market.Anybody.Address, entry, "owner()"),
    };
}
