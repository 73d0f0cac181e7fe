// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Reputation} from "./crowd/Stage.sol";

/// @notice Arithmetic and time where they end: nothing, dust, everything, more than that, and the last second.
contract EdgesTest is Market {
    bytes32 private constant GOOD = keccak256("good");
    bytes32 private constant BAD = keccak256("bad");
    Reputation private _reputation;

    /// @dev A strict hub, where reputation brought along has weight.
    function deployHub(address) internal override returns (IHub) {
        _reputation = new Reputation();
        return deployHub(address(rlc), address(_reputation), true);
    }

    function setPolicy(uint256 stakeRatio, uint256 rewardRatio) private {
        vm.prank(scheduler);
        (bool done,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", stakeRatio, rewardRatio));
        assertTrue(done, "changePolicy");
    }

    function setScore(address worker, uint256 score) private {
        _reputation.set(worker, score);
        hub.importScore(worker);
    }

    function withTrust(Orders memory o, uint256 trust) private pure returns (Orders memory) {
        o.request.trust = trust;
        o.workerpool.trust = trust;
        return o;
    }

    function withPrices(Orders memory o, uint256 appPrice, uint256 poolPrice) private pure returns (Orders memory) {
        o = withoutDataset(o);
        o.app.appprice = appPrice;
        o.request.appmaxprice = appPrice;
        o.workerpool.workerpoolprice = poolPrice;
        o.request.workerpoolmaxprice = poolPrice;
        return o;
    }

    function matched(Orders memory o) private returns (bool done, bytes32 dealid) {
        o = signOrders(o);
        bytes memory answer;
        (done, answer) =
            address(hub).call(abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request)));
        if (done) dealid = abi.decode(answer, (bytes32));
    }

    function contributed(address worker, bytes32 taskid, bytes32 digest) private returns (bool done) {
        bytes memory authorization = authorize(scheduler, worker, taskid, address(0));
        bytes memory data = abi.encodeCall(
            IHub.contribute,
            (taskid, resultHash(taskid, digest), resultSeal(worker, taskid, digest), address(0), "", authorization)
        );
        vm.prank(worker);
        (done,) = address(hub).call(data);
    }

    function statusOf(bytes32 taskid) private view returns (TaskStatus) {
        return hub.viewTask(taskid).status;
    }

    // ------------------------------------------------------------------ the last second

    /// @dev Whether the call is performed at a time; nothing stays of it.
    function performedAt(uint256 time, address who, bytes memory data) private returns (bool done) {
        uint256 state = vm.snapshotState();
        vm.warp(time);
        vm.prank(who);
        (done,) = address(hub).call(data);
        vm.revertToState(state);
        vm.warp(START);
    }

    function assertUntil(uint256 deadline, address who, bytes memory data, string memory what) private {
        assertTrue(performedAt(deadline - 1, who, data), string.concat(what, ": the second before"));
        assertTrue(!performedAt(deadline, who, data), string.concat(what, ": too late"));
        assertTrue(!performedAt(deadline + 1000 * T, who, data), string.concat(what, ": much too late"));
    }

    function assertFrom(uint256 time, address who, bytes memory data, string memory what) private {
        assertTrue(!performedAt(time - 1, who, data), string.concat(what, ": too early"));
        assertTrue(performedAt(time, who, data), string.concat(what, ": on time"));
    }

    function test_contributions_until_7_T() external {
        bytes32 taskid = openTask(makeOrders());
        address worker = workers[0];
        bytes memory authorization = authorize(scheduler, worker, taskid, address(0));
        bytes memory data = abi.encodeCall(
            IHub.contribute,
            (taskid, resultHash(taskid, GOOD), resultSeal(worker, taskid, GOOD), address(0), "", authorization)
        );
        assertUntil(START + 7 * T, worker, data, "contribute");
        data = abi.encodeCall(IHub.contributeAndFinalize, (taskid, GOOD, RESULTS, "", address(0), "", authorization));
        assertUntil(START + 7 * T, worker, data, "contributeAndFinalize");
    }

    function test_reveals_for_2_T_after_consensus_and_reopening_from_then_until_10_T() external {
        bytes32 taskid = openTask(makeOrders());
        contribute(workers[0], taskid, GOOD);
        assertUntil(START + 2 * T, workers[0], abi.encodeCall(IHub.reveal, (taskid, GOOD)), "reveal");
        bytes memory reopen = abi.encodeCall(IHub.reopen, (taskid));
        assertFrom(START + 2 * T, scheduler, reopen, "reopen");
        assertUntil(START + 10 * T, scheduler, reopen, "reopen");
    }

    function test_the_reveal_deadline_counts_from_the_last_possible_consensus() external {
        bytes32 taskid = openTask(makeOrders());
        vm.warp(START + 7 * T - 1);
        contribute(workers[0], taskid, GOOD);
        assertUntil(START + 9 * T - 1, workers[0], abi.encodeCall(IHub.reveal, (taskid, GOOD)), "reveal");
    }

    function test_finalization_when_all_or_from_the_reveal_deadline_some_have_revealed_until_10_T() external {
        bytes32 taskid = openTask(withTrust(makeOrders(), 3));
        contribute(workers[0], taskid, GOOD);
        contribute(workers[1], taskid, GOOD);
        reveal(workers[0], taskid, GOOD);
        bytes memory data = abi.encodeCall(IHub.finalize, (taskid, RESULTS, ""));
        assertFrom(START + 2 * T, scheduler, data, "one of two revealed");
        assertUntil(START + 10 * T, scheduler, data, "one of two revealed");
        reveal(workers[1], taskid, GOOD);
        assertTrue(performedAt(START, scheduler, data), "all revealed: at once");
        assertUntil(START + 10 * T, scheduler, data, "all revealed");
    }

    function test_claims_from_10_T() external {
        bytes memory active = abi.encodeCall(IHub.claim, (openTask(makeOrders())));
        bytes32 taskid = openTask(makeOrders());
        contribute(workers[0], taskid, GOOD);
        reveal(workers[0], taskid, GOOD);
        assertFrom(START + 10 * T, stranger, active, "ACTIVE");
        assertFrom(START + 10 * T, stranger, abi.encodeCall(IHub.claim, (taskid)), "REVEALING");
        assertTrue(performedAt(START + 1e9, stranger, active), "however late");
    }

    function test_deadlines_count_from_the_match_not_from_the_opening() external {
        bytes32 dealid = signAndMatch(makeOrders());
        vm.warp(START + 7 * T);
        bytes32 taskid = hub.initialize(dealid, 0);
        assertTrue(!contributed(workers[0], taskid, GOOD), "open, but too late to contribute");
        vm.warp(START + 10 * T);
        hub.claim(taskid);
    }

    // ------------------------------------------------------------------ consensus

    /// @dev Trust and scores at random, opinions at random: the formula, with numbers that cannot overflow.
    function testFuzz_consensus_is_the_formula(uint40[6] memory scores, uint16 trust, uint8 opinions) external {
        bytes32 taskid = openTask(withTrust(makeOrders(), trust));
        uint256 atLeastOne = trust == 0 ? 1 : trust;
        uint256[2] memory group;
        for (uint256 i = 0; i < 6; ++i) {
            address worker = workers[i];
            setScore(worker, uint256(scores[i]) >> (i * 6));
            uint256 third = (uint256(scores[i]) >> (i * 6)) / 3;
            uint256 weight = third > 3 ? third - 1 : 2;
            uint256 side = opinions >> i & 1;
            contribute(worker, taskid, side == 0 ? GOOD : BAD);
            group[side] = group[side] == 0 ? weight : group[side] * weight;
            uint256 log = 0;
            while (weight >> (log + 1) != 0) ++log;
            assertEq(hub.viewContribution(taskid, worker).weight, log, "weight");
            bool consensus = group[side] * atLeastOne > (1 + group[0] + group[1]) * (atLeastOne - 1);
            assertTrue((statusOf(taskid) == TaskStatus.REVEALING) == consensus, "consensus");
            if (consensus) {
                bytes32 winner = resultHash(taskid, side == 0 ? GOOD : BAD);
                assertEq(hub.viewTask(taskid).consensusValue, winner, "winner");
                return;
            }
        }
    }

    /// @dev However much reputation: the opinion that would overflow is refused, and money comes back.
    function test_weights_that_overflow_refuse_the_contribution_and_nothing_is_stuck() external {
        remember();
        bytes32 taskid = openTask(withTrust(makeOrders(), type(uint96).max));
        uint256 accepted = 0;
        for (uint256 i = 0; i < 6; ++i) {
            setScore(workers[i], type(uint256).max);
            if (contributed(workers[i], taskid, GOOD)) ++accepted;
        }
        assertTrue(accepted >= 2, "the first ones fit");
        assertTrue(accepted < 6 || statusOf(taskid) == TaskStatus.REVEALING, "no silent overflow");
        vm.warp(START + 10 * T);
        hub.claim(taskid);
        for (uint256 i = 0; i < 6; ++i) {
            assertDelta(workers[i], 0, 0, "worker");
        }
        assertDelta(requester, 0, 0, "requester");
        assertSolvent();
    }

    function test_no_trust_however_huge_keeps_money() external {
        uint256[4] memory trusts =
            [uint256(type(uint64).max), type(uint96).max, uint256(type(uint96).max) + 1, type(uint256).max];
        for (uint256 i = 0; i < trusts.length; ++i) {
            vm.warp(START);
            remember();
            (bool done, bytes32 dealid) = matched(withTrust(makeOrders(), trusts[i]));
            if (i < 2) assertTrue(done, "96 bits of trust are possible");
            if (!done) continue;
            assertEq(hub.viewDeal(dealid).trust, trusts[i], "trust");
            bytes32 taskid = hub.initialize(dealid, 0);
            for (uint256 j = 0; j < 6; ++j) {
                contributed(workers[j], taskid, GOOD);
            }
            assertEq(uint256(statusOf(taskid)), uint256(TaskStatus.ACTIVE), "six fresh workers are not enough");
            vm.warp(START + 10 * T);
            hub.claim(taskid);
            assertDelta(requester, 0, 0, "requester");
            assertDelta(workers[0], 0, 0, "worker");
            assertDelta(scheduler, -int256(SCHEDULER_STAKE), 0, "scheduler");
        }
    }

    // ------------------------------------------------------------------ reputation

    /// @dev One right and one silent winner; returns the scores afterwards.
    function judge(uint256 rightScore, uint256 silentScore) private returns (uint256, uint256) {
        setScore(workers[0], rightScore);
        setScore(workers[1], silentScore);
        bytes32 taskid = openTask(withTrust(makeOrders(), type(uint64).max));
        // Two of the highest reputation would agree at once; whoever has little needs the others.
        for (uint256 i = 0; i < 6 && statusOf(taskid) == TaskStatus.ACTIVE; ++i) {
            if (i > 1) setScoreOnce(workers[i]);
            contribute(workers[i], taskid, GOOD);
        }
        reveal(workers[0], taskid, GOOD);
        vm.warp(START + 2 * T);
        finalize(taskid);
        return (hub.viewScore(workers[0]), hub.viewScore(workers[1]));
    }

    function setScoreOnce(address worker) private {
        if (hub.viewScore(worker) == 0) setScore(worker, 1 << 40);
    }

    function test_scores_at_the_edges() external {
        uint256[6] memory scores = [uint256(0), 1, 2, 3, 1e9 + 1, (1 << 63) - 1];
        uint256[6] memory cut = [uint256(0), 0, 1, 2, 666_666_667, 6_148_914_691_236_517_204];
        uint256 state = vm.snapshotState();
        for (uint256 i = 0; i < scores.length; ++i) {
            (uint256 right, uint256 silent) = judge(scores[i], scores[i]);
            assertEq(right, scores[i] + 1, "one more");
            assertEq(silent, cut[i], "a third less, rounded down");
            vm.revertToState(state);
        }
    }

    /// @dev A worker of the highest score there can be must not be able to keep a task from being finalized.
    function test_the_highest_score_does_not_block_a_task() external {
        _reputation.set(workers[0], type(uint256).max);
        uint256 state = vm.snapshotState();
        hub.importScore(workers[0]);
        uint256 highest = hub.viewScore(workers[0]);
        vm.revertToState(state);
        (uint256 right,) = judge(type(uint256).max, 5);
        assertEq(right, highest + 1, "one more");
    }

    // ------------------------------------------------------------------ prices

    /// @dev Three workers of one opinion share what is theirs, each rounded down; the rest is the scheduler's.
    function testFuzz_dust_goes_to_the_scheduler(uint64 price, uint16 stakeRatio, uint8 rewardRatio) external {
        uint256 poolPrice = price % 3 == 0 ? price % 100 : price % 1e12;
        rewardRatio %= 101;
        setPolicy(stakeRatio % 100, rewardRatio);
        bytes32 taskid = openTask(withTrust(withPrices(makeOrders(), 0, poolPrice), 5));
        assertEq(hub.frozenOf(scheduler), poolPrice * 30 / 100, "scheduler's stake");
        remember();
        for (uint256 i = 0; i < 3; ++i) {
            contribute(workers[i], taskid, GOOD);
            assertEq(hub.frozenOf(workers[i]), poolPrice * (stakeRatio % 100) / 100, "worker's stake");
        }
        for (uint256 i = 0; i < 3; ++i) {
            reveal(workers[i], taskid, GOOD);
        }
        finalize(taskid);
        uint256 each = poolPrice * (100 - rewardRatio) / 100 / 3;
        for (uint256 i = 0; i < 3; ++i) {
            assertDelta(workers[i], int256(each), 0, "worker");
        }
        uint256 stake = poolPrice * 30 / 100;
        assertDelta(scheduler, int256(poolPrice - 3 * each + stake), -int256(stake), "scheduler");
        assertSolvent();
    }

    function test_nothing_is_a_price() external {
        bytes32 taskid = openTask(withPrices(makeOrders(), 0, 0));
        remember();
        complete(workers[0], taskid);
        for (uint256 i = 0; i < 2; ++i) {
            assertDelta(i == 0 ? workers[0] : scheduler, 0, 0, "nothing moves");
        }
        taskid = openTask(withPrices(makeOrders(), 0, 0));
        vm.warp(START + 10 * T);
        hub.claim(taskid);
        assertDelta(requester, 0, 0, "requester");
        assertEq(hub.frozenOf(hub.kitty_address()), 0, "kitty");
    }

    function test_everything_is_a_price() external {
        uint256 all = rlc.balanceOf(admin);
        vm.prank(admin);
        rlc.approveAndCall(address(hub), all, "");
        vm.prank(admin);
        hub.transfer(requester, all);
        uint256 has = hub.balanceOf(requester);
        bytes32 taskid = openTask(withPrices(makeOrders(), has, 0));
        assertEq(hub.balanceOf(requester), 0, "all is locked");
        complete(workers[0], taskid);
        assertEq(hub.balanceOf(appOwner), has, "all is earned");
        assertSolvent();
    }

    /// @dev Products and sums that would be small again modulo 2^256.
    function test_prices_cannot_wrap_around() external {
        uint256 half = 1 << 255;
        Orders memory o = withPrices(makeOrders(), half, 0);
        o.request.volume = 2;
        assertRefused(o, "price x volume");
        assertRefused(withPrices(makeOrders(), half, half), "sum of prices");
        assertRefused(withPrices(makeOrders(), type(uint256).max, 1), "sum of prices, by one");
        o = withPrices(makeOrders(), 1 << 128, 0);
        (o.app.volume, o.workerpool.volume, o.request.volume) = (1 << 128, 1 << 128, 1 << 128);
        assertRefused(o, "128 x 128 bits");
        assertRefused(withPrices(makeOrders(), 0, 1 << 96), "beyond any balance");
        o = makeOrders();
        (o.dataset.datasetprice, o.request.datasetmaxprice) = (type(uint256).max, type(uint256).max);
        assertRefused(o, "dataset price");
        assertEq(hub.frozenOf(requester) + hub.frozenOf(scheduler), 0, "nothing was locked");
    }

    function assertRefused(Orders memory o, string memory what) private {
        (bool done,) = matched(o);
        assertTrue(!done, what);
    }

    function test_one_nRLC_more_than_there_is() external {
        uint256 has = hub.balanceOf(requester);
        assertRefused(withPrices(makeOrders(), has + 1, 0), "one too many");
        (bool done,) = matched(withPrices(makeOrders(), has, 0));
        assertTrue(done, "all");
    }

    /// @dev A worker stake that nobody has is the workerpool's own loss: the requester gets its money back.
    function test_stakes_that_nobody_has() external {
        uint256[3] memory ratios = [uint256(1e12), 1 << 100, type(uint240).max];
        for (uint256 i = 0; i < ratios.length; ++i) {
            vm.warp(START);
            setPolicy(ratios[i], 5);
            (bool done, bytes32 dealid) = matched(makeOrders());
            assertTrue(done || i > 0, "a large stake is possible");
            if (!done) continue;
            assertEq(hub.viewDeal(dealid).workerStake, POOL_PRICE * ratios[i] / 100, "stake");
            bytes32 taskid = hub.initialize(dealid, 0);
            assertTrue(!contributed(workers[0], taskid, GOOD), "nobody can pay it");
            vm.warp(START + 10 * T);
            uint256 before = hub.balanceOf(requester);
            hub.claim(taskid);
            assertEq(hub.balanceOf(requester) - before, TASK_PRICE, "refund");
        }
    }

    // ------------------------------------------------------------------ volumes

    function test_endless_orders_never_run_out_and_never_wrap() external {
        Orders memory o = makeOrders();
        (o.app.volume, o.dataset.volume, o.workerpool.volume) =
        (type(uint256).max, type(uint256).max, type(uint256).max);
        for (uint256 i = 1; i < 4; ++i) {
            o.request.volume = i;
            o.request.salt = bytes32(i + 1e6);
            signAndMatch(o);
        }
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.app))), 6, "sold");
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.CLOSE, ""));
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.app))), type(uint256).max, "closed");
        o.request.salt = keccak256("after");
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
    }

    function test_volume_of_nothing_is_sold_out_from_the_start() external {
        for (uint256 i = 0; i < 4; ++i) {
            Orders memory o = makeOrders();
            if (i == 0) o.app.volume = 0;
            if (i == 1) o.dataset.volume = 0;
            if (i == 2) o.workerpool.volume = 0;
            if (i == 3) o.request.volume = 0;
            o = signOrders(o);
            expectReason("iExecV5-matchOrders-0x60");
            matchOrders(o);
        }
    }

    function test_the_last_piece_of_a_volume() external {
        Orders memory o = makeOrders();
        o.app.volume = 5;
        o.request.volume = 3;
        assertEq(hub.viewDeal(signAndMatch(o)).botSize, 3, "three of five");
        o.request.salt = keccak256("next");
        bytes32 dealid = signAndMatch(o);
        assertEq(hub.viewDeal(dealid).botSize, 2, "the last two");
        assertEq(hub.viewDeal(dealid).botFirst, 0, "of another request");
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
        hub.initialize(dealid, 1);
        expectEmptyRevert();
        hub.initialize(dealid, 2);
    }
}
