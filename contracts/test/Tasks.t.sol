// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {ContractAccount} from "./base/Actors.sol";

/// @notice Each transition of a task: what it needs, what it stores. Refusals revert without data.
contract TasksTest is Market {
    bytes32 private constant DIGEST = keccak256("result");
    bytes32 private constant WRONG = keccak256("wrong result");

    function trusting(uint256 trust) private returns (Orders memory o) {
        o = makeOrders();
        o.request.trust = trust;
    }

    function statusOf(bytes32 taskid) private view returns (TaskStatus) {
        return hub.viewTask(taskid).status;
    }

    function assertStatus(bytes32 taskid, TaskStatus expected) private view {
        assertEq(uint256(statusOf(taskid)), uint256(expected), "status");
    }

    // ------------------------------------------------------------------ initialize

    function test_initialize_opens_a_task() external {
        Orders memory o = makeOrders();
        o.request.volume = 3;
        bytes32 dealid = signAndMatch(o);
        vm.warp(START + 50);
        bytes32 taskid = hub.initialize(dealid, 2);
        assertEq(taskid, keccak256(abi.encodePacked(dealid, uint256(2))), "taskid");
        Task memory t = hub.viewTask(taskid);
        assertEq(uint256(t.status), uint256(TaskStatus.ACTIVE), "status");
        assertEq(t.dealid, dealid, "dealid");
        assertEq(t.idx, 2, "idx");
        assertEq(t.timeref, T, "timeref");
        assertEq(t.contributionDeadline, START + 7 * T, "contribution deadline");
        assertEq(t.finalDeadline, START + 10 * T, "final deadline");
        assertEq(t.revealDeadline, 0, "reveal deadline");
        assertEq(t.contributors.length, 0, "contributors");
    }

    function test_initialize_refuses_other_indexes_and_repetition() external {
        Orders memory o = makeOrders();
        o.request.volume = 10;
        o.workerpool.volume = 4;
        matchOrders(signOrders(o));
        o.workerpool.salt = keccak256("more");
        bytes32 second = matchOrders(signOrders(o)); // indexes 4 to 7
        expectEmptyRevert();
        hub.initialize(second, 3);
        expectEmptyRevert();
        hub.initialize(second, 8);
        hub.initialize(second, 4);
        hub.initialize(second, 7);
        expectEmptyRevert();
        hub.initialize(second, 4);
        expectEmptyRevert();
        hub.initialize(keccak256("no deal"), 0);
    }

    function test_initializeArray_is_all_or_nothing() external {
        Orders memory o = makeOrders();
        o.request.volume = 2;
        bytes32 dealid = signAndMatch(o);
        bytes32[] memory deals = new bytes32[](2);
        uint256[] memory indexes = new uint256[](2);
        (deals[0], deals[1], indexes[0], indexes[1]) = (dealid, dealid, 0, 2);
        expectEmptyRevert();
        hub.initializeArray(deals, indexes);
        assertStatus(keccak256(abi.encodePacked(dealid, uint256(0))), TaskStatus.UNSET);
        indexes[1] = 1;
        assertTrue(hub.initializeArray(deals, indexes), "returns true");
        assertStatus(keccak256(abi.encodePacked(dealid, uint256(1))), TaskStatus.ACTIVE);
        expectEmptyRevert();
        hub.initializeArray(deals, new uint256[](1));
    }

    // ------------------------------------------------------------------ contribute

    function test_contribute_locks_stake_and_stores() external {
        bytes32 taskid = openTask(trusting(5));
        remember();
        contribute(workers[0], taskid, DIGEST);
        assertDelta(workers[0], -int256(WORKER_STAKE), int256(WORKER_STAKE), "worker");
        Contribution memory c = hub.viewContribution(taskid, workers[0]);
        assertEq(uint256(c.status), uint256(ContributionStatus.CONTRIBUTED), "status");
        assertEq(c.resultHash, resultHash(taskid, DIGEST), "hash");
        assertEq(c.resultSeal, resultSeal(workers[0], taskid, DIGEST), "seal");
        assertEq(c.weight, 1, "log2 of weight 2");
        assertStatus(taskid, TaskStatus.ACTIVE);
        assertEq(hub.viewTask(taskid).contributors[0], workers[0], "contributor");
    }

    function test_contribute_to_consensus_opens_the_reveal() external {
        bytes32 taskid = openTask(trusting(1));
        vm.warp(START + 10);
        contribute(workers[0], taskid, DIGEST);
        Task memory t = hub.viewTask(taskid);
        assertEq(uint256(t.status), uint256(TaskStatus.REVEALING), "status");
        assertEq(t.consensusValue, resultHash(taskid, DIGEST), "consensus");
        assertEq(t.revealDeadline, START + 10 + 2 * T, "reveal deadline");
        assertEq(t.winnerCounter, 1, "winners");
        assertEq(t.revealCounter, 0, "reveals");
    }

    /// @dev With fresh workers of one opinion the rule is 2^n > trust - 1.
    function test_number_of_fresh_workers_for_a_trust() external {
        uint256[8] memory trusts = [uint256(1), 2, 3, 4, 5, 8, 9, 16];
        uint256[8] memory needed = [uint256(1), 1, 2, 2, 3, 3, 4, 4];
        for (uint256 i = 0; i < 8; ++i) {
            bytes32 taskid = openTask(trusting(trusts[i]));
            for (uint256 n = 1; n <= needed[i]; ++n) {
                assertStatus(taskid, TaskStatus.ACTIVE);
                contribute(workers[n], taskid, DIGEST);
            }
            assertStatus(taskid, TaskStatus.REVEALING);
            assertEq(hub.viewTask(taskid).winnerCounter, needed[i], "winners");
        }
    }

    function test_disagreement_needs_more_opinions() external {
        bytes32 taskid = openTask(trusting(5));
        contribute(workers[0], taskid, WRONG);
        contribute(workers[1], taskid, DIGEST);
        contribute(workers[2], taskid, DIGEST);
        contribute(workers[3], taskid, DIGEST); // 8 * 5 > (1 + 2 + 8) * 4 does not hold
        assertStatus(taskid, TaskStatus.ACTIVE);
        contribute(workers[4], taskid, DIGEST); // 16 * 5 > (1 + 2 + 16) * 4
        assertStatus(taskid, TaskStatus.REVEALING);
        assertEq(hub.viewTask(taskid).winnerCounter, 4, "winners");
    }

    function test_contribute_refusals() external {
        bytes32 taskid = openTask(trusting(5));
        bytes32 hash = resultHash(taskid, DIGEST);
        bytes32 seal = resultSeal(workers[0], taskid, DIGEST);
        bytes memory good = authorize(scheduler, workers[0], taskid, address(0));
        bytes memory ofStranger = authorize(stranger, workers[0], taskid, address(0));
        bytes memory forOther = authorize(scheduler, workers[1], taskid, address(0));

        bytes32 unset = keccak256("no task");
        bytes memory forUnset = authorize(scheduler, workers[0], unset, address(0));
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.contribute(unset, hash, seal, address(0), "", forUnset);
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.contribute(taskid, hash, seal, address(0), "", ofStranger);
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.contribute(taskid, hash, seal, address(0), "", forOther);

        vm.prank(workers[0]);
        hub.contribute(taskid, hash, seal, address(0), "", good);
        expectEmptyRevert(); // twice
        vm.prank(workers[0]);
        hub.contribute(taskid, hash, seal, address(0), "", good);

        bytes memory forStranger = authorize(scheduler, stranger, taskid, address(0));
        expectReason("IexecEscrow: Transfer amount exceeds balance"); // nothing to stake
        vm.prank(stranger);
        hub.contribute(taskid, hash, seal, address(0), "", forStranger);

        vm.warp(START + 7 * T);
        expectEmptyRevert(); // late
        vm.prank(workers[1]);
        hub.contribute(taskid, hash, seal, address(0), "", forOther);
        vm.warp(START + 7 * T - 1);
        vm.prank(workers[1]);
        hub.contribute(taskid, hash, seal, address(0), "", forOther);
    }

    function test_scheduler_may_be_a_contract() external {
        ContractAccount owner = new ContractAccount();
        bytes32 taskid;
        {
            vm.prank(scheduler);
            pools.safeTransferFrom(scheduler, address(owner), uint160(pool));
            fundContract(address(owner));
            Orders memory o = makeOrders();
            bytes32 poolHash = digestOf(Typed.hash(o.workerpool));
            o = signOrders(o);
            o.workerpool.sign = "whatever the contract understands";
            owner.accept(poolHash);
            taskid = hub.initialize(matchOrders(o), 0);
        }
        bytes32 message = keccak256(
            abi.encodePacked(
                "\x19Ethereum Signed Message:\n32", keccak256(abi.encodePacked(workers[0], taskid, address(0)))
            )
        );
        owner.accept(message);
        vm.prank(workers[0]);
        hub.contribute(taskid, resultHash(taskid, DIGEST), resultSeal(workers[0], taskid, DIGEST), address(0), "", "");
        reveal(workers[0], taskid, DIGEST);
        owner.call(address(hub), abi.encodeCall(IHub.finalize, (taskid, RESULTS, "")));
        assertStatus(taskid, TaskStatus.COMPLETED);
    }

    function fundContract(address who) private {
        vm.prank(scheduler);
        hub.transfer(who, 10e9);
    }

    // ------------------------------------------------------------------ enclaves

    function test_tee_deal_needs_challenge_and_both_signatures() external {
        bytes32 taskid = openTask(withTee(trusting(1)));
        address worker = workers[0];
        bytes32 hash = resultHash(taskid, DIGEST);
        bytes32 seal = resultSeal(worker, taskid, DIGEST);
        bytes memory plain = authorize(scheduler, worker, taskid, address(0));
        bytes memory good = authorize(scheduler, worker, taskid, enclave);
        bytes memory byEnclave = enclaveSign(worker, taskid, DIGEST);
        bytes memory byStranger = signMessageBy(stranger, keccak256(abi.encodePacked(hash, seal)));

        expectEmptyRevert(); // no challenge
        vm.prank(worker);
        hub.contribute(taskid, hash, seal, address(0), "", plain);
        expectEmptyRevert(); // authorization for another challenge
        vm.prank(worker);
        hub.contribute(taskid, hash, seal, enclave, byEnclave, plain);
        expectEmptyRevert(); // not the enclave's signature
        vm.prank(worker);
        hub.contribute(taskid, hash, seal, enclave, byStranger, good);
        vm.prank(worker);
        hub.contribute(taskid, hash, seal, enclave, byEnclave, good);
        assertEq(hub.viewContribution(taskid, worker).enclaveChallenge, enclave, "challenge");
        assertStatus(taskid, TaskStatus.REVEALING);
    }

    function test_broker_takes_the_schedulers_place_for_enclaves_only() external {
        vm.prank(admin);
        hub.setTeeBroker(broker);
        bytes32 taskid = openTask(withTee(trusting(1)));
        address worker = workers[0];
        bytes32 hash = resultHash(taskid, DIGEST);
        bytes32 seal = resultSeal(worker, taskid, DIGEST);
        bytes memory byScheduler = authorize(scheduler, worker, taskid, enclave);
        bytes memory byBroker = authorize(broker, worker, taskid, enclave);
        bytes memory byEnclave = enclaveSign(worker, taskid, DIGEST);
        expectEmptyRevert();
        vm.prank(worker);
        hub.contribute(taskid, hash, seal, enclave, byEnclave, byScheduler);
        vm.prank(worker);
        hub.contribute(taskid, hash, seal, enclave, byEnclave, byBroker);

        bytes32 plain = openTask(trusting(1));
        contribute(worker, plain, DIGEST); // authorized by the scheduler
        assertStatus(plain, TaskStatus.REVEALING);
    }

    // ------------------------------------------------------------------ reveal

    function test_reveal_proves() external {
        bytes32 taskid = openTask(trusting(3));
        contribute(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, DIGEST);
        reveal(workers[1], taskid, DIGEST);
        Task memory t = hub.viewTask(taskid);
        assertEq(t.revealCounter, 1, "reveals");
        assertEq(t.resultDigest, DIGEST, "digest");
        assertEq(uint256(hub.viewContribution(taskid, workers[1]).status), uint256(ContributionStatus.PROVED), "proved");
        assertEq(
            uint256(hub.viewContribution(taskid, workers[0]).status), uint256(ContributionStatus.CONTRIBUTED), "not yet"
        );
    }

    function test_reveal_refusals() external {
        bytes32 taskid = openTask(trusting(4));
        contribute(workers[0], taskid, DIGEST);
        expectEmptyRevert(); // ACTIVE
        reveal(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, WRONG);
        contribute(workers[2], taskid, DIGEST);
        contributeWithSeal(workers[3], taskid, DIGEST, keccak256("a copied commitment"));
        contribute(workers[4], taskid, DIGEST);
        assertStatus(taskid, TaskStatus.REVEALING);

        expectEmptyRevert(); // contributed nothing
        reveal(workers[5], taskid, DIGEST);
        expectEmptyRevert(); // another opinion
        reveal(workers[1], taskid, WRONG);
        expectEmptyRevert(); // another digest
        reveal(workers[0], taskid, WRONG);
        expectEmptyRevert(); // a seal that is not its own
        reveal(workers[3], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        expectEmptyRevert(); // twice
        reveal(workers[0], taskid, DIGEST);
        vm.warp(START + 2 * T);
        expectEmptyRevert(); // late
        reveal(workers[2], taskid, DIGEST);
    }

    function contributeWithSeal(address worker, bytes32 taskid, bytes32 digest, bytes32 seal) private {
        bytes memory authorization = authorize(scheduler, worker, taskid, address(0));
        vm.prank(worker);
        hub.contribute(taskid, resultHash(taskid, digest), seal, address(0), "", authorization);
    }

    // ------------------------------------------------------------------ reopen

    function test_reopen_rejects_the_silent_and_lets_others_win() external {
        bytes32 taskid = openTask(trusting(3));
        contribute(workers[0], taskid, WRONG);
        contribute(workers[1], taskid, WRONG);
        vm.warp(START + 2 * T);
        vm.prank(scheduler);
        hub.reopen(taskid);
        Task memory t = hub.viewTask(taskid);
        assertEq(uint256(t.status), uint256(TaskStatus.ACTIVE), "status");
        assertEq(t.consensusValue, 0, "consensus");
        assertEq(t.revealDeadline, 0, "reveal deadline");
        assertEq(t.winnerCounter, 0, "winners");
        assertEq(
            uint256(hub.viewContribution(taskid, workers[0]).status), uint256(ContributionStatus.REJECTED), "rejected"
        );
        bytes memory again = authorize(scheduler, workers[0], taskid, address(0));
        expectEmptyRevert();
        vm.prank(workers[0]);
        hub.contribute(taskid, resultHash(taskid, DIGEST), bytes32(0), address(0), "", again);

        remember();
        contribute(workers[2], taskid, DIGEST);
        contribute(workers[3], taskid, DIGEST);
        reveal(workers[2], taskid, DIGEST);
        reveal(workers[3], taskid, DIGEST);
        finalize(taskid);
        // The rejected lose their stakes to those who worked.
        assertDelta(workers[0], 0, -int256(WORKER_STAKE), "rejected");
        uint256 share = (POOL_PRICE + 2 * WORKER_STAKE) * 95 / 100 / 2;
        assertDelta(workers[2], int256(share), 0, "winner");
        assertSolvent();
    }

    function test_reopen_refusals() external {
        bytes32 taskid = openTask(trusting(1));
        expectEmptyRevert(); // ACTIVE
        vm.prank(scheduler);
        hub.reopen(taskid);
        contribute(workers[0], taskid, DIGEST);
        expectEmptyRevert(); // early
        vm.prank(scheduler);
        hub.reopen(taskid);
        vm.warp(START + 2 * T);
        expectEmptyRevert(); // not the scheduler
        vm.prank(stranger);
        hub.reopen(taskid);
        vm.warp(START + 10 * T);
        expectEmptyRevert(); // late
        vm.prank(scheduler);
        hub.reopen(taskid);

        vm.warp(START);
        bytes32 revealed = openTask(trusting(3));
        contribute(workers[0], revealed, DIGEST);
        contribute(workers[1], revealed, DIGEST);
        reveal(workers[0], revealed, DIGEST);
        vm.warp(START + 2 * T);
        expectEmptyRevert(); // somebody revealed
        vm.prank(scheduler);
        hub.reopen(revealed);
    }

    // ------------------------------------------------------------------ finalize

    function test_finalize_refusals() external {
        bytes32 taskid = openTask(trusting(3));
        expectEmptyRevert(); // ACTIVE
        finalize(taskid);
        contribute(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, DIGEST);
        expectEmptyRevert(); // nobody revealed
        finalize(taskid);
        vm.warp(START + 2 * T - 1);
        reveal(workers[0], taskid, DIGEST);
        expectEmptyRevert(); // one reveal is missing and may still come
        finalize(taskid);
        vm.warp(START + 2 * T);
        expectEmptyRevert(); // not the scheduler
        vm.prank(stranger);
        hub.finalize(taskid, RESULTS, "");
        expectEmptyRevert(); // callback data without callback
        vm.prank(scheduler);
        hub.finalize(taskid, RESULTS, "data");
        vm.warp(START + 10 * T);
        expectEmptyRevert(); // late
        finalize(taskid);
        vm.warp(START + 10 * T - 1);
        finalize(taskid);
        assertStatus(taskid, TaskStatus.COMPLETED);
        assertEq(hub.viewTask(taskid).results, RESULTS, "results");
        expectEmptyRevert(); // twice
        finalize(taskid);
    }

    function test_callback_data_that_hashes_to_the_digest_is_accepted_without_callback() external {
        bytes32 taskid = openTask(trusting(1));
        bytes32 digest = keccak256("data");
        contribute(workers[0], taskid, digest);
        reveal(workers[0], taskid, digest);
        vm.prank(scheduler);
        hub.finalize(taskid, RESULTS, "data");
        assertEq(hub.resultFor(taskid), "data", "result");
    }

    // ------------------------------------------------------------------ contributeAndFinalize

    function contributeAndFinalize(address worker, bytes32 taskid, bytes memory authorization) private {
        vm.prank(worker);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", address(0), "", authorization);
    }

    function test_contributeAndFinalize_does_it_all() external {
        bytes32 taskid = openTask(trusting(1));
        vm.warp(START + 10);
        contributeAndFinalize(workers[0], taskid, authorize(scheduler, workers[0], taskid, address(0)));
        Task memory t = hub.viewTask(taskid);
        assertEq(uint256(t.status), uint256(TaskStatus.COMPLETED), "status");
        assertEq(t.consensusValue, resultHash(taskid, DIGEST), "consensus");
        assertEq(t.resultDigest, DIGEST, "digest");
        assertEq(t.revealDeadline, START + 10 + 2 * T, "reveal deadline");
        assertEq(t.revealCounter, 1, "reveals");
        assertEq(t.winnerCounter, 1, "winners");
        assertEq(t.results, RESULTS, "results");
        assertEq(t.contributors[0], workers[0], "contributor");
        Contribution memory c = hub.viewContribution(taskid, workers[0]);
        assertEq(uint256(c.status), uint256(ContributionStatus.PROVED), "contribution");
        assertEq(c.weight, 0, "weight");
        assertEq(c.resultSeal, resultSeal(workers[0], taskid, DIGEST), "seal");
        assertEq(hub.viewScore(workers[0]), 0, "score");
    }

    function test_contributeAndFinalize_refusals() external {
        bytes32 taskid = openTask(trusting(2));
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        expectEmptyRevert(); // trust above 1
        contributeAndFinalize(workers[0], taskid, authorization);

        taskid = openTask(trusting(1));
        authorization = authorize(scheduler, workers[0], taskid, address(0));
        bytes memory byStranger = authorize(stranger, workers[0], taskid, address(0));
        expectEmptyRevert(); // not authorized
        contributeAndFinalize(workers[0], taskid, byStranger);
        expectEmptyRevert(); // callback data without callback
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "data", address(0), "", authorization);
        vm.warp(START + 7 * T);
        expectEmptyRevert(); // late
        contributeAndFinalize(workers[0], taskid, authorization);
        vm.warp(START);
        contribute(workers[1], taskid, DIGEST);
        expectEmptyRevert(); // REVEALING
        contributeAndFinalize(workers[0], taskid, authorization);

        bytes32 tee = openTask(withTee(trusting(1)));
        bytes memory plain = authorize(scheduler, workers[0], tee, address(0));
        bytes memory challenged = authorize(scheduler, workers[0], tee, enclave);
        bytes memory wrongSeal = enclaveSign(workers[1], tee, DIGEST);
        expectEmptyRevert(); // no challenge
        contributeAndFinalize(workers[0], tee, plain);
        expectEmptyRevert(); // signature over another worker's seal
        vm.prank(workers[0]);
        hub.contributeAndFinalize(tee, DIGEST, RESULTS, "", enclave, wrongSeal, challenged);
    }

    function test_contributeAndFinalize_after_a_contribution_is_refused() external {
        // A reopened task has contributors, although it is ACTIVE again.
        bytes32 taskid = openTask(trusting(1));
        contribute(workers[0], taskid, WRONG);
        vm.warp(START + 2 * T);
        vm.prank(scheduler);
        hub.reopen(taskid);
        bytes memory authorization = authorize(scheduler, workers[1], taskid, address(0));
        expectEmptyRevert();
        contributeAndFinalize(workers[1], taskid, authorization);
    }

    function test_contributeAndFinalize_in_an_enclave_with_broker() external {
        vm.prank(admin);
        hub.setTeeBroker(broker);
        bytes32 taskid = openTask(withTee(trusting(1)));
        bytes memory byBroker = authorize(broker, workers[0], taskid, enclave);
        bytes memory byEnclave = enclaveSign(workers[0], taskid, DIGEST);
        remember();
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", enclave, byEnclave, byBroker);
        assertDelta(workers[0], int256(POOL_PRICE * 95 / 100), 0, "worker");
        assertDelta(scheduler, int256(SCHEDULER_STAKE + POOL_PRICE * 5 / 100), -int256(SCHEDULER_STAKE), "scheduler");
        assertSolvent();
    }

    // ------------------------------------------------------------------ claim

    function test_claim_refusals() external {
        bytes32 taskid = openTask(trusting(1));
        vm.warp(START + 10 * T - 1);
        expectEmptyRevert(); // early
        hub.claim(taskid);
        expectEmptyRevert(); // no such task
        hub.claim(keccak256("no task"));
        vm.warp(START + 10 * T);
        hub.claim(taskid);
        assertStatus(taskid, TaskStatus.FAILED);
        expectEmptyRevert(); // twice
        hub.claim(taskid);

        vm.warp(START);
        bytes32 completed = openTask(trusting(1));
        complete(workers[0], completed);
        vm.warp(START + 10 * T);
        expectEmptyRevert(); // COMPLETED
        hub.claim(completed);
    }

    function test_claim_arrays_are_all_or_nothing() external {
        Orders memory o = makeOrders();
        o.request.volume = 4;
        bytes32 dealid = signAndMatch(o);
        bytes32[] memory tasks = new bytes32[](2);
        tasks[0] = hub.initialize(dealid, 0);
        tasks[1] = hub.initialize(dealid, 1);
        vm.warp(START + 10 * T);
        remember();
        assertTrue(hub.claimArray(tasks), "returns true");
        assertDelta(requester, int256(2 * TASK_PRICE), -int256(2 * TASK_PRICE), "requester");

        bytes32[] memory deals = new bytes32[](2);
        uint256[] memory indexes = new uint256[](2);
        (deals[0], deals[1], indexes[0], indexes[1]) = (dealid, dealid, 2, 1);
        expectEmptyRevert(); // the second was claimed before
        hub.initializeAndClaimArray(deals, indexes);
        indexes[1] = 3;
        remember();
        assertTrue(hub.initializeAndClaimArray(deals, indexes), "returns true");
        assertDelta(requester, int256(2 * TASK_PRICE), -int256(2 * TASK_PRICE), "requester");
        assertEq(hub.frozenOf(requester), 0, "nothing left frozen");
        expectEmptyRevert();
        hub.initializeAndClaimArray(deals, new uint256[](1));
        assertSolvent();
    }
}
