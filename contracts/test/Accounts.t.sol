// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Spender} from "./base/Actors.sol";
import {Log} from "./base/Test.sol";

/// @notice Deposits, withdrawals, and the stake as an ERC-20.
contract AccountsTest is Market {
    address private alice = person(0xD1);
    address private bob = person(0xD2);

    function setUp() public override {
        super.setUp();
        vm.prank(admin);
        rlc.transfer(alice, 100e9);
        vm.prank(alice);
        rlc.approve(address(hub), type(uint256).max);
    }

    // ------------------------------------------------------------------ deposit

    function test_deposit() external {
        uint256 supply = hub.totalSupply();
        vm.recordLogs();
        vm.prank(alice);
        assertTrue(hub.deposit(30e9), "returns true");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(hub.balanceOf(alice), 30e9, "stake");
        assertEq(rlc.balanceOf(alice), 70e9, "tokens");
        assertEq(hub.totalSupply(), supply + 30e9, "supply");
        assertEq(logs[logs.length - 1].topics[0], keccak256("Transfer(address,address,uint256)"), "event");
        assertEq(logs[logs.length - 1].topics[1], bytes32(0), "from zero");
        assertEq(logs[logs.length - 1].data, abi.encode(30e9), "amount");
        assertSolventWith(alice, bob);
    }

    function test_deposit_of_nothing_and_of_too_much() external {
        vm.prank(alice);
        hub.deposit(0);
        assertEq(hub.balanceOf(alice), 0, "stake");
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientBalance(address,uint256,uint256)", alice, 100e9, 100e9 + 1)
        );
        hub.deposit(100e9 + 1);
        vm.prank(bob);
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", address(hub), 0, 1)
        );
        hub.deposit(1);
    }

    function test_depositFor_and_array() external {
        vm.prank(alice);
        assertTrue(hub.depositFor(1e9, bob), "returns true");
        assertEq(hub.balanceOf(bob), 1e9, "bob");
        uint256[] memory amounts = new uint256[](2);
        address[] memory targets = new address[](2);
        (amounts[0], amounts[1], targets[0], targets[1]) = (2e9, 3e9, alice, bob);
        vm.prank(alice);
        assertTrue(hub.depositForArray(amounts, targets), "returns true");
        assertEq(hub.balanceOf(alice), 2e9, "alice");
        assertEq(hub.balanceOf(bob), 4e9, "bob");
        expectReason("invalid-array-length");
        vm.prank(alice);
        hub.depositForArray(amounts, new address[](1));
        expectReason("ERC20: mint to the zero address");
        vm.prank(alice);
        hub.depositFor(1e9, address(0));
    }

    function test_token_that_answers_false() external {
        FalseToken token = new FalseToken();
        IHub other = deployHub(address(token), address(0), false);
        expectReason("failed-transferFrom");
        other.deposit(1);
        token.set(true, type(uint96).max);
        other.deposit(type(uint96).max);
        vm.expectRevert(abi.encodeWithSignature("SupplyOutOfRange(uint256)", uint256(type(uint96).max) + 1));
        other.deposit(1);
        token.set(false, 0);
        expectReason("failed-transfer");
        other.withdraw(1);
    }

    // ------------------------------------------------------------------ withdraw

    function test_withdraw() external {
        vm.prank(alice);
        hub.deposit(30e9);
        vm.prank(alice);
        assertTrue(hub.withdraw(10e9), "returns true");
        assertEq(hub.balanceOf(alice), 20e9, "stake");
        assertEq(rlc.balanceOf(alice), 80e9, "tokens");
        vm.prank(alice);
        assertTrue(hub.withdrawTo(5e9, bob), "returns true");
        assertEq(rlc.balanceOf(bob), 5e9, "tokens of bob");
        expectEmptyRevert();
        vm.prank(alice);
        hub.withdraw(15e9 + 1);
        expectEmptyRevert();
        vm.prank(alice);
        hub.withdrawTo(15e9 + 1, bob);
        assertSolventWith(alice, bob);
    }

    function test_frozen_cannot_be_withdrawn_or_sent() external {
        signAndMatch(makeOrders());
        uint256 free = hub.balanceOf(requester);
        assertEq(hub.frozenOf(requester), TASK_PRICE, "frozen");
        expectEmptyRevert();
        vm.prank(requester);
        hub.withdraw(free + 1);
        expectEmptyRevert();
        vm.prank(requester);
        hub.transfer(bob, free + 1);
        vm.prank(requester);
        hub.withdraw(free);
    }

    function test_recover_takes_surplus_only() external {
        vm.prank(alice);
        rlc.transfer(address(hub), 7e9);
        expectReason("Ownable: caller is not the owner");
        vm.prank(stranger);
        hub.recover();
        vm.prank(admin);
        assertEq(hub.recover(), 7e9, "recovered");
        assertEq(hub.balanceOf(admin), 7e9, "owner's stake");
        vm.prank(admin);
        assertEq(hub.recover(), 0, "nothing more");
        assertSolventWith(alice, bob);
    }

    function test_no_ether() external {
        vm.deal(alice, 1 ether);
        vm.prank(alice);
        (bool success, bytes memory data) = address(hub).call{value: 1}("");
        assertTrue(!success, "receive");
        assertEq(data, abi.encodeWithSignature("Error(string)", "fallback-disabled"), "reason");
        vm.prank(alice);
        (success, data) = address(hub).call{value: 1}(hex"12345678");
        assertTrue(!success, "fallback");
        assertEq(data, abi.encodeWithSignature("Error(string)", "fallback-disabled"), "reason");
        vm.prank(alice);
        (success,) = address(hub).call{value: 1}(abi.encodeCall(IHub.deposit, (0)));
        assertTrue(!success, "deposit takes no ether");
    }

    // ------------------------------------------------------------------ receiveApproval

    function test_approveAndCall_of_RLC_deposits() external {
        vm.prank(alice);
        rlc.approveAndCall(address(hub), 4e9, "");
        assertEq(hub.balanceOf(alice), 4e9, "stake");
        expectReason("wrong-token");
        hub.receiveApproval(alice, 1, address(apps), "");
    }

    function test_approveAndCall_of_RLC_deposits_and_matches() external {
        vm.prank(requester);
        hub.withdraw(DEPOSIT);
        Orders memory o = signOrders(makeOrders());
        bytes memory call = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        remember();
        vm.prank(requester);
        rlc.approveAndCall(address(hub), TASK_PRICE, call);
        assertDelta(requester, 0, int256(TASK_PRICE), "requester");
        bytes32 dealid = keccak256(abi.encodePacked(digestOf(Typed.hash(o.request)), uint256(0)));
        assertEq(hub.viewDeal(dealid).requester, requester, "deal");
        assertSolvent();
    }

    function test_approveAndCall_of_RLC_refuses_other_calls() external {
        Orders memory o = signOrders(makeOrders());
        bytes memory call = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSignature("CallerIsNotTheRequester()"));
        rlc.approveAndCall(address(hub), TASK_PRICE, call);

        bytes memory other = abi.encodeCall(IHub.withdraw, (1));
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSignature("UnsupportedOperation(bytes4)", IHub.withdraw.selector));
        rlc.approveAndCall(address(hub), 1, other);

        // Failure of the match undoes the deposit and says why.
        vm.prank(admin);
        rlc.transfer(requester, 1e9);
        o.app.sign = signBy(stranger, digestOf(Typed.hash(o.app)));
        call = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        uint256 stake = hub.balanceOf(requester);
        vm.prank(requester);
        expectReason("iExecV5-matchOrders-0x21");
        rlc.approveAndCall(address(hub), 1e9, call);
        assertEq(hub.balanceOf(requester), stake, "stake");

        // No reason below, a word of ours here: an app that is none reverts without data.
        o = makeOrders();
        o.app.app = stranger;
        o.request.app = stranger;
        o = signOrders(o);
        call = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        vm.prank(requester);
        vm.expectRevert(abi.encodeWithSignature("OperationFailed()"));
        rlc.approveAndCall(address(hub), 1e9, call);
    }

    // ------------------------------------------------------------------ ERC-20

    function test_names() external view {
        assertEq(hub.name(), "Staked RLC", "name");
        assertEq(hub.symbol(), "SRLC", "symbol");
        assertEq(hub.decimals(), 9, "decimals");
    }

    function test_transfer() external {
        vm.prank(alice);
        hub.deposit(10e9);
        vm.recordLogs();
        vm.prank(alice);
        assertTrue(hub.transfer(bob, 4e9), "returns true");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event");
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(bob))), "to");
        assertEq(hub.balanceOf(alice), 6e9, "alice");
        assertEq(hub.balanceOf(bob), 4e9, "bob");
        vm.prank(alice);
        hub.transfer(alice, 6e9);
        assertEq(hub.balanceOf(alice), 6e9, "to oneself");
        expectEmptyRevert();
        vm.prank(alice);
        hub.transfer(bob, 6e9 + 1);
        expectReason("ERC20: transfer to the zero address");
        vm.prank(alice);
        hub.transfer(address(0), 1);
        expectReason("ERC20: transfer from the zero address");
        vm.prank(address(0));
        hub.transfer(bob, 0);
    }

    function test_allowances() external {
        vm.prank(alice);
        hub.deposit(10e9);
        vm.prank(alice);
        assertTrue(hub.approve(bob, 5e9), "returns true");
        assertEq(hub.allowance(alice, bob), 5e9, "approved");
        vm.prank(bob);
        assertTrue(hub.transferFrom(alice, bob, 2e9), "returns true");
        assertEq(hub.allowance(alice, bob), 3e9, "left");
        assertEq(hub.balanceOf(bob), 2e9, "taken");
        expectEmptyRevert();
        vm.prank(bob);
        hub.transferFrom(alice, bob, 3e9 + 1);
        vm.prank(alice);
        assertTrue(hub.increaseAllowance(bob, 7e9), "returns true");
        assertEq(hub.allowance(alice, bob), 10e9, "increased");
        expectEmptyRevert();
        vm.prank(bob);
        hub.transferFrom(alice, bob, 8e9 + 1);
        vm.prank(alice);
        assertTrue(hub.decreaseAllowance(bob, 9e9), "returns true");
        assertEq(hub.allowance(alice, bob), 1e9, "decreased");
        expectEmptyRevert();
        vm.prank(alice);
        hub.decreaseAllowance(bob, 1e9 + 1);
        expectReason("ERC20: approve to the zero address");
        vm.prank(alice);
        hub.approve(address(0), 1);
        expectReason("ERC20: approve from the zero address");
        vm.prank(address(0));
        hub.approve(bob, 1);
    }

    function test_approveAndCall() external {
        Spender spender = new Spender();
        vm.prank(alice);
        assertTrue(hub.approveAndCall(address(spender), 3, "x"), "returns true");
        assertEq(spender.lastSender(), alice, "sender");
        assertEq(spender.lastAmount(), 3, "amount");
        assertEq(hub.allowance(alice, address(spender)), 3, "approved");
        expectReason("approval-refused");
        vm.prank(alice);
        hub.approveAndCall(address(spender), 0, "");
        assertEq(hub.allowance(alice, address(spender)), 3, "undone");
    }

    function testFuzz_deposit_send_withdraw(uint64 deposited, uint64 sent, uint64 withdrawn) external {
        uint256 d = deposited % (100e9 + 1);
        uint256 s = d == 0 ? 0 : sent % (d + 1);
        uint256 w = s == 0 ? 0 : withdrawn % (s + 1);
        vm.prank(alice);
        hub.deposit(d);
        vm.prank(alice);
        hub.transfer(bob, s);
        vm.prank(bob);
        hub.withdraw(w);
        assertEq(hub.balanceOf(alice), d - s, "alice");
        assertEq(hub.balanceOf(bob), s - w, "bob");
        assertEq(rlc.balanceOf(bob), w, "withdrawn");
        assertSolventWith(alice, bob);
    }

    function assertSolventWith(address a, address b) private view {
        address[15] memory people = everybody();
        uint256 balances = hub.balanceOf(address(hub)) + hub.balanceOf(a) + hub.balanceOf(b);
        for (uint256 i = 0; i < people.length; ++i) {
            balances += hub.balanceOf(people[i]);
        }
        assertEq(balances, hub.totalSupply(), "sum of balances");
        assertTrue(hub.totalSupply() <= rlc.balanceOf(address(hub)), "backed by tokens");
    }
}

/// @notice A token that answers as told.
contract FalseToken {
    bool private _answer;
    uint256 private _balance;

    function set(bool answer, uint256 balance) external {
        (_answer, _balance) = (answer, balance);
    }

    function transfer(address, uint256) external view returns (bool) {
        return _answer;
    }

    function transferFrom(address, address, uint256) external view returns (bool) {
        return _answer;
    }

    function balanceOf(address) external view returns (uint256) {
        return _balance;
    }
}
