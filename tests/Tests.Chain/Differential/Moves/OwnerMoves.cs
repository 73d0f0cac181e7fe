using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>What the owner of a deployment may do, tried by the owner and by others.</summary>
internal sealed class OwnerMoves(World world)
{
    public IEnumerable<(int Weight, Func<Move?> Make)> All => [(1, CreateCategory), (2, SetTeeBroker), (1, SetCallbackGas), (1, ImportScore), (1, UpdateDomainSeparator)];

    private PrivateKey OwnerMostly => world.Dice.Chance(70) ? People.Admin : world.Dice.Pick(People.All);

    private Move CreateCategory()
    {
        var seconds = (ulong)world.Dice.Below(100_000) + 1;
        return new Move("createCategory", OwnerMostly, world.Call(HubContract.EncodeCreateCategory("name", "description", seconds)))
        {
            Views = [AllViews.CountCategory(world)],
        };
    }

    private Move SetTeeBroker()
    {
        var named = world.Dice.Chance(50);
        return new Move("setTeeBroker", OwnerMostly, world.Call(HubContract.EncodeSetTeeBroker(named ? People.Broker.Address : Address.Zero)))
        {
            Then = _ => world.HasBroker = named,
            Views = [AllViews.TeeBroker(world)],
        };
    }

    private Move SetCallbackGas() => new("setCallbackGas", OwnerMostly, world.Call(HubContract.EncodeSetCallbackGas((ulong)world.Dice.Below(4) * 100_000)))
    {
        Views = [AllViews.CallbackGas(world)],
    };

    /// <summary>There is no older hub that scores could come from.</summary>
    private Move ImportScore() => new("importScore", world.Dice.Pick(People.All), world.Call(HubContract.EncodeImportScore(world.Dice.Pick(People.Workers).Address)));

    private Move UpdateDomainSeparator() => new("updateDomainSeparator", world.Dice.Pick(People.All), world.Call(HubContract.EncodeUpdateDomainSeparator()));
}
