using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Poco.Rules;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Orders;

/// <summary>What a match would give: how many tasks, for how much, and what it locks. Amounts in nRLC.</summary>
/// <param name="Volume">Tasks of the deal.</param>
/// <param name="TotalNrlc">What the requester pays for all of them.</param>
/// <param name="RequesterStake">What the requester's account has.</param>
/// <param name="PoolStakeNeeded">What the pool's owner stakes.</param>
/// <param name="PoolStake">What the pool owner's account has.</param>
/// <param name="RequestLeft">Tasks that the request still wants.</param>
public sealed record MatchEstimate(
    UInt256 Volume, UInt256 TotalNrlc, UInt256 RequesterStake, UInt256 PoolStakeNeeded, UInt256 PoolStake, UInt256 RequestLeft)
{
    /// <summary>True if the request wants more than these orders give.</summary>
    public bool IsReduced => Volume < RequestLeft;
}

/// <summary>Everything that <c>matchOrders</c> demands, asked beforehand in one round trip, so that a refusal costs no gas and says what to do.</summary>
internal sealed class MatchPreflight(ChainConnection chain)
{
    /// <summary>Refuses what cannot match.</summary>
    /// <param name="set">The orders.</param>
    /// <param name="caller">Who would match them.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <param name="isUnsigned">The caller's own orders are not signed yet: a plan is checked, not a purchase.</param>
    /// <exception cref="IexecException">BusinessError with the amounts.</exception>
    public Task<MatchEstimate> CheckAsync(OrderSet set, Address caller, CancellationToken cancellationToken, bool isUnsigned = false) =>
        chain.ReadAsync(hub => CheckAsync(hub, set, caller, isUnsigned ? caller : null, cancellationToken));

    private async Task<MatchEstimate> CheckAsync(IHub hub, OrderSet set, Address caller, Address? willSign, CancellationToken cancellationToken)
    {
        var orders = set.Orders;
        var hashes = Hashes(orders);
        var categories = hub.CountCategoriesAsync(cancellationToken);
        var consumed = hub.GetConsumedAsync(hashes, cancellationToken);
        var appOwner = hub.GetOwnerAsync(AssetKind.App, orders.App.App, cancellationToken);
        var datasetOwner = orders.HasDataset ? hub.GetOwnerAsync(AssetKind.Dataset, orders.Dataset.Dataset, cancellationToken) : Task.FromResult<Address?>(null);
        var poolOwner = hub.GetOwnerAsync(AssetKind.Workerpool, orders.Workerpool.Workerpool, cancellationToken);
        var requester = hub.GetAccountAsync(orders.Request.Requester, cancellationToken);
        var members = MembersAsync(hub, orders, cancellationToken);

        // Who signed for the pool is its owner as a rule, which spares asking once more.
        var signer = OrderSchemas.Workerpool.RecoverSigner(set.Workerpool, chain.Hub.Configuration.Domain) ?? Address.Zero;
        var signersAccount = hub.GetAccountAsync(signer, cancellationToken);
        await Task.WhenAll(categories, consumed, appOwner, datasetOwner, poolOwner, requester, members, signersAccount).ConfigureAwait(false);

        var used = await consumed.ConfigureAwait(false);
        var valid = await Task.WhenAll(
            IsSignedAsync(hub, OrderSchemas.App, set.App, hashes[0], await appOwner.ConfigureAwait(false), willSign, cancellationToken),
            IsSignedAsync(hub, OrderSchemas.Dataset, set.Dataset, hashes[1], await datasetOwner.ConfigureAwait(false), willSign, cancellationToken),
            IsSignedAsync(hub, OrderSchemas.Workerpool, set.Workerpool, hashes[2], await poolOwner.ConfigureAwait(false), willSign, cancellationToken),
            IsSignedAsync(hub, OrderSchemas.Request, set.Request, hashes[3], orders.Request.Requester, willSign, cancellationToken)).ConfigureAwait(false);
        var state = new MatchState(
            new(await appOwner.ConfigureAwait(false) is not null, valid[0], used[0]),
            new(await datasetOwner.ConfigureAwait(false) is not null, valid[1], used[1]),
            new(await poolOwner.ConfigureAwait(false) is not null, valid[2], used[2]),
            new(Registered: true, valid[3], used[3]));

        var allowed = await members.ConfigureAwait(false);
        if (MatchRules.Refusals(orders, await categories.ConfigureAwait(false), (restriction, account) => allowed.Contains((restriction, account)), state).ToList() is [var first, ..] refusals)
        {
            var message = $"Orders can't be matched: {string.Join("; ", refusals.Select(refusal => refusal.Message))}";
            throw new IexecException(ErrorCode.BusinessError, message, HintFor(first), Consumed(orders, hashes, used));
        }

        var volume = MatchRules.Volume(orders, state);
        RequireRequesterStake(orders, volume, await requester.ConfigureAwait(false), caller);
        var owner = (await poolOwner.ConfigureAwait(false))!.Value;
        var ownersAccount = owner == signer ? await signersAccount.ConfigureAwait(false) : await hub.GetAccountAsync(owner, cancellationToken)
            .ConfigureAwait(false);
        RequirePoolStake(orders, volume, owner, ownersAccount, caller);
        return new MatchEstimate(
            volume, Cost(orders, volume), (await requester.ConfigureAwait(false)).Stake, Stakes.Scheduler(orders.Workerpool.WorkerpoolPrice, volume), ownersAccount.Stake,
            orders.Request.Volume > used[3] ? orders.Request.Volume - used[3] : UInt256.Zero);
    }

