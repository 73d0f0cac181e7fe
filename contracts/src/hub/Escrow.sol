// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {HubStorage} from "./HubStorage.sol";

/// @title The ledger: free and frozen nRLC of every account
/// @notice Frozen amounts lie in the account of the hub itself, so at any time
///   sum of balances = total supply <= tokens held, and balance of the hub >= sum of frozen amounts.
/// Every primitive emits its events for an amount of zero too, as clients expect.
abstract contract Escrow is HubStorage {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Lock(address owner, uint256 amount);
    event Unlock(address owner, uint256 amount);
    event Reward(address owner, uint256 amount, bytes32 ref);
    event Seize(address owner, uint256 amount, bytes32 ref);

    /// @dev Freezes `amount` of the free balance of `account`.
    function _lock(address account, uint256 amount) internal {
        _move(account, address(this), amount);
        // Cannot overflow: `amount` was part of a balance, and frozen amounts are part of the supply.
        unchecked {
            _accounts[account].frozen += uint96(amount);
        }
        emit Lock(account, amount);
    }

    /// @dev Gives `amount` of the frozen balance of `account` back to it.
    function _unlock(address account, uint256 amount) internal {
        _move(address(this), account, amount);
        _unfreeze(account, amount);
        emit Unlock(account, amount);
    }

    /// @dev Pays `amount` to `account` out of what was seized for the task `ref`.
    function _reward(address account, uint256 amount, bytes32 ref) internal {
        _move(address(this), account, amount);
        emit Reward(account, amount, ref);
    }

    /// @dev Takes `amount` of the frozen balance of `account` away because of the task `ref`.
    function _seize(address account, uint256 amount, bytes32 ref) internal {
        _unfreeze(account, amount);
        emit Seize(account, amount, ref);
    }

    function _unfreeze(address account, uint256 amount) private {
        uint256 frozen = _accounts[account].frozen;
        _accounts[account].frozen = uint96(frozen - amount);
    }

    /// @dev Moves free balance. Reverts "IexecEscrow: Transfer amount exceeds balance" and for the zero address.
    function _move(address from, address to, uint256 amount) internal {
        require(from != address(0), "IexecEscrow: Transfer from empty address");
        require(to != address(0), "IexecEscrow: Transfer to empty address");
        uint256 balance = _accounts[from].balance;
        require(amount <= balance, "IexecEscrow: Transfer amount exceeds balance");
        unchecked {
            _accounts[from].balance = uint96(balance - amount);
            _accounts[to].balance += uint96(amount);
        }
        emit Transfer(from, to, amount);
    }
}
