// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

interface INativeHub {
    function deposit() external payable returns (bool);
    function depositFor(address target) external payable returns (bool);
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external payable returns (bool);
}

/// @notice A hub that stakes the chain's coin: 1 nRLC is 1e9 wei.
contract NativeAccountsTest is Market {
    uint256 private constant WEI = 1e9;
    address private alice = person(0xD1);
    address private bob = person(0xD2);

    function deployHub(address previousHub) internal override returns (IHub) {
        return deployHub(address(0), previousHub, STRICT_BY_DEFAULT);
    }

    function fund(address who) internal override {
        vm.deal(who, who.balance + DEPOSIT * WEI);
        vm.prank(who);
        native().deposit{value: DEPOSIT * WEI}();
    }

    function holdings() internal view override returns (uint256) {
        return address(hub).balance / WEI;
    }

    function native() private view returns (INativeHub) {
        return INativeHub(address(hub));
    }

    function setUp() public override {
        super.setUp();
        vm.deal(alice, 100 ether);
    }

    function send(address from, uint256 value, bytes memory data) private returns (bool success, bytes memory answer) {
        vm.prank(from);
        return address(hub).call{value: value}(data);
    }

    // ------------------------------------------------------------------ deposit

    function test_there_is_no_token() external view {
        assertEq(hub.token(), address(0), "token");
    }

    function test_deposit_gives_the_remainder_back() external {
        vm.recordLogs();
        vm.prank(alice);
        assertTrue(native().deposit{value: 3 * WEI + 7}(), "returns true");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event");
        assertEq(logs[0].topics[0], keccak256("Transfer(address,address,uint256)"), "event");
        assertEq(logs[0].topics[1], bytes32(0), "from zero");
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(alice))), "to");
        assertEq(logs[0].data, abi.encode(3), "amount");
        assertEq(hub.balanceOf(alice), 3, "stake");
        assertEq(alice.balance, 100 ether - 3 * WEI, "coins");
    }

    function test_coins_and_unknown_calls_are_deposits() external {
        (bool success,) = send(alice, 4 * WEI + 1, "");
        assertTrue(success, "receive");
        assertEq(hub.balanceOf(alice), 4, "by receive");
        (success,) = send(alice, 5 * WEI + 2, hex"12345678aa");
        assertTrue(success, "fallback");
        assertEq(hub.balanceOf(alice), 9, "by fallback");
        (success,) = send(alice, 6 * WEI, hex"12");
        assertTrue(success, "fallback");
        assertEq(hub.balanceOf(alice), 15, "by a short call");
        (success,) = send(alice, 0, "");
        assertTrue(success, "nothing");
        assertEq(hub.balanceOf(alice), 15, "as before");
        assertEq(alice.balance, 100 ether - 15 * WEI, "remainders came back");
        // The forms of the token hub are unknown calls here.
        (success,) = send(alice, 0, abi.encodeCall(IHub.deposit, (1_000)));
        assertEq(hub.balanceOf(alice), 15, "no coins, no stake");
    }

    function test_functions_that_take_no_coins() external {
        (bool success,) = send(alice, WEI, abi.encodeCall(IHub.withdraw, (0)));
        assertTrue(!success, "withdraw");
        (success,) = send(alice, WEI, abi.encodeCall(IHub.initialize, (bytes32(0), 0)));
        assertTrue(!success, "initialize");
        (success,) = send(alice, WEI, abi.encodeCall(IHub.owner, ()));
        assertTrue(!success, "owner");
    }

    function test_depositFor() external {
        vm.prank(alice);
        assertTrue(native().depositFor{value: 2 * WEI + 9}(bob), "returns true");
        assertEq(hub.balanceOf(bob), 2, "bob");
        assertEq(alice.balance, 100 ether - 2 * WEI, "the remainder is alice's");
        expectReason("ERC20: mint to the zero address");
        vm.prank(alice);
        native().depositFor{value: WEI}(address(0));
    }

    function test_depositForArray() external {
        uint256[] memory amounts = new uint256[](2);
        address[] memory targets = new address[](2);
        (amounts[0], amounts[1], targets[0], targets[1]) = (2, 3, bob, stranger);
        vm.prank(alice);
        assertTrue(native().depositForArray{value: 6 * WEI + 1}(amounts, targets), "returns true");
        assertEq(hub.balanceOf(bob), 2, "bob");
        assertEq(hub.balanceOf(stranger), 3, "stranger");
        assertEq(alice.balance, 100 ether - 5 * WEI, "the rest came back");
        expectPanic(0x11);
        vm.prank(alice);
        native().depositForArray{value: 5 * WEI - 1}(amounts, targets);
        amounts[1] = type(uint256).max / WEI + 2; // times 1e9 it overflows to little
        expectPanic(0x11);
        vm.prank(alice);
        native().depositForArray{value: 5 * WEI}(amounts, targets);
        expectReason("invalid-array-length");
        vm.prank(alice);
        native().depositForArray{value: WEI}(amounts, new address[](1));
    }

    function test_more_than_the_ledger_can_count() external {
        uint256 supply = hub.totalSupply();
        uint256 most = type(uint96).max - supply;
        vm.deal(alice, (most + 1) * WEI);
        vm.expectRevert(abi.encodeWithSignature("SupplyOutOfRange(uint256)", uint256(type(uint96).max) + 1));
        vm.prank(alice);
        native().deposit{value: (most + 1) * WEI}();
        vm.prank(alice);
        native().deposit{value: most * WEI}();
        assertEq(hub.balanceOf(alice), most, "the most");
    }

    // ------------------------------------------------------------------ withdraw, recover

    function test_withdraw() external {
        vm.prank(alice);
        native().deposit{value: 10 * WEI}();
        vm.recordLogs();
        vm.prank(alice);
        assertTrue(hub.withdraw(4), "returns true");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event");
        assertEq(logs[0].topics[2], bytes32(0), "to zero");
        assertEq(alice.balance, 100 ether - 6 * WEI, "coins");
        vm.prank(alice);
        assertTrue(hub.withdrawTo(5, bob), "returns true");
        assertEq(bob.balance, 5 * WEI, "coins of bob");
        expectEmptyRevert();
        vm.prank(alice);
        hub.withdraw(2);
        assertEq(hub.balanceOf(alice), 1, "stake");
    }

    function test_coins_that_are_not_taken() external {
        Refuser refuser = new Refuser();
        vm.prank(alice);
        native().deposit{value: 10 * WEI}();
        expectReason("native-transfer-failed");
        vm.prank(alice);
        hub.withdrawTo(4, address(refuser));
        assertEq(hub.balanceOf(alice), 10, "undone");
        vm.deal(address(refuser), 10 * WEI);
        // A whole deposit needs nothing sent back; one with a remainder does.
        vm.prank(address(refuser));
        native().deposit{value: WEI}();
        expectReason("native-transfer-failed");
        vm.prank(address(refuser));
        native().deposit{value: WEI + 1}();
    }

    function test_recover_takes_surplus_only() external {
        assertEq(hub.owner(), admin, "owner");
        // As when a contract is destroyed in favour of the hub: no code of the hub runs.
        vm.deal(address(hub), address(hub).balance + 7 * WEI + 3);
        expectReason("Ownable: caller is not the owner");
        vm.prank(stranger);
        hub.recover();
        vm.prank(admin);
        assertEq(hub.recover(), 7, "recovered");
        vm.prank(admin);
        assertEq(hub.recover(), 0, "nothing more");
        assertEq(hub.balanceOf(admin), 7, "owner's stake");
    }

    // ------------------------------------------------------------------ attacks, and the whole

    function test_reentering_gains_nothing() external {
        Thief thief = new Thief(address(hub));
        vm.deal(address(thief), 10 * WEI);
        thief.go();
        // It re-entered from withdraw with withdraw, from the remainder of a deposit with recover and deposit.
        assertEq(address(thief).balance / WEI + hub.balanceOf(address(thief)), 10, "as rich as before");
        assertSolventWith(address(thief));
    }

    function test_coins_in_a_multicall_are_refused() external {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(INativeHub.deposit, ());
        calls[1] = calls[0];
        (bool success,) = send(alice, WEI, abi.encodeCall(IHub.multicall, (calls)));
        assertTrue(!success, "one coin, two deposits");
        (success,) = send(alice, 0, abi.encodeCall(IHub.multicall, (calls)));
        assertTrue(success, "two deposits of nothing");
        assertEq(hub.balanceOf(alice), 0, "nothing");
    }

    function test_a_task_completes() external {
        bytes32 taskid = openTask(makeOrders());
        remember();
        complete(workers[0], taskid);
        assertDelta(requester, 0, -int256(TASK_PRICE), "requester");
        assertDelta(appOwner, int256(APP_PRICE), 0, "app owner");
        assertSolvent();
    }

    function test_stake_is_an_erc20_here_too() external {
        vm.prank(requester);
        assertTrue(hub.transfer(bob, 5), "transfer");
        vm.prank(requester);
        hub.approve(bob, 7);
        vm.prank(bob);
        hub.transferFrom(requester, bob, 7);
        assertEq(hub.balanceOf(bob), 12, "bob");
        assertEq(hub.symbol(), "SRLC", "symbol");
    }

    function test_pieces_fit_the_kind_of_hub() external {
        bytes memory none = abi.encode(address(0), apps, datasets, pools, address(0), admin, false);
        bytes memory some = abi.encode(address(rlc), apps, datasets, pools, address(0), admin, false);
        vm.expectRevert(abi.encodeWithSignature("TokenMissing()"));
        this.create("HubAccounts.sol:HubAccounts", none);
        vm.expectRevert(abi.encodeWithSignature("TokenNotWanted(address)", address(rlc)));
        this.create("HubNativeAccounts.sol:HubNativeAccounts", some);
    }

    function create(string memory path, bytes memory args) external {
        bytes memory code = bytes.concat(vm.getCode(path), args);
        assembly ("memory-safe") {
            if iszero(create(0, add(code, 32), mload(code))) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    function testFuzz_deposit_send_withdraw(uint96 depositedWei, uint64 sent, uint64 withdrawn) external {
        vm.deal(alice, depositedWei);
        vm.prank(alice);
        native().deposit{value: depositedWei}();
        uint256 stake = hub.balanceOf(alice);
        uint256 s = stake == 0 ? 0 : sent % (stake + 1);
        uint256 w = s == 0 ? 0 : withdrawn % (s + 1);
        vm.prank(alice);
        hub.transfer(bob, s);
        vm.prank(bob);
        hub.withdraw(w);
        assertEq(stake, depositedWei / WEI, "stake");
        assertEq(alice.balance, depositedWei % WEI, "remainder");
        assertEq(bob.balance, w * WEI, "withdrawn");
        assertEq(address(hub).balance, hub.totalSupply() * WEI, "held");
    }

    function assertSolventWith(address a) private view {
        assertTrue(hub.totalSupply() <= holdings(), "backed");
        assertTrue(hub.balanceOf(a) <= hub.totalSupply(), "part of the supply");
    }
}

/// @notice Takes no coins.
contract Refuser {
    receive() external payable {
        revert();
    }
}

/// @notice Re-enters whenever it receives coins.
contract Thief {
    IHub private immutable HUB;
    uint256 private _depth;

    constructor(address hub) {
        HUB = IHub(hub);
    }

    function go() external {
        INativeHub(address(HUB)).deposit{value: 5e9 + 1}();
        HUB.withdraw(3);
    }

    function try_(uint256 value, bytes memory data) private {
        (bool success,) = address(HUB).call{value: value}(data);
        success;
    }

    receive() external payable {
        if (_depth++ > 3) return;
        // Whatever of this succeeds or fails, it must not pay.
        try_(0, abi.encodeCall(IHub.withdraw, (3)));
        try_(0, abi.encodeCall(IHub.recover, ()));
        try_(1e9 + 1, "");
    }
}
