// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Consumer} from "./base/Actors.sol";

/// @notice A group that burns whatever gas it gets.
contract GasBurningGroup {
    function keyHasPurpose(bytes32, uint256) external view returns (bool) {
        while (gasleft() > 0) {}
        return true;
    }
}

/// @notice What an attacker would try, and what it comes to. Where closing a weak point of the original would show in the
/// original's own tests, the strict hub keeps it open, and a test shows that too.
contract AttacksTest is Market {
    bytes32 private constant DIGEST = keccak256("result");
    bytes32 private constant WRONG = keccak256("wrong result");
    bytes8 private constant POLICY_MAGIC = 0xffc943af21fb3e77;

    function useStrictHub() private {
        hub = deployHub(address(rlc), address(0), true);
        createCategories();
        fund(requester);
        fund(scheduler);
        fund(sponsor);
        for (uint256 i = 0; i < workers.length; ++i) {
            fund(workers[i]);
        }
    }

    function trusting(uint256 trust) private returns (Orders memory o) {
        o = makeOrders();
        o.request.trust = trust;
    }

    // ------------------------------------------------------------------ kitty

    /// @dev Fails a task of 20 RLC, then completes six free tasks with itself. Returns how much poorer it is.
    function failThenFarmTheKitty() private returns (uint256 lost) {
        uint256 before = hub.viewAccount(scheduler).stake;
        Orders memory o = trusting(1);
        o.workerpool.workerpoolprice = 20e9;
        o.request.workerpoolmaxprice = 20e9;
        bytes32 taskid = openTask(o);
        vm.warp(block.timestamp + 10 * T);
        hub.claim(taskid);
        for (uint256 i = 0; i < 6; ++i) {
            o = withoutDataset(makeOrders());
            o.app.appprice = 0;
            o.workerpool.workerpoolprice = 0;
            complete(workers[0], openTask(o));
        }
        return before - hub.viewAccount(scheduler).stake;
    }

    function test_slashed_scheduler_wins_nothing_back_by_dealing_with_itself() external {
        assertEq(failThenFarmTheKitty(), 6e9, "the whole penalty");
        assertEq(hub.frozenOf(hub.kitty_address()), 6e9, "stays in the kitty");
    }

    function test_strict_hub_lets_a_slashed_scheduler_win_all_back() external {
        useStrictHub();
        assertEq(failThenFarmTheKitty(), 0, "no penalty");
        assertEq(hub.frozenOf(hub.kitty_address()), 0, "the kitty is empty");
    }

    // ------------------------------------------------------------------ long params, many workers

    function test_long_params_do_not_make_contributions_dearer() external {
        uint256 short = gasOfContribution("");
        assertTrue(gasOfContribution(string(new bytes(20_000))) < short + 1_000, "20 kB of params");
    }

    function gasOfContribution(string memory params) private returns (uint256 used) {
        Orders memory o = trusting(1);
        o.request.params = params;
        bytes32 taskid = openTask(o);
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        bytes32 seal = resultSeal(workers[0], taskid, DIGEST);
        vm.prank(workers[0]);
        used = gasleft();
        hub.contribute(taskid, resultHash(taskid, DIGEST), seal, address(0), "", authorization);
        used -= gasleft();
    }

    // The gas of twenty workers is in Gas.t.sol, where each call is a transaction of its own.

    // ------------------------------------------------------------------ wrong results

    /// @dev Two workers agree on a result that they never reveal; the scheduler reopens the task and lets it fail.
    function rejectThenFail() private returns (bytes32 taskid) {
        taskid = openTask(trusting(3));
        contribute(workers[0], taskid, WRONG);
        contribute(workers[1], taskid, WRONG);
        vm.warp(block.timestamp + 2 * T);
        vm.prank(scheduler);
        hub.reopen(taskid);
        vm.warp(block.timestamp + 8 * T);
        remember();
        hub.claim(taskid);
    }

    function test_rejected_workers_lose_their_stake_when_the_task_fails() external {
        rejectThenFail();
        assertDelta(workers[0], 0, -int256(WORKER_STAKE), "worker");
        assertDelta(workers[1], 0, -int256(WORKER_STAKE), "worker");
        assertDelta(hub.kitty_address(), 0, int256(SCHEDULER_STAKE + 2 * WORKER_STAKE), "kitty");
        assertSolvent();
    }

    function test_rejected_workers_lose_a_third_of_their_score_when_the_task_fails() external {
        for (uint256 i = 0; i < 3; ++i) {
            replicate(workers[0], workers[1]);
        }
        rejectThenFail();
        assertEq(hub.viewScore(workers[0]), 2, "score");
        assertEq(hub.viewScoreIn(workers[0], pool), 2, "score in the pool");
    }

    function test_strict_hub_gives_rejected_workers_their_stake_back() external {
        useStrictHub();
        rejectThenFail();
        assertDelta(workers[0], int256(WORKER_STAKE), -int256(WORKER_STAKE), "worker");
        assertDelta(hub.kitty_address(), 0, int256(SCHEDULER_STAKE), "kitty");
        assertEq(hub.viewScore(workers[0]), 0, "score");
        assertSolvent();
    }

    function test_hash_shown_as_digest_proves_nothing() external {
        bytes32 taskid = openTask(trusting(3));
        bytes32 hash = resultHash(taskid, DIGEST);
        contribute(workers[0], taskid, DIGEST);
        // The second sealed the public hash of the first, whose digest it does not know.
        bytes memory authorization = authorize(scheduler, workers[1], taskid, address(0));
        vm.prank(workers[1]);
        hub.contribute(taskid, hash, resultSeal(workers[1], taskid, hash), address(0), "", authorization);
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.REVEALING), "consensus");
        expectEmptyRevert();
        reveal(workers[1], taskid, hash);
        reveal(workers[0], taskid, DIGEST);
        expectEmptyRevert();
        reveal(workers[1], taskid, hash);
        expectEmptyRevert();
        reveal(workers[1], taskid, DIGEST);
    }

    // ------------------------------------------------------------------ scores

    /// @dev A task that two workers agree on.
    function replicate(address first, address second) private {
        bytes32 taskid = openTask(trusting(4));
        contribute(first, taskid, DIGEST);
        contribute(second, taskid, DIGEST);
        reveal(first, taskid, DIGEST);
        reveal(second, taskid, DIGEST);
        finalize(taskid);
    }

    /// @dev A scheduler of its own makes two of its workers agree with each other fifteen times, for nothing.
    function farmScores() private {
        address farm = pools.createWorkerpool(stranger, "farm");
        for (uint256 n = 0; n < 15; ++n) {
            Orders memory o = withoutDataset(trusting(4));
            o.app.appprice = 0;
            o.workerpool.workerpool = farm;
            o.workerpool.workerpoolprice = 0;
            o = signOrders(o);
            o.workerpool.sign = signBy(stranger, digestOf(Typed.hash(o.workerpool)));
            bytes32 taskid = hub.initialize(matchOrders(o), 0);
            for (uint256 i = 0; i < 2; ++i) {
                bytes memory authorization = authorize(stranger, workers[i], taskid, address(0));
                vm.prank(workers[i]);
                hub.contribute(
                    taskid,
                    resultHash(taskid, DIGEST),
                    resultSeal(workers[i], taskid, DIGEST),
                    address(0),
                    "",
                    authorization
                );
            }
            reveal(workers[0], taskid, DIGEST);
            reveal(workers[1], taskid, DIGEST);
            vm.prank(stranger);
            hub.finalize(taskid, RESULTS, "");
        }
        assertEq(hub.viewScore(workers[0]), 15, "farmed score");
    }

    function test_score_farmed_elsewhere_has_no_weight() external {
        farmScores();
        assertEq(hub.viewScoreIn(workers[0], pool), 0, "no score here");
        // Trust 8 takes three fresh workers; two with a score of 15 would do (weight 4 each).
        bytes32 taskid = openTask(trusting(8));
        contribute(workers[0], taskid, WRONG);
        contribute(workers[1], taskid, WRONG);
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.ACTIVE), "no consensus of two");
        assertEq(hub.viewContribution(taskid, workers[0]).weight, 1, "fresh weight");
    }

    function test_score_earned_here_has_weight() external {
        for (uint256 i = 0; i < 15; ++i) {
            replicate(workers[0], workers[1]);
        }
        assertEq(hub.viewScoreIn(workers[0], pool), 15, "score here");
        bytes32 taskid = openTask(trusting(8));
        contribute(workers[0], taskid, DIGEST);
        contribute(workers[1], taskid, DIGEST);
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.REVEALING), "consensus of two");
    }

    function test_strict_hub_counts_scores_farmed_elsewhere() external {
        useStrictHub();
        farmScores();
        bytes32 taskid = openTask(trusting(8));
        contribute(workers[0], taskid, WRONG);
        contribute(workers[1], taskid, WRONG);
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.REVEALING), "consensus of two");
        assertEq(hub.viewScoreIn(workers[0], pool), 0, "not kept");
    }

    // ------------------------------------------------------------------ policy changed between signature and match

    function commitment(uint64 stakeRatio, uint8 rewardRatio, uint120 rest) private pure returns (bytes32) {
        return bytes32(abi.encodePacked(POLICY_MAGIC, stakeRatio, rewardRatio, rest));
    }

    function changePolicy(uint256 stakeRatio, uint256 rewardRatio) private {
        vm.prank(scheduler);
        (bool ok,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", stakeRatio, rewardRatio));
        assertTrue(ok, "changePolicy");
    }

    function test_policy_that_a_request_commits_to_cannot_change_under_it() external {
        Orders memory o = makeOrders();
        o.request.salt = commitment(35, 5, 1);
        o = signOrders(o);
        changePolicy(350, 100);
        vm.expectRevert(abi.encodeWithSignature("PolicyChanged(uint256,uint256)", 350, 100));
        matchOrders(o);
        changePolicy(35, 6);
        vm.expectRevert(abi.encodeWithSignature("PolicyChanged(uint256,uint256)", 35, 6));
        matchOrders(o);
        changePolicy(35, 5);
        matchOrders(o);
    }

    function test_policy_that_a_workerpool_order_commits_to_cannot_change_under_it() external {
        Orders memory o = makeOrders();
        o.workerpool.salt = commitment(35, 5, 7);
        o = signOrders(o);
        changePolicy(36, 5);
        vm.expectRevert(abi.encodeWithSignature("PolicyChanged(uint256,uint256)", 36, 5));
        matchOrders(o);
        changePolicy(35, 5);
        matchOrders(o);
    }

    function test_salts_that_commit_to_nothing_accept_any_policy() external {
        Orders memory o = makeOrders();
        o.request.salt = commitment(1, 1, 1) ^ bytes32(uint256(1) << 255);
        o = signOrders(o);
        changePolicy(350, 100);
        matchOrders(o);
    }

    function test_magic_of_commitments_is_what_the_documentation_says() external pure {
        assertEq(
            bytes32(bytes8(keccak256("iExec PoCo workerpool policy, 1"))), bytes32(POLICY_MAGIC), "first eight bytes"
        );
    }

    // ------------------------------------------------------------------ signatures, groups

    function test_delegated_account_can_sign_orders() external {
        // EIP-7702: the account runs the code of another, which here knows no ERC-1271.
        vm.etch(requester, abi.encodePacked(hex"ef0100", address(rlc)));
        vm.etch(scheduler, abi.encodePacked(hex"ef0100", address(rlc)));
        bytes32 taskid = openTask(makeOrders());
        contribute(workers[0], taskid, DIGEST);
        Orders memory o = signOrders(makeOrders());
        o.request.sign = signBy(stranger, digestOf(Typed.hash(o.request)));
        expectReason("iExecV5-matchOrders-0x50");
        matchOrders(o);
    }

    function test_nobody_is_a_requester_without_signature() external {
        Orders memory o = signOrders(makeOrders());
        o.request.requester = address(0);
        o.request.sign = new bytes(65);
        expectReason("iExecV5-matchOrders-0x50");
        matchOrders(o);
    }

    function test_signature_remembered_from_a_match_ends_with_the_ownership() external {
        Orders memory o = makeOrders();
        o.request.volume = 1;
        signAndMatch(o);
        // Nothing needs to be shown any more for the app order, while its owner stays.
        Orders memory next = makeOrders();
        next.app = o.app;
        next = signOrders(next);
        next.app.sign = "";
        uint256 state = vm.snapshotState();
        matchOrders(next);
        vm.revertToState(state);

        vm.prank(appOwner);
        apps.transferFrom(appOwner, stranger, uint160(app));
        expectReason("invalid-signature-format");
        matchOrders(next);
        next.app.sign = signBy(appOwner, digestOf(Typed.hash(next.app)));
        expectReason("iExecV5-matchOrders-0x21");
        matchOrders(next);
        next.app.sign = signBy(stranger, digestOf(Typed.hash(next.app)));
        matchOrders(next);
    }

    function test_group_cannot_burn_the_gas_of_a_match() external {
        Orders memory o = makeOrders();
        o.app.requesterrestrict = address(new GasBurningGroup());
        o = signOrders(o);
        uint256 before = gasleft();
        (bool matched,) =
            address(hub).call(abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request)));
        assertTrue(!matched, "refused");
        assertTrue(before - gasleft() < 200_000, "at most 100,000 for the group");
    }

    // ------------------------------------------------------------------ callback

    function test_return_bomb_makes_finalization_no_dearer() external {
        uint256 good = gasOfFinalization(Consumer.Mood.REVERT);
        // What the target burns of its own 200,000 is all that it can cost.
        assertTrue(gasOfFinalization(Consumer.Mood.BOMB) < good + 200_000, "a bomb costs its own gas");
    }

    function gasOfFinalization(Consumer.Mood mood) private returns (uint256 used) {
        Consumer consumer = new Consumer();
        consumer.set(mood);
        Orders memory o = trusting(1);
        o.request.callback = address(consumer);
        bytes32 taskid = openTask(o);
        bytes memory data = abi.encode("data");
        contribute(workers[0], taskid, keccak256(data));
        reveal(workers[0], taskid, keccak256(data));
        vm.prank(scheduler);
        used = gasleft();
        hub.finalize(taskid, RESULTS, data);
        used -= gasleft();
    }

    // ------------------------------------------------------------------ data kept as code

    function dealAddress(bytes32 dealid) private view returns (address) {
        bytes32 creationCodeHash = keccak256(hex"5f5f5f5f335afa503d5f5f3e3d5ff3");
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", address(hub), dealid, creationCodeHash)))));
    }

    function test_calling_a_deal_as_code_does_nothing() external {
        // Params that would send all coins of the contract to the caller and delete it, were they run.
        Orders memory o = makeOrders();
        o.request.params = string(bytes(hex"33ff33ff33ff33ff"));
        address deal = dealAddress(signAndMatch(o));
        assertEq(uint256(uint8(deal.code[0])), 0, "begins with STOP");
        vm.deal(address(this), 1);
        (bool ok, bytes memory answer) = deal.call{value: 1}(hex"12345678");
        assertTrue(ok && answer.length == 0, "nothing happens");
        assertEq(deal.balance, 1, "no SELFDESTRUCT");
    }

    function test_result_worded_as_a_deal_is_none() external {
        // A stranger publishes bytes that, read as a deal, would have a task of every index around 0x01010101, at
        // prices and of a sponsor of its choice.
        bytes32 taskid = openTask(withoutDataset(trusting(1)));
        bytes memory forged = new bytes(600);
        for (uint256 i = 0; i < forged.length; ++i) {
            forged[i] = 0x01;
        }
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, DIGEST, forged, "", address(0), "", authorization);
        assertTrue(dealAddress(taskid).code.length > 600, "there is data where a deal would be");
        expectEmptyRevert();
        hub.initialize(taskid, 0x01010101);
        assertEq(hub.viewDeal(taskid).requester, address(0), "no deal");
        assertEq(hub.viewTask(taskid).results, forged, "a result");
    }

    function test_match_with_too_little_gas_leaves_no_half_deal() external {
        Orders memory o = makeOrders();
        o.request.params = string(new bytes(3_000));
        o = signOrders(o);
        bytes memory data = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        bool matched = false;
        for (uint256 gasLimit = 500_000; !matched; gasLimit += 1_013) {
            bytes memory answer;
            (matched, answer) = address(hub).call{gas: gasLimit}(data);
            if (!matched) continue;
            assertEq(hub.viewDeal(abi.decode(answer, (bytes32))).params, o.request.params, "complete");
        }
    }

    function test_nobody_but_a_creation_gets_an_answer_to_an_empty_call() external {
        signAndMatch(makeOrders()); // in the same transaction
        expectReason("fallback-disabled");
        (bool ok,) = address(hub).call("");
        ok;
    }
}
