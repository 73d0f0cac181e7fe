// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ITokenSpender} from "../interfaces/External.sol";
import {Escrow} from "./Escrow.sol";

/// @title The stake as an ERC-20 ("Staked RLC"), whatever it is made of
/// @notice Amounts in nRLC. Free balances can be withdrawn, sent and spent by allowance; frozen ones cannot.
/// How they come in and go out is in `HubAccounts` (a token) and `HubNativeAccounts` (the chain's coin).
abstract contract Accounts is Escrow {
    event Approval(address indexed owner, address indexed spender, uint256 value);

    /// @notice More nRLC than the ledger can count (2^96 - 1).
    error SupplyOutOfRange(uint256 totalSupply);

    /// @notice Sends free nRLC of the caller. Reverts empty when it has less, with a string for the zero address.
    /// Emits Transfer.
    function transfer(address recipient, uint256 amount) external returns (bool) {
        _transfer(msg.sender, recipient, amount);
        return true;
    }

    /// @notice Sends free nRLC of `sender` out of the caller's allowance. Reverts empty when either is too small.
    /// Emits Transfer, Approval (what is left).
    function transferFrom(address sender, address recipient, uint256 amount) external returns (bool) {
        _transfer(sender, recipient, amount);
        uint256 allowed = _allowances[sender][msg.sender];
        require(amount <= allowed);
        _approve(sender, msg.sender, allowed - amount);
        return true;
    }

    /// @notice Lets `spender` take up to `amount` nRLC. Emits Approval.
    function approve(address spender, uint256 amount) external returns (bool) {
        _approve(msg.sender, spender, amount);
        return true;
    }

    /// @notice `approve`, then calls the spender's `receiveApproval`, which must answer true ("approval-refused").
    function approveAndCall(address spender, uint256 amount, bytes calldata data) external returns (bool) {
        _approve(msg.sender, spender, amount);
        require(ITokenSpender(spender).receiveApproval(msg.sender, amount, address(this), data), "approval-refused");
        return true;
    }

    /// @notice Adds to an allowance. Emits Approval.
    function increaseAllowance(address spender, uint256 added) external returns (bool) {
        _approve(msg.sender, spender, _allowances[msg.sender][spender] + added);
        return true;
    }

    /// @notice Takes from an allowance. Reverts empty when it is smaller. Emits Approval.
    function decreaseAllowance(address spender, uint256 subtracted) external returns (bool) {
        uint256 allowed = _allowances[msg.sender][spender];
        require(subtracted <= allowed);
        _approve(msg.sender, spender, allowed - subtracted);
        return true;
    }

    function _transfer(address sender, address recipient, uint256 amount) private {
        require(sender != address(0), "ERC20: transfer from the zero address");
        require(recipient != address(0), "ERC20: transfer to the zero address");
        require(amount <= _accounts[sender].balance);
        _move(sender, recipient, amount);
    }

    function _approve(address account, address spender, uint256 amount) private {
        require(account != address(0), "ERC20: approve from the zero address");
        require(spender != address(0), "ERC20: approve to the zero address");
        _allowances[account][spender] = amount;
        emit Approval(account, spender, amount);
    }

    // ------------------------------------------------------------------ withdraw

    /// @notice Gives the caller `amount` nRLC of its free balance back. Reverts empty when it has less,
    /// "failed-transfer" or with the token's error, "native-transfer-failed" when the coins are not taken.
    /// Emits Transfer to zero.
    function withdraw(uint256 amount) external returns (bool) {
        _withdraw(msg.sender, amount);
        return true;
    }

    /// @notice `withdraw` to another address.
    function withdrawTo(uint256 amount, address target) external returns (bool) {
        _withdraw(target, amount);
        return true;
    }

    function _withdraw(address target, uint256 amount) private {
        _burn(amount);
        _pay(target, amount);
    }

    /// @dev Hands out what the ledger no longer counts: the last act of a function, so it does not matter what the
    /// receiver does.
    function _pay(address target, uint256 amount) internal virtual;

    // ------------------------------------------------------------------ supply

    /// @dev Credits `account` with `amount` that has come in.
    function _mint(address account, uint256 amount) internal {
        require(account != address(0), "ERC20: mint to the zero address");
        uint256 supply = _totalSupply + amount;
        if (supply > type(uint96).max) revert SupplyOutOfRange(supply);
        _totalSupply = uint96(supply);
        unchecked {
            _accounts[account].balance += uint96(amount);
        }
        emit Transfer(address(0), account, amount);
    }

    /// @dev Takes `amount` that is about to go out from the caller's free balance. Reverts empty when it has less.
    function _burn(uint256 amount) private {
        uint256 balance = _accounts[msg.sender].balance;
        require(amount <= balance);
        unchecked {
            _accounts[msg.sender].balance = uint96(balance - amount);
            _totalSupply -= uint96(amount);
        }
        emit Transfer(msg.sender, address(0), amount);
    }
}
