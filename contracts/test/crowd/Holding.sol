// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Treasury} from "./Treasury.sol";
import "../base/Market.sol";

/// @title What holders of money do
abstract contract Holding is Treasury {
    function holdMoney() internal {
        uint256 kind = roll(6);
        address who = anyHolder();
        address to = anyOf(people);
        if (kind == 0) return withdraw(who, to);
        if (kind == 1) return deposit(who, to);
        if (kind == 2) return send(who, to);
        if (kind == 3) return spend(who, to);
        if (kind == 4) return overdraw(who, to);
        recover(who);
    }

    function withdraw(address who, address to) private {
        uint256 amount = roll(free[who] / 4 + 1);
        if (to == address(hub) || oneIn(2)) {
            call(who, abi.encodeCall(IHub.withdraw, (amount)), true, "withdraw");
        } else {
            call(who, abi.encodeCall(IHub.withdrawTo, (amount, to)), true, "withdrawTo");
        }
        free[who] -= amount;
    }

    /// @dev The kitty and the hub itself may be given money: it stays there.
    function send(address who, address to) private {
        uint256 amount = roll(free[who] / 8 + 1);
        call(who, abi.encodeCall(IHub.transfer, (to, amount)), true, "transfer");
        move(who, to, amount);
    }

    function spend(address who, address to) private {
        uint256 amount = roll(free[who] / 8 + 1);
        call(who, abi.encodeCall(IHub.approve, (stranger, amount)), true, "approve");
        call(stranger, abi.encodeCall(IHub.transferFrom, (who, to, amount + 1)), false, "transferFrom above allowance");
        call(stranger, abi.encodeCall(IHub.transferFrom, (who, to, amount)), true, "transferFrom");
        move(who, to, amount);
        assertEq(hub.allowance(who, stranger), 0, "allowance is used up");
    }

    /// @dev Frozen money cannot leave, nor can anybody else's.
    function overdraw(address who, address to) private {
        uint256 amount = free[who] + 1 + roll(frozen[who] + 1);
        if (oneIn(2)) call(who, abi.encodeCall(IHub.withdraw, (amount)), false, "withdraw too much");
        else call(who, abi.encodeCall(IHub.transfer, (to, amount)), false, "transfer too much");
    }

    /// @dev Somebody with a key.
    function anyHolder() internal returns (address who) {
        do {
            who = anyOf(people);
        } while (who == kitty || who == address(hub));
    }
}
