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

    // ------------------------------------------------------------------ permit

    function permitDigest(address owner, address spender, uint256 value, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("iEx.ec Network Token"),
                keccak256("v1.0"),
                block.chainid,
                address(rlc)
            )
        );
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, owner, spender, value, nonce, deadline));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function test_permit_approves_once() external {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, permitDigest(holder, other, 7, 0, block.timestamp));
        rlc.permit(holder, other, 7, block.timestamp, v, r, s);
        assertEq(rlc.allowance(holder, other), 7, "allowance");
        assertEq(rlc.nonces(holder), 1, "nonce");
        vm.expectRevert();
        rlc.permit(holder, other, 7, block.timestamp, v, r, s);
    }

    function test_permit_of_another_or_late_or_altered_is_refused() external {
        uint256 deadline = block.timestamp + 10;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(2, permitDigest(holder, other, 7, 0, deadline));
        vm.expectRevert(abi.encodeWithSignature("ERC2612InvalidSigner(address,address)", other, holder));
        rlc.permit(holder, other, 7, deadline, v, r, s);

        (v, r, s) = vm.sign(1, permitDigest(holder, other, 7, 0, deadline));
        vm.expectRevert();
        rlc.permit(holder, other, 8, deadline, v, r, s);
        // The malleable twin of the signature.
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        vm.expectRevert(abi.encodeWithSignature("ERC2612InvalidSigner(address,address)", address(0), holder));
        rlc.permit(holder, other, 7, deadline, v == 27 ? 28 : 27, r, bytes32(order - uint256(s)));
        // Nobody's signature is not the zero address's.
        vm.expectRevert(abi.encodeWithSignature("ERC2612InvalidSigner(address,address)", address(0), address(0)));
        rlc.permit(address(0), other, 7, deadline, 29, r, s);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSignature("ERC2612ExpiredSignature(uint256)", deadline));
        rlc.permit(holder, other, 7, deadline, v, r, s);
        assertEq(rlc.allowance(holder, other), 0, "nothing approved");
    }

    function test_permit_of_another_chain_is_refused() external {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, permitDigest(holder, other, 7, 0, block.timestamp));
        vm.chainId(777);
        vm.expectRevert();
        rlc.permit(holder, other, 7, block.timestamp, v, r, s);
        (v, r, s) = vm.sign(1, permitDigest(holder, other, 7, 0, block.timestamp));
        rlc.permit(holder, other, 7, block.timestamp, v, r, s);
        assertEq(rlc.allowance(holder, other), 7, "allowance");
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