    private static ConsumedOrdersException? Consumed(MatchOrders orders, OrderHash[] hashes, IReadOnlyList<UInt256> used)
    {
        UInt256[] volumes = [orders.App.Volume, orders.HasDataset ? orders.Dataset.Volume : UInt256.MaxValue, orders.Workerpool.Volume];
        OrderHash[] consumed = [.. hashes.Take(volumes.Length).Where((_, i) => used[i] >= volumes[i])];
        return consumed.Length > 0 ? new ConsumedOrdersException(consumed) : null;
    }

    private OrderHash[] Hashes(MatchOrders orders)
    {
        var domain = chain.Hub.Configuration.Domain;
        return [OrderSchemas.Hash(orders.App, domain), OrderSchemas.Hash(orders.Dataset, domain), OrderSchemas.Hash(orders.Workerpool, domain), OrderSchemas.Hash(orders.Request, domain)];
    }

    // An owner's own signature is recognised here; contracts and presigned orders are asked of the chain.
    private async Task<bool> IsSignedAsync<TOrder>(
        IHub hub, OrderSchema<TOrder> schema, Signed<TOrder> order, OrderHash hash, Address? owner, Address? willSign, CancellationToken cancellationToken)
        where TOrder : Order =>
        owner is { } signer
        && ((order.Sign.IsEmpty && signer == willSign)
            || schema.RecoverSigner(order, chain.Hub.Configuration.Domain) == signer
            || await hub.VerifySignatureAsync(signer, hash.Value, order.Sign, cancellationToken).ConfigureAwait(false));

    internal static async Task<HashSet<(Address Restriction, Address Account)>> MembersAsync(IHub hub, MatchOrders orders, CancellationToken cancellationToken)
    {
        var asked = new List<(Address Restriction, Address Account)>();
        _ = MatchRules.RestrictionRefusals(orders, (restriction, account) =>
        {
            asked.Add((restriction, account));
            return true;
        }).Count();
        var answers = await Task.WhenAll(asked.Select(pair => hub.IsAllowedAsync(pair.Restriction, pair.Account, cancellationToken))).ConfigureAwait(false);
        return [.. asked.Where((_, index) => answers[index])];
    }

    /// <summary>What the tasks cost. A stranger may ask any price: where no number is high enough, the highest is beyond every stake, too.</summary>
    internal static UInt256 Cost(MatchOrders orders, UInt256 volume)
    {
        try
        {
            return Stakes.Sponsor(orders.App.AppPrice, orders.HasDataset ? orders.Dataset.DatasetPrice : UInt256.Zero, orders.Workerpool.WorkerpoolPrice, volume);
        }
        catch (OverflowException)
        {
            return UInt256.MaxValue;
        }
    }

    private static void RequireRequesterStake(MatchOrders orders, UInt256 volume, Account account, Address caller)
    {
        var (perTask, total) = (Cost(orders, UInt256.One), Cost(orders, volume));
        if (total > account.Stake)
        {
            var cost = volume == UInt256.One ? $"Cost per task ({perTask})" : $"Total cost for {volume} tasks ({total})";
            throw new IexecException(
                ErrorCode.BusinessError,
                $"{cost} is greater than requester account stake ({account.Stake}). Orders can't be matched.",
                Deposit(total - account.Stake, orders.Request.Requester, caller, "the requester"));
        }
    }

    private static void RequirePoolStake(MatchOrders orders, UInt256 volume, Address owner, Account account, Address caller)
    {
        var required = Stakes.Scheduler(orders.Workerpool.WorkerpoolPrice, volume);
        if (required > account.Stake)
        {
            throw new IexecException(
                ErrorCode.BusinessError,
                $"workerpool required stake ({required}) is greater than workerpool owner's account stake ({account.Stake}). Orders can't be matched.",
                owner == caller ? Deposit(required - account.Stake, owner, caller, "the owner") : "Choose another workerpool order, or ask the pool's owner to deposit.");
        }
    }

    private static Advice Deposit(UInt256 missing, Address account, Address caller, string who) => account == caller
        ? new Advice($"Deposit what is missing: {missing} nRLC.", Remedy.Deposit, missing.ToString())
        : new Advice($"{missing} nRLC are missing: {who} {account} has to deposit them.", Remedy.AskForDeposit, missing.ToString());

    private static Advice HintFor(MatchRefusal refusal) => refusal.Condition switch
    {
        MatchCondition.Volume => "Choose another order, or sign a new one: it gets a new salt and so a new volume.",
        MatchCondition.AppSignature or MatchCondition.DatasetSignature or MatchCondition.WorkerpoolSignature or MatchCondition.RequestSignature =>
            "Its signer has to sign it again; the asset may have changed hands, or it was signed for another hub.",
        MatchCondition.Trust or MatchCondition.Category or MatchCondition.Tag => new Advice("Choose an order that offers it.", Remedy.ListPools),
        _ => default(Advice),
    };
}
