// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

/// @notice Many calls in one transaction.
contract MulticallTest is Market {
    function test_calls_of_several_pieces_as_the_caller() external {
        Orders memory o = signOrders(makeOrders());
        bytes32 dealid = keccak256(abi.encodePacked(digestOf(Typed.hash(o.request)), uint256(0)));
        bytes[] memory calls = new bytes[](4);
        calls[0] = abi.encodeCall(IHub.transfer, (stranger, 5));
        calls[1] = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        calls[2] = abi.encodeCall(IHub.initialize, (dealid, 0));
        calls[3] = abi.encodeCall(IHub.frozenOf, (requester));
        remember();
        vm.prank(requester);
        bytes[] memory results = hub.multicall(calls);
        assertDelta(stranger, 5, 0, "stranger");
        assertDelta(requester, -int256(TASK_PRICE) - 5, int256(TASK_PRICE), "requester");
        assertEq(abi.decode(results[1], (bytes32)), dealid, "deal");
        bytes32 taskid = abi.decode(results[2], (bytes32));
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.ACTIVE), "task");
        assertEq(abi.decode(results[3], (uint256)), TASK_PRICE, "later calls see earlier ones");
    }

    function test_all_or_nothing_with_the_reason() external {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IHub.transfer, (stranger, 5));
        calls[1] = abi.encodeCall(IHub.transfer, (address(0), 5));
        expectReason("ERC20: transfer to the zero address");
        vm.prank(requester);
        hub.multicall(calls);
        calls[1] = abi.encodeCall(IHub.setTeeBroker, (stranger));
        expectReason("Ownable: caller is not the owner");
        vm.prank(requester);
        hub.multicall(calls);
        calls[1] = hex"12345678";
        expectReason("fallback-disabled");
        vm.prank(requester);
        hub.multicall(calls);
        calls[1] = abi.encodeCall(IHub.withdraw, (type(uint256).max));
        expectEmptyRevert();
        vm.prank(requester);
        hub.multicall(calls);
        assertEq(hub.balanceOf(stranger), 0, "undone");
    }

    function test_multicall_in_a_multicall() external {
        bytes[] memory inner = new bytes[](1);
        inner[0] = abi.encodeCall(IHub.transfer, (stranger, 5));
        bytes[] memory outer = new bytes[](2);
        outer[0] = abi.encodeCall(IHub.multicall, (inner));
        outer[1] = outer[0];
        vm.prank(requester);
        hub.multicall(outer);
        assertEq(hub.balanceOf(stranger), 10, "twice");
    }

    function test_takes_no_coins() external {
        vm.deal(requester, 1 ether);
        vm.prank(requester);
        (bool success,) = address(hub).call{value: 1}(abi.encodeCall(IHub.multicall, (new bytes[](0))));
        assertTrue(!success, "refused");
    }
}
