using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Registries;

namespace Tests.Chain.Differential.Moves;

/// <summary>Apps, datasets and pools: registered, sold, and a pool's policy.</summary>
internal sealed class AssetMoves(World world)
{
    private int _names;

    public IEnumerable<(int Weight, Func<Move?> Make)> All => [(3, Create), (1, Sell), (1, Approve), (2, ChangePolicy)];

    /// <summary>A new one, or with some luck one that exists already.</summary>
    public Move Create() => Create(world.Dice.Pick([AssetKind.App, AssetKind.Dataset, AssetKind.Workerpool]));

    public Move Create(AssetKind kind)
    {
        var owner = kind == AssetKind.Workerpool ? world.Dice.Pick(People.Schedulers) : world.Dice.Pick(People.Sellers);
        var name = $"{kind} {(world.Dice.Chance(90) ? _names++ : world.Dice.Below(_names + 1))}";

        // A contract could not send what a scheduler has to send.
        Address? wallet = kind == AssetKind.Workerpool || world.Dice.Chance(90) ? null
            : world.Dice.Chance(75) ? world.Strangers.Wallet : world.Strangers.Refuser;
        var holder = wallet ?? owner.Address;
        return new Move(
            "create" + kind,
            world.Dice.Chance(70) ? owner : world.Dice.Pick(People.All),
            side => kind switch
            {
                AssetKind.App => world.Chain.Calls[side].CreateApp(holder, name, "DOCKER", "repo/app"u8.ToArray(), default, "{}"u8.ToArray()),
                AssetKind.Dataset => world.Chain.Calls[side].CreateDataset(holder, name, "/ipfs/data"u8.ToArray(), default),
                _ => world.Chain.Calls[side].CreateWorkerpool(holder, name),
            })
        {
            Learn = outcome =>
            {
                var address = Twin.Of(side => EntryOf(outcome[side]));
                world.Chain.Words.Add(address);
                world.Assets.Add(new TwinAsset(kind, address, owner, wallet));
            },
            Views = [],
        };
    }

    private Move? Sell()
    {
        if (world.Assets.Count == 0)
        {
            return null;
        }

        var asset = world.Dice.Pick(world.Assets);
        var buyer = asset.Kind == AssetKind.Workerpool ? world.Dice.Pick(People.Schedulers) : world.Dice.Pick(People.Sellers);
        return new Move("registry.transferFrom", world.Mostly(asset.Owner), side => new ContractCall(
            world.Registry(asset.Kind, side), AppRegistryContract.EncodeTransferFrom(asset.Wallet ?? asset.Owner.Address, buyer.Address, Token(asset, side))))
        {
            Then = _ => asset.Owner = buyer,
            Views = AllViews.Asset(world, asset),
        };
    }

    private Move? Approve()
    {
        if (world.Assets.Count == 0)
        {
            return null;
        }

        var asset = world.Dice.Pick(world.Assets);
        var who = world.Dice.Pick(People.All);
        return new Move("registry.approve", world.Mostly(asset.Owner), side => new ContractCall(
            world.Registry(asset.Kind, side), AppRegistryContract.EncodeApprove(who.Address, Token(asset, side))))
        {
            Views = AllViews.Asset(world, asset),
        };
    }

    private Move? ChangePolicy()
    {
        if (world.Of(AssetKind.Workerpool) is not { Count: > 0 } pools)
        {
            return null;
        }

        var pool = world.Dice.Pick(pools);
        var (stake, reward) = (world.Dice.Below(150), world.Dice.Below(110));
        return new Move("changePolicy", world.Mostly(pool.Owner), side => new ContractCall(pool.Address[side], WorkerpoolContract.EncodeChangePolicy(stake, reward)))
        {
            Views = AllViews.Asset(world, pool),
        };
    }

    private static UInt256 Token(TwinAsset asset, Side side) => UInt256.FromBigEndian(asset.Address[side].AsSpan());

    private static Address EntryOf(Outcome outcome) => new(outcome.Logs.Last(log => log.Topics.Length == 4).Topics[3].AsSpan()[12..]);
}
