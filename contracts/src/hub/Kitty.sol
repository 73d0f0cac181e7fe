// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Escrow} from "./Escrow.sol";

/// @title Where stakes of those who failed go
abstract contract Kitty is Escrow {
    /// @dev Freezes for the kitty what was seized. Emits Reward, Lock.
    function _feedKitty(uint256 amount, bytes32 taskid) internal {
        unchecked {
            _accounts[KITTY_ADDRESS].frozen += uint96(amount);
        }
        emit Reward(KITTY_ADDRESS, amount, taskid);
        emit Lock(KITTY_ADDRESS, amount);
    }

    /// @dev Takes the part out of the kitty that a finished task earns its scheduler: a tenth, at least 1 RLC. Only in the
    /// original's way, because it undoes the penalty: whoever was slashed makes a few free deals with itself and takes
    /// everything back. Otherwise the kitty keeps what it got, and the part is zero. Emits Seize unless the kitty is empty.
    function _takeFromKitty(bytes32 taskid) internal returns (uint256 part) {
        if (!STRICT) return 0;
        uint256 kitty = _accounts[KITTY_ADDRESS].frozen;
        if (kitty == 0) return 0;
        part = kitty * KITTY_RATIO / 100;
        if (part < KITTY_MIN) part = KITTY_MIN;
        if (part > kitty) part = kitty;
        _seize(KITTY_ADDRESS, part, taskid);
    }
}
