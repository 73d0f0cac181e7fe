using Iexec.Ethereum;
using Iexec.Poco.Registries;

namespace Tests.Chain.Differential;

/// <summary>Everything that can be asked about one thing.</summary>
internal static class AllViews
{
    public static View CountCategory(World world) => View.Of("countCategory()", world.Hub);

    public static View TeeBroker(World world) => View.Of("teebroker()", world.Hub);

    public static View CallbackGas(World world) => View.Of("callbackgas()", world.Hub);

    public static IReadOnlyList<View> Platform(World world) =>
    [
        CountCategory(world),
        TeeBroker(world),
        CallbackGas(world),
        .. ((string[])
        [
            "name()", "symbol()", "decimals()", "totalSupply()", "token()", "owner()", "appregistry()", "datasetregistry()", "workerpoolregistry()",
            "kitty_ratio()", "kitty_min()", "kitty_address()", "groupmember_purpose()", "workerpool_stake_ratio()", "contribution_deadline_ratio()",
            "reveal_deadline_ratio()", "final_deadline_ratio()", "eip712domain_separator()", "domain()",
        ]).Select(function => View.Of(function, world.Hub)),
        .. Enumerable.Range(0, 9).SelectMany(id => (View[])
        [
            View.Of("viewCategory(uint256)", world.Hub, (call, _) => call.Uint(id)), View.Of("viewCategoryABILegacy(uint256)", world.Hub, (call, _) => call.Uint(id)),
        ]),
        .. ((AssetKind[])[AssetKind.App, AssetKind.Dataset, AssetKind.Workerpool]).SelectMany(kind => Registry(world, kind)),
    ];

    /// <summary>Of those whom the logs of a transaction name, and of the hub itself.</summary>
    public static IReadOnlyList<View> Balances(World world, Outcome outcome)
    {
        var named = outcome.Logs.SelectMany(log => log.Topics.Select(topic => topic.AsSpan().ToArray()).Concat(log.Data.Chunk(Bytes32.Size)))
            .Where(word => word.Length == Bytes32.Size).Select(word => new Address(word[12..])).ToHashSet();
        return
        [
            .. People.All.Select(key => key.Address).Append(People.Kitty).Where(named.Contains).SelectMany(who => (View[])
            [
                View.Of("viewAccount(address)", world.Hub, (call, _) => call.Address(who)), View.Of("viewScore(address)", world.Hub, (call, _) => call.Address(who)),
            ]),
            View.Of("viewAccount(address)", world.Hub, (call, side) => call.Address(world.Hub(side))),
            View.Of("totalSupply()", world.Hub),
        ];
    }

    /// <summary>Who may spend whose money.</summary>
    public static IReadOnlyList<View> Allowances(World world) =>
    [
        .. People.All.SelectMany(owner => People.All.Select(
            spender => View.Of("allowance(address,address)", world.Hub, (call, _) => call.Address(owner.Address).Address(spender.Address)))),
    ];

    public static IReadOnlyList<View> Escrow(World world, Address who) =>
    [
        View.Of("viewAccountABILegacy(address)", world.Hub, (call, _) => call.Address(who)),
        View.Of("balanceOf(address)", world.Hub, (call, _) => call.Address(who)),
        View.Of("frozenOf(address)", world.Hub, (call, _) => call.Address(who)),
        View.Of("balanceOf(address)", world.Token, (call, _) => call.Address(who)),
        View.Of("balanceOf(address)", world.Token, (call, side) => call.Address(world.Hub(side))),
        View.Of("allowance(address,address)", world.Token, (call, side) => call.Address(who).Address(world.Hub(side))),
    ];

    public static IReadOnlyList<View> Order(World world, Twin<Bytes32> hash, Address owner) =>
    [
        View.Of("viewConsumed(bytes32)", world.Hub, (call, side) => call.Bytes32(hash[side])),
        View.Of("viewPresigned(bytes32)", world.Hub, (call, side) => call.Bytes32(hash[side])),
        View.Of("verifyPresignature(address,bytes32)", world.Hub, (call, side) => call.Address(owner).Bytes32(hash[side])),
        View.Of("verifyPresignatureOrSignature(address,bytes32,bytes)", world.Hub, (call, side) => call.Address(owner).Bytes32(hash[side]).Bytes(new byte[65])),
    ];

    public static IReadOnlyList<View> Deal(World world, TwinDeal deal) =>
        deal.IsBoost
            ? [View.Of("viewDealBoost(bytes32)", world.Hub, (call, side) => call.Bytes32(deal.Id[side].Value))]
            : [.. ((string[])["viewDeal(bytes32)", "viewDealABILegacy_pt1(bytes32)", "viewDealABILegacy_pt2(bytes32)"]).Select(
                function => View.Of(function, world.Hub, (call, side) => call.Bytes32(deal.Id[side].Value)))];

    public static IReadOnlyList<View> Task(World world, TwinTask task) =>
    [
        .. Deal(world, task.Deal),
        .. ((string[])["viewTask(bytes32)", "viewTaskABILegacy(bytes32)", "resultFor(bytes32)"]).Select(
            function => View.Of(function, world.Hub, (call, side) => call.Bytes32(task.Id[side].Value))),
        .. task.Contributions.SelectMany(said => Contribution(world, task, said.Worker.Address)),
    ];

    public static IReadOnlyList<View> Contribution(World world, TwinTask task, Address worker) =>
    [
        .. ((string[])["viewContribution(bytes32,address)", "viewContributionABILegacy(bytes32,address)"]).Select(
            function => View.Of(function, world.Hub, (call, side) => call.Bytes32(task.Id[side].Value).Address(worker))),
    ];

    public static IReadOnlyList<View> Boost(World world, TwinTask task) => [.. Task(world, task)];

    public static IReadOnlyList<View> Asset(World world, TwinAsset asset) =>
    [
        .. Getters(asset.Kind).Append("owner()").Append("registry()").Select(function => View.Of(function, side => asset.Address[side])),
        .. ((string[])["ownerOf(uint256)", "getApproved(uint256)"]).Select(
            function => View.Of(
                function, side => world.Registry(asset.Kind, side), (call, side) => call.Uint(UInt256.FromBigEndian(asset.Address[side].AsSpan())))),
        View.Of("isRegistered(address)", side => world.Registry(asset.Kind, side), (call, side) => call.Address(asset.Address[side])),
        View.Of("balanceOf(address)", side => world.Registry(asset.Kind, side), (call, _) => call.Address(asset.Owner.Address)),
        View.Of("tokenOfOwnerByIndex(address,uint256)", side => world.Registry(asset.Kind, side), (call, _) => call.Address(asset.Owner.Address).Uint(0)),
    ];

    private static IEnumerable<View> Registry(World world, AssetKind kind) =>
        ((string[])["name()", "symbol()", "totalSupply()", "baseURI()", "initialized()", "previous()", "owner()"])
        .Select(function => View.Of(function, side => world.Registry(kind, side)));

    private static string[] Getters(AssetKind kind) => kind switch
    {
        AssetKind.App => ["m_appName()", "m_appType()", "m_appMultiaddr()", "m_appChecksum()", "m_appMREnclave()"],
        AssetKind.Dataset => ["m_datasetName()", "m_datasetMultiaddr()", "m_datasetChecksum()"],
        _ => ["m_workerpoolDescription()", "m_workerStakeRatioPolicy()", "m_schedulerRewardRatioPolicy()"],
    };
}
