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
        require(account != address(0), "IexecEscrow: Transfer from empty address");
        AccountSlot memory slot = _accounts[account];
        require(amount <= slot.balance, "IexecEscrow: Transfer amount exceeds balance");
        // Cannot overflow: `amount` was part of a balance, and frozen amounts are part of the supply.
        unchecked {
            slot.balance -= uint96(amount);
            slot.frozen += uint96(amount);
            _accounts[account] = slot;
            _accounts[address(this)].balance += uint96(amount);
        }
        emit Transfer(account, address(this), amount);
        emit Lock(account, amount);
    }

    /// @dev Gives `amount` of the frozen balance of `account` back to it.
    function _unlock(address account, uint256 amount) internal {
        _credit(account, amount, amount);
        _takeFromHub(amount);
        _emitUnlock(account, amount);
    }

    /// @dev Takes `amount` of the frozen balance of `account` away because of the task `ref`.
    function _seize(address account, uint256 amount, bytes32 ref) internal {
        _accounts[account].frozen = uint96(_accounts[account].frozen - amount);
        emit Seize(account, amount, ref);
    }

    // ------------------------------------------------------------------ parts, to write each account once

    /// @dev Adds to the free and takes from the frozen balance. What is added comes from the hub's balance, from which
    /// the caller takes it: `_takeFromHub`.
    function _credit(address account, uint256 added, uint256 unfrozen) internal {
        require(account != address(0), "IexecEscrow: Transfer to empty address");
        AccountSlot memory slot = _accounts[account];
        slot.frozen = uint96(slot.frozen - unfrozen);
        unchecked {
            slot.balance += uint96(added);
        }
        _accounts[account] = slot;
    }

    function _takeFromHub(uint256 amount) internal {
        uint256 balance = _accounts[address(this)].balance;
        require(amount <= balance, "IexecEscrow: Transfer amount exceeds balance");
        unchecked {
            _accounts[address(this)].balance = uint96(balance - amount);
        }
    }

    function _emitUnlock(address account, uint256 amount) internal {
        emit Transfer(address(this), account, amount);
        emit Unlock(account, amount);
    }

    function _emitReward(address account, uint256 amount, bytes32 ref) internal {
        emit Transfer(address(this), account, amount);
        emit Reward(account, amount, ref);
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
