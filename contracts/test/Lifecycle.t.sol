// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

/// @notice Whole lives of tasks, with the change of everybody's account to the nRLC, and every event in its order.
contract LifecycleTest is Market {
    bytes32 internal constant DIGEST = keccak256("result");
    bytes32 internal constant WRONG = keccak256("wrong result");

    function trusting(uint256 trust) internal returns (Orders memory o) {
        o = makeOrders();
        o.request.trust = trust;
    }

    function test_one_worker() external {
        remember();
        bytes32 taskid = openTask(trusting(1));
        complete(workers[0], taskid);
        assertDelta(requester, -int256(TASK_PRICE), 0, "requester");
        assertDelta(appOwner, int256(APP_PRICE), 0, "app owner");
        assertDelta(datasetOwner, int256(DATASET_PRICE), 0, "dataset owner");
        assertDelta(workers[0], int256(POOL_PRICE * 95 / 100), 0, "worker");
        assertDelta(scheduler, int256(POOL_PRICE * 5 / 100), 0, "scheduler");
        assertEq(hub.viewScore(workers[0]), 0, "no reputation without replication");
        assertSolvent();
    }

    function test_sponsor_pays_and_nothing_of_the_requester_moves() external {
        Orders memory o = signOrders(trusting(1));
        remember();
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request);
        complete(workers[0], hub.initialize(dealid, 0));
        assertDelta(sponsor, -int256(TASK_PRICE), 0, "sponsor");
        assertDelta(requester, 0, 0, "requester");
        assertSolvent();
    }

    function test_three_workers_trust_5() external {
        remember();
        bytes32 taskid = openTask(trusting(5));
        for (uint256 i = 0; i < 3; ++i) {
            contribute(workers[i], taskid, DIGEST);
        }
        for (uint256 i = 0; i < 3; ++i) {
            reveal(workers[i], taskid, DIGEST);
        }
        finalize(taskid);
        uint256 share = POOL_PRICE * 95 / 100;
        for (uint256 i = 0; i < 3; ++i) {
            assertDelta(workers[i], int256(share / 3), 0, "worker");
            assertEq(hub.viewScore(workers[i]), 1, "score");
        }
        // The scheduler gets its 5 % and the 2 nRLC that three do not divide.
        assertDelta(scheduler, int256(POOL_PRICE - share / 3 * 3), 0, "scheduler");
        assertDelta(requester, -int256(TASK_PRICE), 0, "requester");
        assertSolvent();
    }

    function test_four_good_and_one_slashed() external {
        remember();
        bytes32 taskid = openTask(trusting(5));
        contribute(workers[0], taskid, WRONG);
        for (uint256 i = 1; i < 5; ++i) {
            contribute(workers[i], taskid, DIGEST);
        }
        for (uint256 i = 1; i < 5; ++i) {
            reveal(workers[i], taskid, DIGEST);
        }
        finalize(taskid);
        uint256 pot = POOL_PRICE + WORKER_STAKE;
        uint256 reward = pot * 95 / 100 / 4;
        assertDelta(workers[0], -int256(WORKER_STAKE), 0, "liar");
        for (uint256 i = 1; i < 5; ++i) {
            assertDelta(workers[i], int256(reward), 0, "worker");
        }
        assertDelta(scheduler, int256(pot - 4 * reward), 0, "scheduler");
        assertSolvent();
    }

    function test_a_winner_that_does_not_reveal_is_slashed() external {
        bytes32 taskid = openTask(trusting(3));
        contribute(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        vm.warp(START + 2 * T);
        remember();
        finalize(taskid);
        uint256 pot = POOL_PRICE + WORKER_STAKE;
        assertDelta(workers[0], int256(WORKER_STAKE + pot * 95 / 100), -int256(WORKER_STAKE), "worker");
        assertDelta(workers[1], 0, -int256(WORKER_STAKE), "silent");
        assertSolvent();
    }

    function test_reputation_grows_by_one_and_falls_by_a_third() external {
        for (uint256 round = 0; round < 5; ++round) {
            bytes32 taskid = openTask(trusting(3));
            contribute(workers[0], taskid, DIGEST);
            contribute(workers[1], taskid, DIGEST);
            reveal(workers[0], taskid, DIGEST);
            reveal(workers[1], taskid, DIGEST);
            finalize(taskid);
        }
        assertEq(hub.viewScore(workers[0]), 5, "score after five");
        bytes32 last = openTask(trusting(3));
        contribute(workers[0], last, DIGEST);
        contribute(workers[1], last, DIGEST);
        reveal(workers[1], last, DIGEST);
        vm.warp(START + 2 * T);
        finalize(last);
        assertEq(hub.viewScore(workers[0]), 3, "two thirds of five");
        assertEq(hub.viewScore(workers[1]), 6, "score after six");
    }

    function test_rewards_follow_the_logarithm_of_weight() external {
        earnScore(workers[0], workers[5], 15); // weight 15/3 - 1 = 4, logarithm 2
        assertEq(hub.viewScore(workers[0]), 15, "score");
        bytes32 taskid = openTask(trusting(9));
        contribute(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, DIGEST); // 4 * 2 * 9 > 9 * 8 does not hold
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.ACTIVE), "not yet");
        contribute(workers[2], taskid, DIGEST); // 4 * 2 * 2 * 9 > 17 * 8
        assertEq(hub.viewContribution(taskid, workers[0]).weight, 2, "weight");
        for (uint256 i = 0; i < 3; ++i) {
            reveal(workers[i], taskid, DIGEST);
        }
        remember();
        finalize(taskid);
        uint256 share = POOL_PRICE * 95 / 100;
        assertDelta(
            workers[0], int256(WORKER_STAKE + share * 2 / 4), -int256(WORKER_STAKE), "double share for the known"
        );
        assertDelta(workers[1], int256(WORKER_STAKE + share / 4), -int256(WORKER_STAKE), "single share");
        assertSolvent();
    }

    function earnScore(address a, address b, uint256 rounds) private {
        for (uint256 i = 0; i < rounds; ++i) {
            bytes32 taskid = openTask(trusting(4));
            contribute(a, taskid, DIGEST);
            contribute(b, taskid, DIGEST);
            reveal(a, taskid, DIGEST);
            reveal(b, taskid, DIGEST);
            finalize(taskid);
        }
    }

    /// @dev Numbers beyond what a deal and a task usually keep: a high tag, an index above 2^32.
    function test_a_deal_of_large_numbers_lives_as_any_other() external {
        Orders memory o = trusting(1);
        uint256 volume = 1 << 33;
        (o.app.appprice, o.dataset.datasetprice, o.workerpool.workerpoolprice) = (1, 2, 10);
        (o.app.volume, o.dataset.volume, o.workerpool.volume, o.request.volume) = (volume, volume, volume, volume);
        o.request.tag = bytes32(uint256(1) << 255);
        o.workerpool.tag |= o.request.tag;
        o.request.beneficiary = stranger;
        o = signOrders(o);
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request);
        bytes32 taskid = hub.initialize(dealid, volume - 1);
        remember();
        complete(workers[0], taskid);
        assertDelta(sponsor, 0, -13, "sponsor");
        assertDelta(appOwner, 1, 0, "app owner");
        assertDelta(datasetOwner, 2, 0, "dataset owner");
        assertDelta(workers[0], 9, 0, "worker");
        assertDelta(scheduler, 4, -3, "scheduler");
        Task memory t = hub.viewTask(taskid);
        assertEq(t.idx, volume - 1, "index");
        assertEq(t.dealid, dealid, "deal");
        assertEq(t.contributionDeadline, START + 7 * T, "contribution deadline");
        assertEq(t.revealDeadline, START + 2 * T, "reveal deadline");
        assertEq(t.finalDeadline, START + 10 * T, "final deadline");
        assertEq(t.results, RESULTS, "results");
        taskid = hub.initialize(dealid, 0);
        vm.warp(START + 10 * T);
        hub.claim(taskid);
        assertDelta(sponsor, 13, -26, "refunded");
        assertSolvent();
    }

    // ------------------------------------------------------------------ failure and kitty

    function test_claim_refunds_all_but_the_scheduler() external {
        remember();
        bytes32 taskid = openTask(trusting(5));
        contribute(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, WRONG);
        vm.warp(START + 10 * T);
        hub.claim(taskid);
        assertDelta(requester, 0, 0, "requester");
        assertDelta(workers[0], 0, 0, "worker");
        assertDelta(workers[1], 0, 0, "worker");
        assertDelta(scheduler, -int256(SCHEDULER_STAKE), 0, "scheduler");
        assertDelta(hub.kitty_address(), 0, int256(SCHEDULER_STAKE), "kitty");
        assertSolvent();
    }

    /// @dev The stake of a failed task of this price goes to the kitty: 30 % of it.
    function failTask(uint256 poolPrice) internal {
        Orders memory o = trusting(1);
        o.workerpool.workerpoolprice = poolPrice;
        o.request.workerpoolmaxprice = poolPrice;
        bytes32 taskid = openTask(o);
        uint256 now_ = block.timestamp;
        vm.warp(now_ + 10 * T);
        hub.claim(taskid);
    }

    function test_bag_of_tasks_with_mixed_ends() external {
        Orders memory o = trusting(1);
        o.request.volume = 3;
        remember();
        bytes32 dealid = signAndMatch(o);
        complete(workers[0], hub.initialize(dealid, 0));
        bytes32 second = hub.initialize(dealid, 1);
        bytes memory authorization = authorize(scheduler, workers[1], second, address(0));
        vm.prank(workers[1]);
        hub.contributeAndFinalize(second, DIGEST, RESULTS, "", address(0), "", authorization);
        bytes32[] memory deals = new bytes32[](1);
        uint256[] memory indexes = new uint256[](1);
        (deals[0], indexes[0]) = (dealid, 2);
        vm.warp(START + 10 * T);
        hub.initializeAndClaimArray(deals, indexes);
        assertDelta(requester, -2 * int256(TASK_PRICE), 0, "requester");
        assertDelta(workers[0], int256(POOL_PRICE * 95 / 100), 0, "first worker");
        assertDelta(workers[1], int256(POOL_PRICE * 95 / 100), 0, "second worker");
        assertDelta(scheduler, 2 * int256(POOL_PRICE * 5 / 100) - int256(SCHEDULER_STAKE), 0, "scheduler");
        assertSolvent();
    }

    // ------------------------------------------------------------------ events

    function test_events_of_finalize_in_order() external {
        bytes32 taskid = openTask(trusting(5));
        contribute(workers[0], taskid, WRONG);
        for (uint256 i = 1; i < 5; ++i) {
            contribute(workers[i], taskid, DIGEST);
        }
        for (uint256 i = 1; i < 5; ++i) {
            reveal(workers[i], taskid, DIGEST);
        }
        vm.recordLogs();
        finalize(taskid);
        string[30] memory expected = [
            "Seize(address,uint256,bytes32)", // sponsor
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)", // app
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)", // dataset
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)", // scheduler's stake
            "Seize(address,uint256,bytes32)",
            "FaultyContribution(address,bytes32)", // workers[0]
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)",
            "AccurateContribution(address,bytes32)", // workers[1]
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)",
            "AccurateContribution(address,bytes32)", // workers[2]
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)",
            "AccurateContribution(address,bytes32)", // workers[3]
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)",
            "AccurateContribution(address,bytes32)", // workers[4]
            "Transfer(address,address,uint256)"
        ];
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 32, "number of logs");
        for (uint256 i = 0; i < expected.length; ++i) {
            assertEq(logs[i].topics[0], keccak256(bytes(expected[i])), string.concat(vm.toString(i), expected[i]));
        }
        assertEq(logs[30].topics[0], keccak256("Reward(address,uint256,bytes32)"), "scheduler");
        assertEq(logs[31].topics[0], keccak256("TaskFinalize(bytes32,bytes)"), "last");
        assertEq(logs[31].topics[1], taskid, "taskid");
        assertEq(abi.decode(logs[31].data, (bytes)), RESULTS, "results");
        (address who, uint256 amount, bytes32 ref) = abi.decode(logs[0].data, (address, uint256, bytes32));
        assertEq(who, requester, "seized of");
        assertEq(amount, TASK_PRICE, "seized");
        assertEq(ref, taskid, "for");
    }

    function test_events_of_contribute_reveal_initialize() external {
        bytes32 dealid = signAndMatch(trusting(1));
        vm.recordLogs();
        bytes32 taskid = hub.initialize(dealid, 0);
        contribute(workers[0], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 6, "number of logs");
        assertEq(logs[0].topics[0], keccak256("TaskInitialize(bytes32,address)"), "initialize");
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(pool))), "pool");
        assertEq(logs[1].topics[0], keccak256("Transfer(address,address,uint256)"), "transfer");
        assertEq(logs[2].topics[0], keccak256("Lock(address,uint256)"), "lock");
        assertEq(logs[3].topics[0], keccak256("TaskContribute(bytes32,address,bytes32)"), "contribute");
        assertEq(logs[3].data, abi.encode(resultHash(taskid, DIGEST)), "hash");
        assertEq(logs[4].topics[0], keccak256("TaskConsensus(bytes32,bytes32)"), "consensus");
        assertEq(logs[5].topics[0], keccak256("TaskReveal(bytes32,address,bytes32)"), "reveal");
        assertEq(logs[5].data, abi.encode(DIGEST), "digest");
    }

    function test_events_of_claim_in_order() external {
        bytes32 taskid = openTask(trusting(5));
        contribute(workers[0], taskid, DIGEST);
        vm.warp(START + 10 * T);
        vm.recordLogs();
        hub.claim(taskid);
        string[8] memory expected = [
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "Seize(address,uint256,bytes32)",
            "Reward(address,uint256,bytes32)",
            "Lock(address,uint256)",
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "TaskClaimed(bytes32)"
        ];
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, expected.length, "number of logs");
        for (uint256 i = 0; i < expected.length; ++i) {
            assertEq(logs[i].topics[0], keccak256(bytes(expected[i])), expected[i]);
        }
    }

    function test_events_of_contributeAndFinalize_in_order() external {
        Orders memory o = withoutDataset(trusting(1));
        bytes32 taskid = openTask(o);
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        vm.recordLogs();
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", address(0), "", authorization);
        string[13] memory expected = [
            "Seize(address,uint256,bytes32)",
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)", // app
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)",
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)", // worker
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)", // scheduler
            "TaskContribute(bytes32,address,bytes32)",
            "TaskConsensus(bytes32,bytes32)",
            "TaskReveal(bytes32,address,bytes32)",
            "TaskFinalize(bytes32,bytes)"
        ];
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, expected.length, "number of logs");
        for (uint256 i = 0; i < expected.length; ++i) {
            assertEq(logs[i].topics[0], keccak256(bytes(expected[i])), expected[i]);
        }
    }

    // ------------------------------------------------------------------ long params

    function test_long_params_cost_only_the_match() external {
        Orders memory o = trusting(1);
        o.request.params = string(new bytes(20_000));
        bytes32 taskid = openTask(o);
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        vm.prank(workers[0]);
        uint256 before = gasleft();
        hub.contribute(
            taskid, resultHash(taskid, DIGEST), resultSeal(workers[0], taskid, DIGEST), address(0), "", authorization
        );
        assertTrue(before - gasleft() < 300_000, "contribute with 20 kB of params");
        assertEq(bytes(hub.viewDeal(hub.viewTask(taskid).dealid).params).length, 20_000, "params");
    }

    function testFuzz_every_nRLC_is_accounted_for(uint64 appPrice, uint64 poolPrice, uint8 ratio, uint8 stakeRatio)
        external
    {
        vm.prank(scheduler);
        (bool ok,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", stakeRatio, ratio % 101));
        assertTrue(ok, "policy");
        Orders memory o = trusting(5);
        o.app.appprice = appPrice % 1e11;
        o.request.appmaxprice = o.app.appprice;
        o.workerpool.workerpoolprice = poolPrice % 1e11;
        o.request.workerpoolmaxprice = o.workerpool.workerpoolprice;
        remember();
        bytes32 taskid = openTask(o);
        contribute(workers[0], taskid, WRONG);
        for (uint256 i = 1; i < 5; ++i) {
            contribute(workers[i], taskid, DIGEST);
        }
        for (uint256 i = 1; i < 5; ++i) {
            reveal(workers[i], taskid, DIGEST);
        }
        finalize(taskid);
        uint256 stake = o.workerpool.workerpoolprice * stakeRatio / 100;
        uint256 pot = o.workerpool.workerpoolprice + stake;
        uint256 reward = pot * (100 - ratio % 101) / 100 / 4;
        assertDelta(workers[0], -int256(stake), 0, "liar");
        assertDelta(workers[4], int256(reward), 0, "worker");
        assertDelta(scheduler, int256(pot - 4 * reward), 0, "scheduler");
        assertSolvent();
    }
}

