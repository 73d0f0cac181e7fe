// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

/// @notice A hub whose token tells both sides of each transfer (as ERC-777 does), so that they can re-enter.
contract TokenReentrancyTest is Market {
    HookToken private _token;

    function deployHub(address previousHub) internal override returns (IHub) {
        _token = new HookToken();
        return deployHub(address(_token), previousHub, STRICT_BY_DEFAULT);
    }

    function fund(address who) internal override {
        _token.mint(who, DEPOSIT);
        vm.prank(who);
        hub.deposit(DEPOSIT);
    }

    function holdings() internal view override returns (uint256) {
        return _token.balanceOf(address(hub));
    }

    function attack(bytes memory beforeSending, bytes memory afterReceiving) private returns (Attacker attacker) {
        attacker = new Attacker(address(hub));
        _token.mint(address(attacker), 100);
        attacker.call(abi.encodeCall(IHub.deposit, (60)));
        attacker.arm(beforeSending, afterReceiving, "");
    }

    function wealth(Attacker attacker) private view returns (uint256) {
        return _token.balanceOf(address(attacker)) + hub.balanceOf(address(attacker));
    }

    function test_withdrawing_while_tokens_come_back() external {
        Attacker attacker = attack("", abi.encodeCall(IHub.withdraw, (60)));
        attacker.call(abi.encodeCall(IHub.withdraw, (60)));
        assertEq(attacker.reentries(), 1, "it was called");
        assertEq(wealth(attacker), 100, "as rich as before");
        assertEq(hub.totalSupply(), holdings(), "backed");
    }

    function test_withdrawing_or_sending_while_tokens_leave() external {
        Attacker attacker = attack(abi.encodeCall(IHub.withdraw, (60)), "");
        attacker.call(abi.encodeCall(IHub.deposit, (40)));
        assertEq(wealth(attacker), 100, "as rich as before");
        attacker = attack(abi.encodeCall(IHub.transfer, (stranger, 60)), "");
        attacker.call(abi.encodeCall(IHub.deposit, (40)));
        assertEq(wealth(attacker) + hub.balanceOf(stranger), 100, "moved, not made");
        assertEq(hub.totalSupply(), holdings(), "backed");
    }

    function test_depositing_within_a_deposit() external {
        Attacker attacker = attack(abi.encodeCall(IHub.deposit, (20)), "");
        attacker.call(abi.encodeCall(IHub.deposit, (20)));
        assertEq(hub.balanceOf(address(attacker)), 100, "each counts once");
        assertEq(hub.totalSupply(), holdings(), "backed");
    }

    function test_recovering_within_a_deposit() external {
        // The tokens are there already and not yet counted: the owner must not take its own deposit for surplus.
        for (uint256 nested = 0; nested < 2; ++nested) {
            Attacker attacker = attack("", "");
            vm.prank(hub.owner());
            hub.transferOwnership(address(attacker));
            bytes[] memory calls = new bytes[](2);
            calls[0] = abi.encodeCall(IHub.deposit, (10));
            calls[1] = abi.encodeCall(IHub.recover, ());
            attacker.arm("", "", nested == 1 ? abi.encodeCall(IHub.multicall, (calls)) : calls[1]);
            attacker.call(abi.encodeCall(IHub.deposit, (30)));
            assertTrue(attacker.reentries() > 0, "it was called");
            assertEq(wealth(attacker), 100, "as rich as before");
            assertEq(hub.totalSupply(), holdings(), "backed");
        }
    }

    function test_recovering_within_a_withdrawal() external {
        // Even of the owner: when tokens come to it the ledger has them off already.
        Attacker attacker = attack("", "");
        vm.prank(admin);
        hub.transferOwnership(address(attacker));
        attacker.arm("", abi.encodeCall(IHub.recover, ()), "");
        attacker.call(abi.encodeCall(IHub.withdraw, (60)));
        assertEq(attacker.reentries(), 1, "it was called");
        assertEq(wealth(attacker), 100, "no surplus");
        assertEq(hub.totalSupply(), holdings(), "backed");
    }
}

/// @notice Tells the sender before and after, and the receiver after, tokens move.
contract HookToken {
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
        totalSupply += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        move(msg.sender, to, amount);
        return true;
    }

    /// @dev Everybody allows everybody: allowances do not matter here.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        move(from, to, amount);
        return true;
    }

    function move(address from, address to, uint256 amount) private {
        tell(from, abi.encodeCall(Attacker.beforeSending, ()));
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        tell(from, abi.encodeCall(Attacker.afterSending, ()));
        tell(to, abi.encodeCall(Attacker.afterReceiving, ()));
    }

    function tell(address who, bytes memory data) private {
        (bool success,) = who.call(data);
        success;
    }
}

/// @notice Does what it is armed with, once, when tokens move.
contract Attacker {
    address private immutable HUB;
    bytes[3] private _armed;
    uint256 public reentries;

    constructor(address hub) {
        HUB = hub;
    }

    function arm(bytes calldata before, bytes calldata received, bytes calldata sent) external {
        (_armed[0], _armed[1], _armed[2]) = (before, received, sent);
    }

    function call(bytes calldata data) external {
        (bool success,) = HUB.call(data);
        require(success, "attacker's call");
    }

    function beforeSending() external {
        act(0);
    }

    function afterReceiving() external {
        act(1);
    }

    function afterSending() external {
        act(2);
    }

    function act(uint256 when) private {
        bytes memory data = _armed[when];
        if (data.length == 0) return;
        delete _armed[when];
        ++reentries;
        (bool success,) = HUB.call(data);
        success;
    }
}
