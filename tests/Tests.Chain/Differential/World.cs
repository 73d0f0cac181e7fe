using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Tests.Chain.Differential;

/// <summary>What exists on both sides so far, from which the next move is chosen.</summary>
internal sealed class World(TwinChain chain, Dice dice, Strangers strangers)
{
    public TwinChain Chain { get; } = chain;

    public Dice Dice { get; } = dice;

    public Strangers Strangers { get; } = strangers;

    public List<TwinAsset> Assets { get; } = [];

    public List<TwinOrder<AppOrder>> AppOrders { get; } = [];

    public List<TwinOrder<DatasetOrder>> DatasetOrders { get; } = [];

    public List<TwinOrder<WorkerpoolOrder>> PoolOrders { get; } = [];

    public List<TwinOrder<RequestOrder>> RequestOrders { get; } = [];

    public List<TwinDeal> Deals { get; } = [];

    /// <summary>Who authorizes workers of deals with an enclave; null leaves it to the scheduler.</summary>
    public bool HasBroker { get; set; }

    public IEnumerable<TwinTask> Tasks => Deals.SelectMany(deal => deal.Tasks);

    public Address Hub(Side side) => Chain.Hubs[side].Hub;

    public Address Token(Side side) => Chain.Hubs[side].Token;

    public Address Registry(AssetKind kind, Side side) => kind switch
    {
        AssetKind.App => Chain.Hubs[side].AppRegistry,
        AssetKind.Dataset => Chain.Hubs[side].DatasetRegistry,
        _ => Chain.Hubs[side].WorkerpoolRegistry,
    };

    public IReadOnlyList<TwinAsset> Of(AssetKind kind) => [.. Assets.Where(asset => asset.Kind == kind)];

    /// <summary>A call of the hub.</summary>
    public Func<Side, ContractCall> Call(Func<Side, byte[]> data) => side => new ContractCall(Hub(side), data(side));

    /// <summary>A call of the hub that is the same on both sides.</summary>
    public Func<Side, ContractCall> Call(byte[] data) => Call(_ => data);

    /// <summary>Somebody's address, seldom nobody's.</summary>
    public Address Somewhere() => Dice.Chance(95) ? Dice.Pick(People.All).Address : Address.Zero;

    /// <summary>Somebody out of everybody, mostly the one who would succeed.</summary>
    public Iexec.Ethereum.Crypto.PrivateKey Mostly(Iexec.Ethereum.Crypto.PrivateKey who) => Dice.Chance(93) ? who : Dice.Pick(People.All);
}

/// <summary>Contracts of nobody in particular that the deployments meet, the same for both.</summary>
internal sealed record Strangers(
    Address Wallet, Address Refuser, Address Everybody, Address Nobody, Address Group, Address Reverter, Address Silent, Address Receiver)
{
    /// <param name="member">The only member of <see cref="Group"/>.</param>
    /// <param name="receiver">A receiver of results that stores what it gets.</param>
    public static async Task<Strangers> CreateAsync(TwinChain chain, Address member, byte[] receiver)
    {
        var confirmation = new byte[Bytes32.Size];
        new byte[] { 0x16, 0x26, 0xba, 0x7e }.CopyTo(confirmation, 0);
        return new Strangers(
            await chain.CreateAsync(Code.Answering(confirmation)),
            await chain.CreateAsync(Code.Answering(new byte[Bytes32.Size])),
            await chain.CreateAsync(Code.Answering(UInt256.One.ToBytes32().AsSpan())),
            await chain.CreateAsync(Code.Answering(UInt256.Zero.ToBytes32().AsSpan())),
            await chain.CreateAsync(Code.GroupOf(member)),
            await chain.CreateAsync(Code.Reverting),
            await chain.CreateAsync(Code.Silent),
            await chain.CreateAsync(receiver));
    }

    public IReadOnlyList<Address> Callbacks => [Receiver, Receiver, Silent, Reverter, People.Workers[0].Address];
}
