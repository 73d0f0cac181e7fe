// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/BoostMarket.sol";
import {Consumer} from "./base/Actors.sol";
import {Log} from "./base/Test.sol";

/// @notice Boost tasks: results pushed, and tasks claimed back.
contract BoostTest is BoostMarket {
    bytes private constant DATA = hex"00000000000000000000000000000000000000000000000000000000000000aa";

    // ------------------------------------------------------------------ push

    function test_everybody_is_paid() external {
        bytes32 dealid = signAndMatchBoost(makeOrders());
        remember();
        push(workers[0], dealid, 0);
        assertDelta(requester, 0, -int256(TASK_PRICE), "requester");
        assertDelta(workers[0], int256(WORKER_REWARD), 0, "worker");
        assertDelta(appOwner, int256(APP_PRICE), 0, "app owner");
        assertDelta(datasetOwner, int256(DATASET_PRICE), 0, "dataset owner");
        assertDelta(
            scheduler, int256(SCHEDULER_STAKE + POOL_PRICE - WORKER_REWARD), -int256(SCHEDULER_STAKE), "scheduler"
        );
        assertSolvent();
        assertEq(uint256(statusOf(dealid, 0)), uint256(TaskStatus.COMPLETED), "status");
        assertEq(hub.viewScore(workers[0]), 0, "no reputation");
    }

    function test_events_in_order() external {
        bytes32 dealid = signAndMatchBoost(makeOrders());
        bytes32 taskid = taskOf(dealid, 0);
        vm.recordLogs();
        push(workers[0], dealid, 0);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 12, "number of logs");
        assertLog(logs[0], "Seize(address,uint256,bytes32)", abi.encode(requester, TASK_PRICE, taskid));
        assertLog(logs[1], "Transfer(address,address,uint256)", abi.encode(WORKER_REWARD));
        assertLog(logs[2], "Reward(address,uint256,bytes32)", abi.encode(workers[0], WORKER_REWARD, taskid));
        assertLog(logs[4], "Reward(address,uint256,bytes32)", abi.encode(appOwner, APP_PRICE, taskid));
        assertLog(logs[6], "Reward(address,uint256,bytes32)", abi.encode(datasetOwner, DATASET_PRICE, taskid));
        assertLog(logs[7], "Transfer(address,address,uint256)", abi.encode(SCHEDULER_STAKE));
        assertLog(logs[8], "Unlock(address,uint256)", abi.encode(scheduler, SCHEDULER_STAKE));
        uint256 rest = POOL_PRICE - WORKER_REWARD;
        assertLog(logs[9], "Transfer(address,address,uint256)", abi.encode(rest));
        assertLog(logs[10], "Reward(address,uint256,bytes32)", abi.encode(scheduler, rest, taskid));
        assertLog(logs[11], "ResultPushedBoost(bytes32,uint256,bytes)", abi.encode(dealid, uint256(0), RESULTS));
    }

    function test_free_assets_are_not_rewarded() external {
        Orders memory o = makeOrders();
        (o.app.appprice, o.dataset.datasetprice) = (0, 0);
        bytes32 dealid = signAndMatchBoost(o);
        vm.recordLogs();
        push(workers[0], dealid, 0);
        assertEq(vm.getRecordedLogs().length, 8, "number of logs");
    }

    function test_a_bag_of_tasks_counts_from_zero() external {
        Orders memory o = makeOrders();
        o.request.volume = 5;
        o.workerpool.volume = 2;
        signAndMatchBoost(o);
        o.workerpool.salt = keccak256("second");
        o.workerpool.volume = 3;
        bytes32 dealid = signAndMatchBoost(o);
        assertEq(hub.viewDealBoost(dealid).botFirst, 2, "first of the deal in the request");
        remember();
        push(workers[0], dealid, 2);
        push(workers[1], dealid, 0);
        push(workers[2], dealid, 1);
        assertDelta(requester, 0, -3 * int256(TASK_PRICE), "requester");
        assertSolvent();
        bytes memory authorization = authorize(scheduler, workers[0], taskOf(dealid, 3), address(0));
        expectReason("PocoBoost: Unknown task");
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 3, RESULTS, "", authorization, address(0), "");
    }

    function test_from_an_enclave() external {
        bytes32 dealid = signAndMatchBoost(withTee(makeOrders()));
        pushFromEnclave(scheduler, workers[0], dealid, "");
        assertEq(uint256(statusOf(dealid, 0)), uint256(TaskStatus.COMPLETED), "status");
    }

    function test_the_broker_authorizes_enclaves_when_there_is_one() external {
        vm.prank(admin);
        hub.setTeeBroker(broker);
        bytes32 dealid = signAndMatchBoost(withTee(makeOrders()));
        bytes32 taskid = taskOf(dealid, 0);
        bytes memory authorization = authorize(scheduler, workers[0], taskid, enclave);
        expectReason("PocoBoost: Invalid contribution authorization signature");
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 0, RESULTS, "", authorization, enclave, "");
        pushFromEnclave(broker, workers[0], dealid, "");
        // Without enclave the scheduler authorizes, still.
        push(workers[0], signAndMatchBoost(makeOrders()), 0);
    }

    function test_refusals() external {
        bytes32 dealid = signAndMatchBoost(withTee(makeOrders()));
        bytes32 taskid = taskOf(dealid, 0);
        bytes memory plain = authorize(scheduler, workers[0], taskid, address(0));
        bytes memory good = authorize(scheduler, workers[0], taskid, enclave);
        vm.prank(workers[0]);
        expectReason("PocoBoost: Unknown task");
        hub.pushResultBoost("none", 0, RESULTS, "", good, enclave, "");
        vm.prank(workers[0]);
        expectReason("PocoBoost: Tag requires enclave challenge");
        hub.pushResultBoost(dealid, 0, RESULTS, "", plain, address(0), "");
        vm.prank(workers[1]);
        expectReason("PocoBoost: Invalid contribution authorization signature");
        hub.pushResultBoost(dealid, 0, RESULTS, "", good, enclave, "");
        bytes memory sign = signMessageBy(enclave, keccak256(abi.encodePacked(workers[0], taskid, keccak256("other"))));
        vm.prank(workers[0]);
        expectReason("PocoBoost: Invalid enclave signature");
        hub.pushResultBoost(dealid, 0, RESULTS, "", good, enclave, sign);
        vm.prank(workers[0]);
        expectReason("invalid-signature-format");
        hub.pushResultBoost(dealid, 0, RESULTS, "", "", enclave, sign);

        pushFromEnclave(scheduler, workers[0], dealid, "");
        vm.prank(workers[0]);
        expectReason("PocoBoost: Task status not unset");
        hub.pushResultBoost(dealid, 0, RESULTS, "", good, enclave, sign);
    }

    function test_a_task_of_an_ordinary_deal_is_unknown_and_the_other_way_round() external {
        bytes32 ordinary = signAndMatch(makeOrders());
        expectReason("PocoBoost: Unknown task");
        hub.claimBoost(ordinary, 0);
        bytes32 dealid = signAndMatchBoost(makeOrders());
        expectEmptyRevert();
        hub.initialize(dealid, 0);
        push(workers[0], dealid, 0);
        bytes32 taskid = taskOf(dealid, 0);
        vm.warp(block.timestamp + 100 * T);
        expectEmptyRevert();
        hub.claim(taskid);
        Task memory task = hub.viewTask(taskid);
        assertEq(task.dealid, 0, "only the status is kept");
        assertEq(task.results.length + task.contributors.length + task.finalDeadline + task.idx, 0, "nothing else");
    }

    function test_until_the_deadline_and_not_at_it() external {
        Orders memory o = makeOrders();
        o.request.volume = 2;
        bytes32 dealid = signAndMatchBoost(o);
        vm.warp(START + 7 * T - 1);
        push(workers[0], dealid, 0);
        expectReason("PocoBoost: Deadline not reached");
        hub.claimBoost(dealid, 1);
        vm.warp(START + 7 * T);
        bytes memory authorization = authorize(scheduler, workers[0], taskOf(dealid, 1), address(0));
        vm.prank(workers[0]);
        expectReason("PocoBoost: Deadline reached");
        hub.pushResultBoost(dealid, 1, RESULTS, "", authorization, address(0), "");
        hub.claimBoost(dealid, 1);
    }

    // ------------------------------------------------------------------ callback

    function dealWithCallback(address callback) private returns (bytes32) {
        Orders memory o = makeOrders();
        o.request.callback = callback;
        return signAndMatchBoost(o);
    }

    function pushWithData(bytes32 dealid, bytes memory data) private returns (uint256 gasUsed) {
        bytes memory authorization = authorize(scheduler, workers[0], taskOf(dealid, 0), address(0));
        vm.prank(workers[0]);
        uint256 before = gasleft();
        hub.pushResultBoost(dealid, 0, RESULTS, data, authorization, address(0), "");
        gasUsed = before - gasleft();
        assertEq(uint256(statusOf(dealid, 0)), uint256(TaskStatus.COMPLETED), "status");
        assertSolvent();
    }

    function test_callback_gets_the_data_and_the_enclave_signs_it() external {
        Consumer consumer = new Consumer();
        Orders memory o = withTee(makeOrders());
        o.request.callback = address(consumer);
        bytes32 dealid = signAndMatchBoost(o);
        pushFromEnclave(scheduler, workers[0], dealid, DATA);
        assertEq(consumer.id(), taskOf(dealid, 0), "id");
        assertEq(consumer.result(), DATA, "data");
    }

    function test_callback_needs_data() external {
        bytes32 dealid = dealWithCallback(address(new Consumer()));
        bytes memory authorization = authorize(scheduler, workers[0], taskOf(dealid, 0), address(0));
        expectReason("PocoBoost: Callback requires data");
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 0, RESULTS, "", authorization, address(0), "");
    }

    function test_whatever_the_consumer_does_the_worker_is_paid() external {
        pushWithData(dealWithCallback(stranger), DATA);
        uint256 base = pushWithData(dealWithCallback(stranger), DATA);
        pushWithData(dealWithCallback(address(rlc)), DATA);
        Consumer consumer = new Consumer();
        consumer.set(Consumer.Mood.REVERT);
        pushWithData(dealWithCallback(address(consumer)), DATA);
        consumer.set(Consumer.Mood.BURN_GAS);
        assertTrue(pushWithData(dealWithCallback(address(consumer)), DATA) < base + 220_000, "no more than its gas");
        consumer.set(Consumer.Mood.BOMB);
        assertTrue(pushWithData(dealWithCallback(address(consumer)), DATA) < base + 220_000, "nothing is copied");
    }

    function test_a_consumer_cannot_claim_what_is_being_paid() external {
        Consumer consumer = new Consumer();
        bytes32 dealid = dealWithCallback(address(consumer));
        consumer.setReentry(abi.encodeCall(IHub.claimBoost, (dealid, 0)));
        pushWithData(dealid, DATA);
        assertEq(consumer.id(), taskOf(dealid, 0), "its claim failed, the delivery went on");
    }

    function test_too_little_gas_for_the_callback_undoes_the_push() external {
        pushWithData(dealWithCallback(stranger), DATA);
        uint256 base = pushWithData(dealWithCallback(stranger), DATA);
        Consumer consumer = new Consumer();
        consumer.set(Consumer.Mood.BURN_GAS);
        bytes32 dealid = dealWithCallback(address(consumer));
        bytes memory authorization = authorize(scheduler, workers[0], taskOf(dealid, 0), address(0));
        bytes memory call =
            abi.encodeCall(IHub.pushResultBoost, (dealid, 0, RESULTS, DATA, authorization, address(0), ""));
        vm.prank(workers[0]);
        (bool success,) = address(hub).call{gas: base + 100_000}(call);
        assertTrue(!success, "half the gas of the callback is not enough");
        assertEq(uint256(statusOf(dealid, 0)), uint256(TaskStatus.UNSET), "undone");
        pushWithData(dealid, DATA);
    }

    // ------------------------------------------------------------------ claim

    function test_claim_refunds_and_feeds_the_kitty() external {
        bytes32 dealid = signAndMatchBoost(makeOrders());
        bytes32 taskid = taskOf(dealid, 0);
        vm.warp(START + 7 * T);
        remember();
        vm.recordLogs();
        vm.prank(stranger);
        hub.claimBoost(dealid, 0);
        Log[] memory logs = vm.getRecordedLogs();
        assertDelta(requester, int256(TASK_PRICE), -int256(TASK_PRICE), "requester");
        assertDelta(scheduler, 0, -int256(SCHEDULER_STAKE), "scheduler");
        assertDelta(hub.kitty_address(), 0, int256(SCHEDULER_STAKE), "kitty");
        assertSolvent();
        assertEq(uint256(statusOf(dealid, 0)), uint256(TaskStatus.FAILED), "status");
        assertEq(logs.length, 6, "number of logs");
        assertLog(logs[1], "Unlock(address,uint256)", abi.encode(requester, TASK_PRICE));
        assertLog(logs[2], "Seize(address,uint256,bytes32)", abi.encode(scheduler, SCHEDULER_STAKE, taskid));
        assertLog(logs[3], "Reward(address,uint256,bytes32)", abi.encode(hub.kitty_address(), SCHEDULER_STAKE, taskid));
        assertLog(logs[4], "Lock(address,uint256)", abi.encode(hub.kitty_address(), SCHEDULER_STAKE));
        assertEq(logs[5].topics[0], keccak256("TaskClaimed(bytes32)"), "event");
        assertEq(logs[5].topics[1], taskid, "task");
        expectReason("PocoBoost: Task status not unset");
        hub.claimBoost(dealid, 0);
        expectReason("PocoBoost: Unknown task");
        hub.claimBoost(dealid, 1);
    }

    function testFuzz_every_nRLC_is_accounted_for(uint64 appPrice, uint64 datasetPrice, uint64 poolPrice, bool pushed)
        external
    {
        Orders memory o = makeOrders();
        o.app.appprice = o.request.appmaxprice = appPrice % 100e9;
        o.dataset.datasetprice = o.request.datasetmaxprice = datasetPrice % 100e9;
        o.workerpool.workerpoolprice = o.request.workerpoolmaxprice = poolPrice % 100e9;
        bytes32 dealid = signAndMatchBoost(o);
        uint256 supply = hub.totalSupply();
        if (pushed) {
            push(workers[0], dealid, 0);
            assertEq(hub.balanceOf(address(hub)), 0, "nothing stays locked");
        } else {
            vm.warp(START + 7 * T);
            hub.claimBoost(dealid, 0);
            assertEq(hub.balanceOf(address(hub)), hub.frozenOf(hub.kitty_address()), "but the kitty's");
        }
        assertEq(hub.totalSupply(), supply, "supply");
        assertEq(hub.frozenOf(requester) + hub.frozenOf(scheduler), 0, "nobody's funds are frozen");
        assertSolvent();
    }

    function assertLog(Log memory log, string memory signature, bytes memory data) private pure {
        assertEq(log.topics[0], keccak256(bytes(signature)), signature);
        assertEq(log.data, data, signature);
    }
}
