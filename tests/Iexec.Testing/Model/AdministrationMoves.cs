using Iexec.Ethereum;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>The hub's owner, and those who are not.</summary>
internal sealed class AdministrationMoves(Market market)
{
    private Dice Dice => market.Dice;

    public IReadOnlyList<Move> All =>
    [
        new("create category", 1, CreateCategory),
        new("set broker", 1, SetBroker),
        new("set callback gas", 1, SetCallbackGas),
        new("hub administration", 1, Other),
        new("import score", 1, () => market.ToHub(market.Anybody.Address, "importScore(address)", call => call.Address(Dice.Pick(market.Actors.Workers).Address))),
    ];

    private Address Owner => market.Usually(Actors.Owner.Address, 80);

    private Message CreateCategory()
    {
        var name = $"category {Dice.Below(100)}";
        UInt256 timeRef = Dice.Chance(5) ? 0 : Dice.Chance(5) ? UInt256.MaxValue : 10 + Dice.Below(100);
        return Dice.Chance(70)
            ? market.ToHub(Owner, "createCategory(string,string,uint256)", call => call.String(name).String("{}").Uint(timeRef))
            : market.ToHub(Owner, "createCategories((string,string,uint256)[])", call => call.DynamicArray([timeRef, 60], (item, seconds) =>
                item.DynamicTuple(category => category.String(name).String("\"text\"").Uint(seconds))));
    }

    // Mostly nobody: with a broker, schedulers cannot admit enclaves.
    private Message SetBroker() => market.ToHub(Owner, "setTeeBroker(address)", call =>
        call.Address(Dice.Chance(60) ? Address.Zero : Dice.Pick(market.Actors.Sellers).Address));

    private Message SetCallbackGas() => market.ToHub(Owner, "setCallbackGas(uint256)", call =>
        call.Uint(Dice.Chance(10) ? UInt256.MaxValue : Dice.Chance(20) ? 2_000_001 : 200_000 + Dice.Below(1_800_001)));

    private Message Other() => Dice.Below(5) switch
    {
        0 => market.ToHub(market.Anybody.Address, "configure(address,string,string,uint8,address,address,address,address)", call => call
            .Address(Address.Zero).String("a").String("b").Uint(9).Address(Address.Zero).Address(Address.Zero).Address(Address.Zero).Address(Address.Zero)),
        1 => market.ToHub(market.Anybody.Address, "updateDomainSeparator()"),
        2 => market.ToHub(Owner, "transferOwnership(address)", call => call.Address(Dice.Chance(70) ? Actors.Owner.Address : Address.Zero)),
        3 => market.ToHub(Dice.Pick(market.Actors.Workers).Address, "renounceOwnership()"),
        _ => market.ToHub(market.Anybody.Address, "receiveApproval(address,uint256,address,bytes)", call =>
            call.Address(market.Anybody.Address).Uint(market.Amount).Address(Dice.Chance(70) ? market.Hub.Token : market.AnyAddress).Bytes([])),
    };
}
