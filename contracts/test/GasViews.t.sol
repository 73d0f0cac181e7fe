// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/BoostMarket.sol";

/// @notice Gas of every view, asked by a transaction (so 21,000 and the call data are in it): of a deal with dataset, of its
/// finalized task with one contributor and the usual result link. Written to `snapshots/GasViewsTest.json`.
/// forge-config: default.isolate = true
contract GasViewsTest is BoostMarket {
    bytes32 private _dealid;
    bytes32 private _taskid;
    bytes32 private _boost;
    Orders private _orders;

    function setUp() public override {
        super.setUp();
        _orders = signOrders(makeOrders());
        _dealid = matchOrders(_orders);
        _taskid = hub.initialize(_dealid, 0);
        complete(workers[0], _taskid);
        _boost = signAndMatchBoost(makeOrders());
    }

    function ask(string memory name, bytes memory data) private {
        (bool done,) = address(hub).call(data);
        vm.snapshotGasLastCall(name);
        assertTrue(done, name);
    }

    function test_constants_and_configuration() external {
        string[25] memory names = [
            "name",
            "symbol",
            "decimals",
            "totalSupply",
            "owner",
            "countCategory",
            "domain",
            "eip712domain_separator",
            "token",
            "appregistry",
            "datasetregistry",
            "workerpoolregistry",
            "teebroker",
            "callbackgas",
            "contribution_deadline_ratio",
            "reveal_deadline_ratio",
            "final_deadline_ratio",
            "workerpool_stake_ratio",
            "kitty_ratio",
            "kitty_min",
            "kitty_address",
            "groupmember_purpose",
            "configuration",
            "pieces",
            ""
        ];
        for (uint256 i = 0; bytes(names[i]).length != 0; ++i) {
            ask(names[i], abi.encodeWithSignature(string.concat(names[i], "()")));
        }
        ask("viewCategory", abi.encodeCall(IHub.viewCategory, (0)));
        ask("viewCategoryABILegacy", abi.encodeCall(IHub.viewCategoryABILegacy, (0)));
    }

    function test_accounts_and_scores() external {
        ask("balanceOf", abi.encodeCall(IHub.balanceOf, (requester)));
        ask("frozenOf", abi.encodeCall(IHub.frozenOf, (requester)));
        ask("allowance", abi.encodeCall(IHub.allowance, (requester, stranger)));
        ask("viewAccount", abi.encodeCall(IHub.viewAccount, (requester)));
        ask("viewAccountABILegacy", abi.encodeCall(IHub.viewAccountABILegacy, (requester)));
        ask("viewScore", abi.encodeCall(IHub.viewScore, (workers[0])));
        ask("viewScoreIn", abi.encodeCall(IHub.viewScoreIn, (workers[0], pool)));
    }

    function test_deals_and_tasks() external {
        ask("viewDeal", abi.encodeCall(IHub.viewDeal, (_dealid)));
        ask("viewDealABILegacy_pt1", abi.encodeCall(IHub.viewDealABILegacy_pt1, (_dealid)));
        ask("viewDealABILegacy_pt2", abi.encodeCall(IHub.viewDealABILegacy_pt2, (_dealid)));
        ask("viewConfigABILegacy", abi.encodeCall(IHub.viewConfigABILegacy, (_dealid)));
        ask("viewDealBoost", abi.encodeCall(IHub.viewDealBoost, (_boost)));
        ask("viewTask", abi.encodeCall(IHub.viewTask, (_taskid)));
        ask("viewTaskABILegacy", abi.encodeCall(IHub.viewTaskABILegacy, (_taskid)));
        ask("resultFor", abi.encodeCall(IHub.resultFor, (_taskid)));
        ask("viewContribution", abi.encodeCall(IHub.viewContribution, (_taskid, workers[0])));
        ask("viewContributionABILegacy", abi.encodeCall(IHub.viewContributionABILegacy, (_taskid, workers[0])));
    }

    function test_assets() external {
        ask("viewApp", abi.encodeCall(IHub.viewApp, (app)));
        ask("viewDataset", abi.encodeCall(IHub.viewDataset, (dataset)));
        ask("viewWorkerpool", abi.encodeCall(IHub.viewWorkerpool, (pool)));
        Orders memory o = withoutDataset(makeOrders());
        bytes32 dealid = signAndMatch(o);
        DatasetOrder memory order = _orders.dataset;
        ask("assertDatasetDealCompatibility", abi.encodeCall(IHub.assertDatasetDealCompatibility, (order, dealid)));
    }

    function test_orders() external {
        bytes32 hash = digestOf(Typed.hash(_orders.request));
        bytes memory sign = _orders.request.sign;
        ask("viewConsumed", abi.encodeCall(IHub.viewConsumed, (hash)));
        ask("viewPresigned", abi.encodeCall(IHub.viewPresigned, (hash)));
        ask("verifySignature", abi.encodeCall(IHub.verifySignature, (requester, hash, sign)));
        ask("verifyPresignature", abi.encodeCall(IHub.verifyPresignature, (requester, hash)));
        ask(
            "verifyPresignatureOrSignature", abi.encodeCall(IHub.verifyPresignatureOrSignature, (requester, hash, sign))
        );
        Orders memory o = signOrders(makeOrders());
        ask("computeDealVolume", abi.encodeCall(IHub.computeDealVolume, (o.app, o.dataset, o.workerpool, o.request)));
    }
}
