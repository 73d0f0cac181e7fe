using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Rules;
using Iexec.Simulation.Hub;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Tests.Chain.Model;

/// <summary>Every view of the contracts, asked about everything that the model knows of.</summary>
internal sealed class ViewList(HubConfiguration hub)
{
    private static readonly string[] HubViews =
    [
        "name()", "symbol()", "decimals()", "totalSupply()", "owner()", "countCategory()", "domain()", "eip712domain_separator()", "token()", "appregistry()",
        "datasetregistry()", "workerpoolregistry()", "teebroker()", "callbackgas()", "contribution_deadline_ratio()", "reveal_deadline_ratio()",
        "final_deadline_ratio()", "workerpool_stake_ratio()", "kitty_ratio()", "kitty_min()", "kitty_address()", "groupmember_purpose()", "configuration()", "pieces()",
    ];

    private static readonly string[] RegistryViews =
        ["name()", "symbol()", "baseURI()", "owner()", "initialized()", "previous()", "master()", "proxyCode()", "proxyCodeHash()", "totalSupply()"];

    private static readonly string[] TokenViews = ["name()", "symbol()", "decimals()", "version()", "initialSupply()", "locked()", "totalSupply()", "DOMAIN_SEPARATOR()"];

    private IReadOnlyList<Address> Registries => [hub.AppRegistry, hub.DatasetRegistry, hub.WorkerpoolRegistry];

    /// <summary>Views without arguments, and of things that do not exist.</summary>
    public IReadOnlyList<View> Fixed =>
    [
        .. HubViews.Select(view => Of(hub.Hub, view)),
        .. hub.Token.IsZero ? [] : TokenViews.Select(view => Of(hub.Token, view)),
        .. Registries.SelectMany(registry => RegistryViews.Select(view => Of(registry, view))),
        .. Registries.SelectMany(registry => ((string[])["01ffc9a7", "80ac58cd", "780e9d63", "ffffffff"]).Select(id =>
            Of(registry, "supportsInterface(bytes4)", call => call.FixedBytes(Convert.FromHexString(id))))),
        .. Registries.SelectMany(registry => EntryOfRegistry(registry, hub.Hub)),
        .. ((string[])["viewDeal(bytes32)", "viewTask(bytes32)", "viewTaskABILegacy(bytes32)", "resultFor(bytes32)", "viewConfigABILegacy(bytes32)",
            "viewDealABILegacy_pt1(bytes32)", "viewDealABILegacy_pt2(bytes32)"]).Select(view => Of(hub.Hub, view, call => call.Bytes32(default))),
    ];

    /// <summary>Views that may tell the difference between two states.</summary>
    public IReadOnlyList<View> Changed(WorldState before, WorldState after) =>
    [
        .. Changes(before.Hub.Accounts, after.Hub.Accounts).Append(hub.Hub).Append(Rewards.KittyAddress).SelectMany(Account),
        .. Changes(before.Token.Balances, after.Token.Balances).Select(account => Of(hub.Token, "balanceOf(address)", call => call.Address(account))),
        .. Changes(before.Token.Nonces, after.Token.Nonces).Select(owner => Of(hub.Token, "nonces(address)", call => call.Address(owner))),
        .. Changes(before.Token.Allowances, after.Token.Allowances).Select(pair =>
            Of(hub.Token, "allowance(address,address)", call => call.Address(pair.Owner).Address(pair.Spender))),
        .. Changes(before.Hub.Allowances, after.Hub.Allowances).Select(pair =>
            Of(hub.Hub, "allowance(address,address)", call => call.Address(pair.Owner).Address(pair.Spender))),
        .. Changes(before.Hub.PoolScores, after.Hub.PoolScores).Select(key =>
            Of(hub.Hub, "viewScoreIn(address,address)", call => call.Address(key.Worker).Address(key.Workerpool))),
        .. Changes(before.Hub.Consumed, after.Hub.Consumed).Concat(Changes(before.Hub.Consents, after.Hub.Consents)).Distinct().SelectMany(Order),
        .. Changes(before.Hub.Deals, after.Hub.Deals).SelectMany(Deal),
        .. Changes(before.Hub.BoostDeals, after.Hub.BoostDeals).SelectMany(Deal),
        .. Changes(before.Hub.BoostTasks, after.Hub.BoostTasks).SelectMany(task => Task(new TaskState(task, default, 0))),
        .. Changes(before.Hub.Tasks, after.Hub.Tasks).SelectMany(task => Task(after.Hub.Tasks[task])),
        .. before.Hub.Categories.Count == after.Hub.Categories.Count ? [] : Enumerable.Range(0, after.Hub.Categories.Count + 1).SelectMany(Category),
        .. Registries.SelectMany(registry => Registry(registry, before.Registries[registry], after.Registries[registry])),
        .. Changes(before.Storage, after.Storage).Select(slot => Of(slot.Contract, "count()")),
    ];

