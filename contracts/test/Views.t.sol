// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

/// @notice Views of assets, flat forms, and the compatibility of a dataset with a deal made without one.
contract ViewsTest is Market {
    function test_assets() external view {
        AppView memory a = hub.viewApp(app);
        assertEq(a.owner, appOwner, "owner");
        assertEq(a.m_appName, "app", "name");
        assertEq(a.m_appType, "DOCKER", "type");
        assertEq(a.m_appMultiaddr, "repo/app", "multiaddr");
        assertEq(a.m_appChecksum, keccak256("image"), "checksum");
        assertEq(a.m_appMREnclave, "", "mrenclave");
        DatasetView memory d = hub.viewDataset(dataset);
        assertEq(d.owner, datasetOwner, "owner");
        assertEq(d.m_datasetName, "data", "name");
        assertEq(d.m_datasetMultiaddr, "/ipfs/data", "multiaddr");
        assertEq(d.m_datasetChecksum, keccak256("file"), "checksum");
        WorkerpoolView memory w = hub.viewWorkerpool(pool);
        assertEq(w.owner, scheduler, "owner");
        assertEq(w.m_workerpoolDescription, "pool", "description");
        assertEq(w.m_workerStakeRatioPolicy, 35, "stake ratio");
        assertEq(w.m_schedulerRewardRatioPolicy, 5, "reward ratio");
    }

    function test_what_is_not_there_reads_as_zeros() external view {
        bytes32 id = keccak256("nothing");
        assertEq(keccak256(abi.encode(hub.viewDeal(id))), keccak256(abi.encode(emptyDeal())), "deal");
        assertEq(keccak256(abi.encode(hub.viewTask(id))), keccak256(abi.encode(emptyTask())), "task");
        assertEq(hub.viewContribution(id, stranger).resultHash, 0, "contribution");
        assertEq(hub.viewConsumed(id), 0, "consumed");
        assertEq(hub.viewPresigned(id), address(0), "presigned");
    }

    function emptyDeal() private pure returns (Deal memory deal) {}

    function emptyTask() private pure returns (Task memory task) {}

    function test_flat_forms_equal_the_structures() external {
        Orders memory o = makeOrders();
        o.request.callback = stranger;
        bytes32 dealid = signAndMatch(o);
        bytes32 taskid = hub.initialize(dealid, 0);
        bytes32 digest = keccak256("data");
        contribute(workers[0], taskid, digest);
        reveal(workers[0], taskid, digest);
        vm.prank(scheduler);
        hub.finalize(taskid, RESULTS, "data");

        Deal memory d = hub.viewDeal(dealid);
        assertEq(
            abi.encode(
                d.app.pointer,
                d.app.owner,
                d.app.price,
                d.dataset.pointer,
                d.dataset.owner,
                d.dataset.price,
                d.workerpool.pointer,
                d.workerpool.owner,
                d.workerpool.price
            ),
            raw(abi.encodeCall(IHub.viewDealABILegacy_pt1, (dealid))),
            "deal, part 1"
        );
        assertEq(
            abi.encode(d.trust, d.tag, d.requester, d.beneficiary, d.callback, d.params),
            raw(abi.encodeCall(IHub.viewDealABILegacy_pt2, (dealid))),
            "deal, part 2"
        );
        assertEq(
            abi.encode(d.category, d.startTime, d.botFirst, d.botSize, d.workerStake, d.schedulerRewardRatio),
            raw(abi.encodeCall(IHub.viewConfigABILegacy, (dealid))),
            "deal, configuration"
        );
        Task memory t = hub.viewTask(taskid);
        assertEq(
            abi.encode(
                t.status,
                t.dealid,
                t.idx,
                t.timeref,
                t.contributionDeadline,
                t.revealDeadline,
                t.finalDeadline,
                t.consensusValue,
                t.revealCounter,
                t.winnerCounter,
                t.contributors,
                t.results
            ),
            raw(abi.encodeCall(IHub.viewTaskABILegacy, (taskid))),
            "task"
        );
        Contribution memory c = hub.viewContribution(taskid, workers[0]);
        assertEq(
            abi.encode(c.status, c.resultHash, c.resultSeal, c.enclaveChallenge),
            raw(abi.encodeCall(IHub.viewContributionABILegacy, (taskid, workers[0]))),
            "contribution"
        );
        Account memory a = hub.viewAccount(requester);
        assertEq(abi.encode(a.stake, a.locked), raw(abi.encodeCall(IHub.viewAccountABILegacy, (requester))), "account");
    }

    function raw(bytes memory call) private view returns (bytes memory data) {
        bool success;
        (success, data) = address(hub).staticcall(call);
        assertTrue(success, "view");
    }

    // ------------------------------------------------------------------ datasets for deals without one

    function incompatible(DatasetOrder memory order, bytes32 dealid, string memory reason) private {
        order.sign = signBy(datasetOwner, digestOf(Typed.hash(order)));
        vm.expectRevert(abi.encodeWithSignature("IncompatibleDatasetOrder(string)", reason));
        hub.assertDatasetDealCompatibility(order, dealid);
    }

    function test_dataset_order_compatibility() external {
        bytes32 dealid = signAndMatch(withTee(withoutDataset(makeOrders())));
        DatasetOrder memory order = makeOrders().dataset;
        order.tag = bytes32(uint256(0x0f)); // framework bits do not count
        order.apprestrict = app;
        order.workerpoolrestrict = pool;
        order.requesterrestrict = requester;
        order.sign = signBy(datasetOwner, digestOf(Typed.hash(order)));
        hub.assertDatasetDealCompatibility(order, dealid);

        order.sign = signBy(stranger, digestOf(Typed.hash(order)));
        vm.expectRevert(abi.encodeWithSignature("IncompatibleDatasetOrder(string)", "Invalid dataset order signature"));
        hub.assertDatasetDealCompatibility(order, dealid);

        incompatible(order, keccak256("no deal"), "Deal not found");
        incompatible(order, signAndMatch(makeOrders()), "Deal already has a dataset");
        order.apprestrict = stranger;
        incompatible(order, dealid, "App restriction not satisfied");
        order.apprestrict = address(0);
        order.workerpoolrestrict = stranger;
        incompatible(order, dealid, "Workerpool restriction not satisfied");
        order.workerpoolrestrict = address(0);
        order.requesterrestrict = stranger;
        incompatible(order, dealid, "Requester restriction not satisfied");
        order.requesterrestrict = address(0);
        order.tag = bytes32(uint256(0x10));
        incompatible(order, dealid, "Tag compatibility not satisfied");
        order.tag = 0;
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(order, OrderOperationKind.CLOSE, ""));
        incompatible(order, dealid, "Dataset order is revoked or fully consumed");
    }
}
