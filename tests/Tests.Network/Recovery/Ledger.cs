using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Rules;
using Iexec.Sdk.Chains;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>Who takes part in a purchase.</summary>
internal sealed record Parties(Address AppOwner, Address Requester, Address PoolOwner, IReadOnlyList<Address> Workers)
{
    public IEnumerable<Address> All => [AppOwner, Requester, PoolOwner, .. Workers, Rewards.KittyAddress];
}

/// <summary>Every account of the escrow at one moment, nRLC.</summary>
internal sealed record Ledger(Parties Parties, IReadOnlyDictionary<Address, Account> Accounts)
{
    private static readonly byte[] TotalSupply = Hex.Decode("0x18160ddd");

    /// <summary>Reads it, and checks that no nRLC was made or lost: the hub holds what its accounts say, and holders together have the supply.</summary>
    public static async Task<Ledger> TakeAsync(ChainConnection chain, Parties parties)
    {
        var none = CancellationToken.None;
        var accounts = new Dictionary<Address, Account>();
        foreach (var party in parties.All)
        {
            accounts[party] = await chain.Hub.GetAccountAsync(party, none);
        }

        var hub = chain.Hub.Configuration.Hub;
        var held = await chain.Hub.GetTokenBalanceAsync(hub, none);
        Assert.Equal(held, accounts.Values.Aggregate(UInt256.Zero, (sum, account) => sum + account.Stake + account.Locked));

        using var treasury = Iexec.Host.Chain.LocalChain.DevelopmentOwner();
        var outside = held;
        foreach (var holder in parties.All.Append(treasury.Address))
        {
            outside += await chain.Hub.GetTokenBalanceAsync(holder, none);
        }

        var supply = await chain.Eth.CallAsync(new EthCall(null, chain.Hub.Configuration.Token, TotalSupply), null, none);
        Assert.Equal(UInt256.Parse(Hex.Encode(supply)), outside);
        return new Ledger(parties, accounts);
    }

    /// <summary>What it must be after one completed task that both workers computed: each is paid once, nothing stays locked.</summary>
    public Ledger After(Deal deal)
    {
        var share = deal.Workerpool.Price * (100 - deal.SchedulerRewardRatio) / 100 / (ulong)Parties.Workers.Count;
        var next = new Dictionary<Address, Account>(Accounts);
        Add(next, Parties.AppOwner, deal.App.Price);
        Add(next, Parties.PoolOwner, deal.Workerpool.Price - (share * (ulong)Parties.Workers.Count));
        foreach (var worker in Parties.Workers)
        {
            Add(next, worker, share);
        }

        var requester = next[Parties.Requester];
        next[Parties.Requester] = requester with { Stake = requester.Stake - deal.PricePerTask };
        return this with { Accounts = next };
    }

    public void AssertSameAs(Ledger other)
    {
        foreach (var (party, account) in Accounts)
        {
            Assert.Equal((party, account), (party, other.Accounts[party]));
        }
    }

    private static void Add(Dictionary<Address, Account> accounts, Address party, UInt256 amount) =>
        accounts[party] = accounts[party] with { Stake = accounts[party].Stake + amount };
}