    private static IEnumerable<TKey> Changes<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> before, IReadOnlyDictionary<TKey, TValue> after) =>
        after.Where(entry => !before.TryGetValue(entry.Key, out var old) || !EqualityComparer<TValue>.Default.Equals(old, entry.Value)).Select(entry => entry.Key);

    private IEnumerable<View> Account(Address account) =>
        ((string[])["balanceOf(address)", "frozenOf(address)", "viewAccount(address)", "viewAccountABILegacy(address)", "viewScore(address)"])
        .Select(view => Of(hub.Hub, view, call => call.Address(account)))
        .Append(Of(hub.Hub, "viewScoreIn(address,address)", call => call.Address(account).Address(hub.Hub)));

    private IEnumerable<View> Order(OrderHash order) =>
        ((string[])["viewConsumed(bytes32)", "viewPresigned(bytes32)"]).Select(view => Of(hub.Hub, view, call => call.Bytes32(order.Value)));

    private IEnumerable<View> Deal(DealId deal) =>
        ((string[])["viewDeal(bytes32)", "viewDealABILegacy_pt1(bytes32)", "viewDealABILegacy_pt2(bytes32)", "viewConfigABILegacy(bytes32)", "viewDealBoost(bytes32)"])
        .Select(view => Of(hub.Hub, view, call => call.Bytes32(deal.Value)));

    private IEnumerable<View> Task(TaskState task) =>
    [
        .. ((string[])["viewTask(bytes32)", "viewTaskABILegacy(bytes32)", "resultFor(bytes32)"])
            .Select(view => Of(hub.Hub, view, call => call.Bytes32(task.Id.Value))),
        .. task.Contributors.Append(hub.Hub).SelectMany(worker =>
            ((string[])["viewContribution(bytes32,address)", "viewContributionABILegacy(bytes32,address)"])
            .Select(view => Of(hub.Hub, view, call => call.Bytes32(task.Id.Value).Address(worker)))),
    ];

    private IEnumerable<View> Category(int id) =>
        ((string[])["viewCategory(uint256)", "viewCategoryABILegacy(uint256)"]).Select(view => Of(hub.Hub, view, call => call.Uint(id)));

    private IEnumerable<View> Registry(Address registry, RegistryState before, RegistryState after) => ReferenceEquals(before, after) ? [] :
    [
        .. RegistryViews.Select(view => Of(registry, view)),
        .. Changes(before.Owners, after.Owners).Concat(Changes(before.Approved, after.Approved)).Concat(Changes(before.Policies, after.Policies)).Distinct()
            .SelectMany(entry => EntryOfRegistry(registry, entry)),
        .. Changes(before.Owned, after.Owned).SelectMany(owner => Owner(registry, owner, after.EntriesOf(owner).Count)),
        .. Enumerable.Range(before.All.Count, after.All.Count - before.All.Count + 1)
            .Select(index => Of(registry, "tokenByIndex(uint256)", call => call.Uint(index))),
        .. after.Operators.Except(before.Operators).Concat(before.Operators.Except(after.Operators)).Select(pair =>
            Of(registry, "isApprovedForAll(address,address)", call => call.Address(pair.Owner).Address(pair.Operator))),
    ];

    private static IEnumerable<View> Owner(Address registry, Address owner, int count) =>
    [
        Of(registry, "balanceOf(address)", call => call.Address(owner)),
        .. Enumerable.Range(0, count + 1).Select(index => Of(registry, "tokenOfOwnerByIndex(address,uint256)", call => call.Address(owner).Uint(index))),
    ];

    private IEnumerable<View> EntryOfRegistry(Address registry, Address entry)
    {
        var (view, getters) = registry == hub.AppRegistry
            ? ("viewApp(address)", (string[])["m_appName()", "m_appType()", "m_appMultiaddr()", "m_appChecksum()", "m_appMREnclave()"])
            : registry == hub.DatasetRegistry
                ? ("viewDataset(address)", ["m_datasetName()", "m_datasetMultiaddr()", "m_datasetChecksum()"])
                : ("viewWorkerpool(address)", ["m_workerpoolDescription()", "m_workerStakeRatioPolicy()", "m_schedulerRewardRatioPolicy()"]);
        return
        [
            .. ((string[])["ownerOf(uint256)", "getApproved(uint256)", "tokenURI(uint256)", "isRegistered(address)", "entryOwner(address)"])
                .Select(name => Of(registry, name, call => call.Address(entry))),
            Of(hub.Hub, view, call => call.Address(entry)),
            .. registry != hub.WorkerpoolRegistry ? [] : ((string[])["policyOf(address)", "entryTerms(address)"]).Select(name =>
                Of(registry, name, call => call.Address(entry))),
            .. entry == hub.Hub ? [] : getters.Concat(["owner()", "registry()"]).Select(getter => Of(entry, getter)),
        ];
    }

    private static View Of(Address target, string signature, Func<AbiWriter, AbiWriter>? arguments = null)
    {
        var call = new AbiWriter();
        arguments?.Invoke(call);
        return new View(signature, new Message(Address.Zero, target, call.ToCallData(new AbiSignature(signature).Selector)));
    }
}
