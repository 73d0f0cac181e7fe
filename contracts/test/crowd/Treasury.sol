// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Ledger} from "./Ledger.sol";
import {ICoinHub} from "./Stage.sol";
import "../base/Market.sol";

/// @title How money comes into the hub, be it tokens or the chain's coin, and whose it is that came by no door
abstract contract Treasury is Ledger {
    /// @dev Came without a deposit: nRLC of tokens, or wei.
    uint256 private _surplus;

    function deposit(address who, address to) internal {
        if (native) depositCoins(who, to);
        else depositTokens(who, to);
    }

    // ------------------------------------------------------------------ tokens

    function depositTokens(address who, address to) private {
        uint256 amount = roll(rlc.balanceOf(who) + 1);
        if (oneIn(2)) {
            vm.prank(who);
            rlc.approveAndCall(address(hub), amount, "");
            countCall(true);
            free[who] += amount;
            return;
        }
        vm.prank(who);
        rlc.approve(address(hub), amount);
        uint256 kind = roll(3);
        if (kind == 0) {
            call(who, abi.encodeCall(IHub.deposit, (amount)), true, "deposit");
            free[who] += amount;
        } else if (kind == 1) {
            call(who, abi.encodeCall(IHub.depositFor, (amount, to)), true, "depositFor");
            free[to] += amount;
        } else {
            (uint256[] memory amounts, address[] memory targets) = split(amount, who, to);
            call(who, abi.encodeCall(IHub.depositForArray, (amounts, targets)), true, "depositForArray");
        }
    }

    // ------------------------------------------------------------------ coins

    /// @dev What is less than 1 nRLC comes back.
    function depositCoins(address who, address to) private {
        uint256 amountWei = roll(who.balance + 1);
        uint256 amount = amountWei / WEI_PER_NRLC;
        uint256 left = who.balance - amount * WEI_PER_NRLC;
        uint256 kind = roll(5);
        if (kind == 3) {
            pay(who, amountWei, abi.encodeCall(ICoinHub.depositFor, (to)), true, "depositFor");
            free[to] += amount;
        } else if (kind == 4) {
            (uint256[] memory amounts, address[] memory targets) = split(amount, who, to);
            bytes memory data = abi.encodeCall(ICoinHub.depositForArray, (amounts, targets));
            if (amount != 0) pay(who, amount * WEI_PER_NRLC - 1, data, false, "too few coins");
            pay(who, amountWei, data, true, "depositForArray");
        } else {
            bytes memory data =
                kind == 0 ? bytes("") : kind == 1 ? bytes("hello") : abi.encodeCall(ICoinHub.deposit, ());
            pay(who, amountWei, data, true, "deposit");
            free[who] += amount;
        }
        assertEq(who.balance, left, "the rest of the coins");
    }

    function split(uint256 amount, address who, address to)
        private
        returns (uint256[] memory amounts, address[] memory targets)
    {
        (amounts, targets) = (new uint256[](2), new address[](2));
        amounts[0] = roll(amount + 1);
        amounts[1] = amount - amounts[0];
        (targets[0], targets[1]) = (who, to);
        free[who] += amounts[0];
        free[to] += amounts[1];
    }

    // ------------------------------------------------------------------ surplus

    /// @dev Coins can come without any code of the hub running.
    function recover(address who) internal {
        if (native) {
            uint256 amountWei = roll(1e18);
            vm.deal(address(hub), address(hub).balance + amountWei);
            _surplus += amountWei;
        } else {
            uint256 amount = roll(rlc.balanceOf(who) + 1);
            vm.prank(who);
            rlc.transfer(address(hub), amount);
            _surplus += amount;
        }
        call(stranger, abi.encodeCall(IHub.recover, ()), false, "recover by a stranger");
        if (oneIn(2)) return;
        call(admin, abi.encodeCall(IHub.recover, ()), true, "recover");
        free[admin] += native ? _surplus / WEI_PER_NRLC : _surplus;
        _surplus = native ? _surplus % WEI_PER_NRLC : 0;
    }
}
