// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Spender} from "./base/Actors.sol";

/// @notice The token.
contract RlcTest is Test {
    IRLC private rlc;
    address private holder = vm.addr(1);
    address private other = vm.addr(2);

    function setUp() external {
        rlc = IRLC(vm.deployCode("RLC.sol:RLC", abi.encode(holder)));
    }

    function test_supply_goes_to_the_holder() external view {
        assertEq(rlc.name(), "iEx.ec Network Token", "name");
        assertEq(rlc.symbol(), "RLC", "symbol");
        assertEq(rlc.decimals(), 9, "decimals");
        assertEq(rlc.totalSupply(), 87_000_000e9, "supply");
        assertEq(rlc.initialSupply(), 87_000_000e9, "initial supply");
        assertEq(rlc.balanceOf(holder), 87_000_000e9, "holder");
        assertTrue(!rlc.locked(), "not locked");
    }

    function test_transfer() external {
        vm.prank(holder);
        assertTrue(rlc.transfer(other, 5), "returns true");
        assertEq(rlc.balanceOf(other), 5, "received");
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSignature("ERC20InsufficientBalance(address,uint256,uint256)", other, 5, 6));
        rlc.transfer(holder, 6);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSignature("ERC20InvalidReceiver(address)", address(0)));
        rlc.transfer(address(0), 1);
        vm.prank(other);
        rlc.transfer(other, 5);
        assertEq(rlc.balanceOf(other), 5, "to oneself");
    }

    function test_allowance_is_used_up_unless_unlimited() external {
        vm.prank(holder);
        assertTrue(rlc.approve(other, 10), "returns true");
        vm.prank(other);
        assertTrue(rlc.transferFrom(holder, other, 4), "returns true");
        assertEq(rlc.allowance(holder, other), 6, "left");
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", other, 6, 7));
        rlc.transferFrom(holder, other, 7);
        vm.prank(holder);
        rlc.approve(other, type(uint256).max);
        vm.prank(other);
        rlc.transferFrom(holder, other, 7);
        assertEq(rlc.allowance(holder, other), type(uint256).max, "unlimited");
    }

    function test_approveAndCall_tells_the_spender() external {
        Spender spender = new Spender();
        vm.prank(holder);
        rlc.approveAndCall(address(spender), 9, "data");
        assertEq(rlc.allowance(holder, address(spender)), 9, "approved");
        assertEq(spender.lastSender(), holder, "sender");
        assertEq(spender.lastAmount(), 9, "amount");
        vm.prank(holder);
        vm.expectRevert();
        rlc.approveAndCall(other, 9, ""); // no code to call
    }

    function test_burn() external {
        vm.prank(holder);
        assertTrue(rlc.burn(7e9), "returns true");
        assertEq(rlc.totalSupply(), 87_000_000e9 - 7e9, "supply");
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSignature("ERC20InsufficientBalance(address,uint256,uint256)", other, 0, 1));
        rlc.burn(1);
    }

    function testFuzz_sum_is_kept(uint256 a, uint256 b) external {
        a = a % (87_000_000e9 + 1);
        vm.prank(holder);
        rlc.transfer(other, a);
        b = b % (a + 1);
        vm.prank(other);
        rlc.transfer(holder, b);
        assertEq(rlc.balanceOf(holder) + rlc.balanceOf(other), rlc.totalSupply(), "sum");
    }
}