/// @notice The same lives in a strict hub, and the kitty that pays there.
contract StrictLifecycleTest is LifecycleTest {
    function deployHub(address previousHub) internal override returns (IHub) {
        return deployHub(address(rlc), previousHub, true);
    }

    function kittyPart(uint256 expected) private {
        uint256 kitty = hub.frozenOf(hub.kitty_address());
        bytes32 taskid = openTask(trusting(1));
        contribute(workers[0], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        remember();
        finalize(taskid);
        assertDelta(hub.kitty_address(), 0, -int256(expected), "kitty");
        assertDelta(
            scheduler, int256(SCHEDULER_STAKE + POOL_PRICE * 5 / 100 + expected), -int256(SCHEDULER_STAKE), "scheduler"
        );
        assertTrue(expected <= kitty, "never more than there is");
        assertSolvent();
    }

    function test_kitty_gives_ten_percent_of_much() external {
        failTask(50e9); // 15 RLC
        kittyPart(1.5e9);
    }

    function test_kitty_gives_one_rlc_of_little() external {
        failTask(20e9); // 6 RLC
        kittyPart(1e9);
    }

    function test_kitty_gives_the_rest_of_less() external {
        failTask(2e9); // 0.6 RLC
        kittyPart(0.6e9);
        kittyPart(0);
    }

    function test_events_of_the_kittys_part() external {
        failTask(2e9);
        bytes32 taskid = openTask(withoutDataset(trusting(1)));
        contribute(workers[0], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        vm.recordLogs();
        finalize(taskid);
        string[8] memory expected = [
            "Seize(address,uint256,bytes32)", // sponsor
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)", // app
            "Transfer(address,address,uint256)",
            "Unlock(address,uint256)", // scheduler's stake
            "Seize(address,uint256,bytes32)", // kitty
            "Transfer(address,address,uint256)",
            "Reward(address,uint256,bytes32)" // its part
        ];
        Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < expected.length; ++i) {
            assertEq(logs[i].topics[0], keccak256(bytes(expected[i])), string.concat(vm.toString(i), expected[i]));
        }
        assertEq(logs[5].data, abi.encode(hub.kitty_address(), 0.6e9, taskid), "from the kitty");
        assertEq(logs[7].data, abi.encode(scheduler, 0.6e9, taskid), "to the scheduler");
    }
}
