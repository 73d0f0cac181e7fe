// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Consumer} from "./base/Actors.sol";

/// @notice ERC-1154 callbacks: whatever the consumer does, the task is finalized.
contract CallbackTest is Market {
    bytes private constant DATA =
        hex"00000000000000000000000000000000000000000000000000000000000000aa00000000000000000000000000000000000000000000000000000000000000bb";
    Consumer private _consumer;

    function setUp() public override {
        super.setUp();
        _consumer = new Consumer();
        // Everybody's slots exist from here on, so that the gas of two finalizations can be compared.
        finalizeWithData(revealedTask(stranger));
    }

    /// @dev A task whose digest is revealed, ready to be finalized with DATA.
    function revealedTask(address callback) private returns (bytes32 taskid) {
        Orders memory o = makeOrders();
        o.request.callback = callback;
        taskid = openTask(o);
        contribute(workers[0], taskid, keccak256(DATA));
        reveal(workers[0], taskid, keccak256(DATA));
    }

    function finalizeWithData(bytes32 taskid) private returns (uint256 gasUsed) {
        vm.prank(scheduler);
        uint256 before = gasleft();
        hub.finalize(taskid, RESULTS, DATA);
        gasUsed = before - gasleft();
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.COMPLETED), "status");
        assertEq(hub.viewTask(taskid).resultsCallback, DATA, "data");
        assertEq(hub.resultFor(taskid), DATA, "resultFor");
        assertSolvent();
    }

    function test_consumer_gets_the_result() external {
        bytes32 taskid = revealedTask(address(_consumer));
        expectReason("task-pending");
        hub.resultFor(taskid);
        finalizeWithData(taskid);
        assertEq(_consumer.id(), taskid, "id");
        assertEq(_consumer.result(), DATA, "result");
    }

    function test_consumer_gets_the_configured_gas() external {
        vm.prank(admin);
        hub.setCallbackGas(1_234_567);
        finalizeWithData(revealedTask(address(_consumer)));
        assertTrue(_consumer.gasGiven() > 1_200_000 && _consumer.gasGiven() < 1_234_567, "gas");
    }

    function test_contributeAndFinalize_calls_back_too() external {
        Orders memory o = makeOrders();
        o.request.callback = address(_consumer);
        bytes32 taskid = openTask(o);
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        expectEmptyRevert(); // the digest is not that of the data
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, keccak256("other"), RESULTS, DATA, address(0), "", authorization);
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, keccak256(DATA), RESULTS, DATA, address(0), "", authorization);
        assertEq(_consumer.result(), DATA, "result");
    }

    function test_data_must_match_the_digest() external {
        bytes32 taskid = revealedTask(address(_consumer));
        expectEmptyRevert();
        vm.prank(scheduler);
        hub.finalize(taskid, RESULTS, "other data");
        expectEmptyRevert();
        vm.prank(scheduler);
        hub.finalize(taskid, RESULTS, "");
    }

    function test_reverting_consumer() external {
        _consumer.set(Consumer.Mood.REVERT);
        finalizeWithData(revealedTask(address(_consumer)));
        assertEq(_consumer.id(), 0, "nothing delivered");
    }

    function test_gas_burning_consumer_gets_no_more_than_its_gas() external {
        bytes32 good = revealedTask(stranger);
        uint256 base = finalizeWithData(good);
        _consumer.set(Consumer.Mood.BURN_GAS);
        uint256 used = finalizeWithData(revealedTask(address(_consumer)));
        assertTrue(used < base + 200_000 + 20_000, "200,000 at most");
        assertTrue(used > base + 150_000, "it really burnt");
    }

    function test_return_bomb_costs_the_hub_nothing() external {
        uint256 base = finalizeWithData(revealedTask(stranger));
        _consumer.set(Consumer.Mood.BOMB);
        uint256 used = finalizeWithData(revealedTask(address(_consumer)));
        assertTrue(used < base + 200_000 + 20_000, "what it returns is not copied");
    }

    function test_consumer_without_code_or_without_the_function() external {
        finalizeWithData(revealedTask(stranger));
        finalizeWithData(revealedTask(address(rlc)));
    }

    function test_consumer_cannot_finalize_or_claim_again() external {
        bytes32 taskid = revealedTask(address(_consumer));
        _consumer.setReentry(abi.encodeCall(IHub.claim, (taskid)));
        finalizeWithData(taskid);
        assertEq(_consumer.id(), taskid, "its claim failed, the delivery went on");
    }

    function test_too_little_gas_for_the_callback_undoes_the_finalization() external {
        uint256 base = finalizeWithData(revealedTask(stranger));
        _consumer.set(Consumer.Mood.BURN_GAS);
        bytes32 taskid = revealedTask(address(_consumer));
        vm.prank(scheduler);
        (bool success,) = address(hub).call{gas: base + 100_000}(abi.encodeCall(IHub.finalize, (taskid, RESULTS, DATA)));
        assertTrue(!success, "half the gas of the callback is not enough");
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.REVEALING), "undone");
        finalizeWithData(taskid);
    }
}
