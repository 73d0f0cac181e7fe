// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Completion, SignedContribution} from "../src/interfaces/Batches.sol";
import {Log} from "./base/Test.sol";

/// @notice Many steps in one transaction: the same as one by one, and all or nothing.
contract BatchesTest is Market {
    bytes32 private constant DIGEST = keccak256("result");

    function bag(uint256 size) private returns (Orders memory o) {
        o = makeOrders();
        o.request.volume = size;
    }

    // ------------------------------------------------------------------ match and initialize

    function test_match_and_open_some_tasks() external {
        Orders memory o = signOrders(bag(3));
        vm.recordLogs();
        bytes32 dealid = hub.matchOrdersAndInitialize(o.app, o.dataset, o.workerpool, o.request, 2);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 8, "events of the match and of two tasks");
        assertEq(logs[7].topics[1], keccak256(abi.encodePacked(dealid, uint256(1))), "second task");
        for (uint256 i = 0; i < 3; ++i) {
            Task memory t = hub.viewTask(keccak256(abi.encodePacked(dealid, i)));
            assertEq(uint256(t.status), uint256(i < 2 ? TaskStatus.ACTIVE : TaskStatus.UNSET), "status");
            assertEq(t.idx, i < 2 ? i : 0, "index");
        }
        complete(workers[0], keccak256(abi.encodePacked(dealid, uint256(1))));
    }

    function test_match_and_open_all_tasks_of_a_later_deal() external {
        Orders memory o = bag(5);
        o.workerpool.volume = 2;
        signAndMatch(o);
        o.workerpool.salt = keccak256("second");
        o = signOrders(o);
        bytes32 dealid = hub.matchOrdersAndInitialize(o.app, o.dataset, o.workerpool, o.request, type(uint256).max);
        for (uint256 i = 2; i < 4; ++i) {
            Task memory t = hub.viewTask(keccak256(abi.encodePacked(dealid, i)));
            assertEq(uint256(t.status), uint256(TaskStatus.ACTIVE), "open");
            assertEq(t.dealid, dealid, "deal");
        }
        expectEmptyRevert();
        hub.initialize(dealid, 2);
    }

    function test_match_and_open_refuses_as_a_match_does() external {
        Orders memory o = bag(1);
        o.request.app = stranger;
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x10");
        hub.matchOrdersAndInitialize(o.app, o.dataset, o.workerpool, o.request, 1);
    }

    // ------------------------------------------------------------------ contributions

    function signed(address worker, bytes32 taskid, address challenge)
        private
        view
        returns (SignedContribution memory c)
    {
        c.taskid = taskid;
        c.worker = worker;
        c.resultHash = resultHash(taskid, DIGEST);
        c.resultSeal = resultSeal(worker, taskid, DIGEST);
        c.enclaveChallenge = challenge;
        if (challenge != address(0)) c.enclaveSign = enclaveSign(worker, taskid, DIGEST);
        c.authorizationSign = authorize(scheduler, worker, taskid, challenge);
        c.workerSign = signBy(worker, digestOf(contributionHash(c)));
    }

    function contributionHash(SignedContribution memory c) private pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)"
                ),
                c.taskid,
                c.worker,
                c.resultHash,
                c.resultSeal,
                c.enclaveChallenge
            )
        );
    }

    function threeContributions() private returns (bytes32 taskid, SignedContribution[] memory list) {
        Orders memory o = bag(1);
        o.request.trust = 5;
        taskid = openTask(o);
        list = new SignedContribution[](3);
        for (uint256 i = 0; i < 3; ++i) {
            list[i] = signed(workers[i], taskid, i == 1 ? enclave : address(0));
        }
    }

    function test_contributions_of_three_workers_in_one_transaction() external {
        (bytes32 taskid, SignedContribution[] memory list) = threeContributions();
        list[2].workerSign = ""; // who sends needs no signature
        remember();
        vm.prank(workers[2]);
        hub.contributeArray(list);
        Task memory t = hub.viewTask(taskid);
        assertEq(uint256(t.status), uint256(TaskStatus.REVEALING), "consensus");
        assertEq(t.contributors.length, 3, "contributors");
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(t.contributors[i], workers[i], "in order");
            assertDelta(workers[i], -int256(WORKER_STAKE), int256(WORKER_STAKE), "each worker's own stake");
            reveal(workers[i], taskid, DIGEST);
        }
        assertEq(hub.viewContribution(taskid, workers[1]).enclaveChallenge, enclave, "enclave");
        finalize(taskid);
        assertSolvent();
    }

    function test_nobody_contributes_for_a_worker_without_its_signature() external {
        (bytes32 taskid, SignedContribution[] memory list) = threeContributions();
        bytes memory good = list[0].workerSign;
        list[0].workerSign = "";
        expectReason("invalid-signature-format");
        hub.contributeArray(list);
        list[0].workerSign = list[1].workerSign;
        expectEmptyRevert();
        hub.contributeArray(list);
        // Whatever the worker signed is fixed: another result, another seal, another enclave, another task.
        list[0].workerSign = good;
        list[0].resultHash = resultHash(taskid, keccak256("other"));
        expectEmptyRevert();
        hub.contributeArray(list);
        list[0].resultHash = resultHash(taskid, DIGEST);
        list[0].resultSeal = keccak256("other");
        expectEmptyRevert();
        hub.contributeArray(list);
        assertEq(hub.viewTask(taskid).contributors.length, 0, "all or nothing");
    }

    function test_signed_contribution_counts_once() external {
        (bytes32 taskid, SignedContribution[] memory list) = threeContributions();
        SignedContribution[] memory one = new SignedContribution[](1);
        one[0] = list[0];
        vm.prank(stranger); // sends it before the scheduler does: the worker has contributed just the same
        hub.contributeArray(one);
        assertEq(hub.viewTask(taskid).contributors[0], workers[0], "contributed");
        expectEmptyRevert();
        hub.contributeArray(one);
        expectEmptyRevert();
        hub.contributeArray(list);
    }

    function test_signed_contribution_is_for_one_hub_and_chain() external {
        (, SignedContribution[] memory list) = threeContributions();
        vm.chainId(999);
        expectEmptyRevert();
        hub.contributeArray(list);
    }

    // ------------------------------------------------------------------ contribute and finalize

    function completion(bytes32 taskid) private view returns (Completion memory c) {
        c.taskid = taskid;
        c.resultDigest = DIGEST;
        c.results = RESULTS;
        c.enclaveChallenge = enclave;
        c.enclaveSign = enclaveSign(workers[0], taskid, DIGEST);
        c.authorizationSign = authorize(scheduler, workers[0], taskid, enclave);
    }

    function completions(bytes32 dealid, uint256 count)
        private
        view
        returns (uint256[] memory indexes, Completion[] memory list)
    {
        indexes = new uint256[](count);
        list = new Completion[](count);
        for (uint256 i = 0; i < count; ++i) {
            indexes[i] = i;
            list[i] = completion(keccak256(abi.encodePacked(dealid, i)));
        }
    }

    function checkCompleted(bytes32 dealid, uint256 count) private view {
        for (uint256 i = 0; i < count; ++i) {
            bytes32 taskid = keccak256(abi.encodePacked(dealid, i));
            Task memory t = hub.viewTask(taskid);
            assertEq(uint256(t.status), uint256(TaskStatus.COMPLETED), "completed");
            assertEq(t.results, RESULTS, "results");
            assertEq(t.resultDigest, DIGEST, "digest");
            assertEq(t.consensusValue, resultHash(taskid, DIGEST), "consensus");
            assertEq(t.contributors[0], workers[0], "worker");
            assertEq(hub.viewContribution(taskid, workers[0]).enclaveChallenge, enclave, "enclave");
        }
        assertDelta(workers[0], int256(count * POOL_PRICE * 95 / 100), 0, "worker");
        assertDelta(requester, -int256(count * TASK_PRICE), 0, "requester");
        assertDelta(scheduler, int256(count * POOL_PRICE * 5 / 100), 0, "scheduler");
        assertSolvent();
    }

    function test_a_bag_is_opened_and_completed_in_one_transaction() external {
        remember();
        bytes32 dealid = signAndMatch(withTee(bag(3)));
        (uint256[] memory indexes, Completion[] memory list) = completions(dealid, 3);
        vm.prank(workers[0]);
        hub.initializeAndContributeAndFinalizeArray(dealid, indexes, list);
        checkCompleted(dealid, 3);
    }

    function test_open_tasks_are_completed_in_one_transaction() external {
        remember();
        Orders memory o = signOrders(withTee(bag(3)));
        bytes32 dealid = hub.matchOrdersAndInitialize(o.app, o.dataset, o.workerpool, o.request, 3);
        (, Completion[] memory list) = completions(dealid, 3);
        vm.prank(workers[0]);
        hub.contributeAndFinalizeArray(list);
        checkCompleted(dealid, 3);
    }

    function test_batches_are_all_or_nothing() external {
        bytes32 dealid = signAndMatch(withTee(bag(3)));
        (uint256[] memory indexes, Completion[] memory list) = completions(dealid, 3);
        list[2].authorizationSign = list[1].authorizationSign;
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.initializeAndContributeAndFinalizeArray(dealid, indexes, list);
        list[2] = list[1]; // of another task than its place says
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.initializeAndContributeAndFinalizeArray(dealid, indexes, list);
        indexes[2] = 1; // twice the same
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.initializeAndContributeAndFinalizeArray(dealid, indexes, list);
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.initializeAndContributeAndFinalizeArray(dealid, new uint256[](2), list);
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.contributeAndFinalizeArray(list); // not open
        assertEq(uint256(hub.viewTask(list[0].taskid).status), uint256(TaskStatus.UNSET), "nothing");
    }
}
