// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ITokenSpender} from "../interfaces/External.sol";
import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {Account} from "../interfaces/Views.sol";
import {Escrow} from "./Escrow.sol";
import {Matching} from "./Matching.sol";

/// @title Money in, money out, and the stake as an ERC-20 ("Staked RLC")
/// @notice Amounts in nRLC. Free balances can be withdrawn, sent and spent by allowance; frozen ones cannot.
abstract contract Accounts is Escrow {
    event Approval(address indexed owner, address indexed spender, uint256 value);

    /// @notice `receiveApproval` carries another call than matchOrders.
    error UnsupportedOperation(bytes4 operation);
    /// @notice `receiveApproval` carries a request of somebody else.
    error CallerIsNotTheRequester();
    /// @notice `receiveApproval`: matchOrders failed without saying why.
    error OperationFailed();
    /// @notice More tokens than the ledger can count (2^96 - 1).
    error SupplyOutOfRange(uint256 totalSupply);

    // ------------------------------------------------------------------ deposit and withdraw

    /// @notice Moves `amount` of the caller's tokens (approved before) to its account. Reverts with the token's error or
    /// "failed-transferFrom", SupplyOutOfRange. Emits Transfer from zero.
    function deposit(uint256 amount) external returns (bool) {
        _deposit(msg.sender, msg.sender, amount);
        return true;
    }

    /// @notice `deposit` to the account of `target`.
    function depositFor(uint256 amount, address target) external returns (bool) {
        _deposit(msg.sender, target, amount);
        return true;
    }

    /// @notice `depositFor` each target its amount. Reverts "invalid-array-length".
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external returns (bool) {
        require(amounts.length == targets.length, "invalid-array-length");
        for (uint256 i = 0; i < amounts.length; ++i) {
            _deposit(msg.sender, targets[i], amounts[i]);
        }
        return true;
    }

    /// @notice Gives the caller `amount` of its free balance back as tokens. Reverts empty when it has less.
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

    /// @notice Credits the owner with the tokens that were sent to the hub without a deposit, and with those alone.
    /// Owner only. Emits Transfer from zero.
    function recover() external returns (uint256 amount) {
        require(msg.sender == _owner(), "Ownable: caller is not the owner");
        amount = TOKEN.balanceOf(address(this)) - _totalSupply;
        _mint(msg.sender, amount);
    }

    /// @notice What `RLC.approveAndCall(hub, amount, data)` calls: deposits `amount` for `sender` and, when `data` is a
    /// call of matchOrders whose requester is `sender`, makes it.
    /// Reverts "wrong-token", as deposit, UnsupportedOperation, CallerIsNotTheRequester, as matchOrders,
    /// OperationFailed.
    function receiveApproval(address sender, uint256 amount, address token_, bytes calldata data)
        external
        returns (bool)
    {
        require(token_ == address(TOKEN), "wrong-token");
        _deposit(sender, sender, amount);
        if (data.length != 0) _matchFor(sender, data);
        return true;
    }

    function _matchFor(address sender, bytes calldata data) private {
        bytes4 operation = bytes4(data);
        if (operation != Matching.matchOrders.selector) revert UnsupportedOperation(operation);
        (,,, RequestOrder memory request) =
            abi.decode(data[4:], (AppOrder, DatasetOrder, WorkerpoolOrder, RequestOrder));
        if (request.requester != sender) revert CallerIsNotTheRequester();
        // To itself, whatever code it runs by: matching lives in another contract than this one.
        (bool success, bytes memory result) = address(this).delegatecall(data);
        if (success) return;
        if (result.length == 0) revert OperationFailed();
        assembly ("memory-safe") {
            revert(add(result, 32), mload(result))
        }
    }

    function _deposit(address from, address target, uint256 amount) private {
        require(TOKEN.transferFrom(from, address(this), amount), "failed-transferFrom");
        _mint(target, amount);
    }

    function _withdraw(address target, uint256 amount) private {
        uint256 balance = _accounts[msg.sender].balance;
        require(amount <= balance);
        unchecked {
            _accounts[msg.sender].balance = uint96(balance - amount);
            _totalSupply -= uint96(amount);
        }
        emit Transfer(msg.sender, address(0), amount);
        require(TOKEN.transfer(target, amount), "failed-transfer");
    }

    function _mint(address account, uint256 amount) private {
        require(account != address(0), "ERC20: mint to the zero address");
        uint256 supply = _totalSupply + amount;
        if (supply > type(uint96).max) revert SupplyOutOfRange(supply);
        _totalSupply = uint96(supply);
        unchecked {
            _accounts[account].balance += uint96(amount);
        }
        emit Transfer(address(0), account, amount);
    }

    // ------------------------------------------------------------------ ERC-20

    function name() external pure returns (string memory) {
        return "Staked RLC";
    }

    function symbol() external pure returns (string memory) {
        return "SRLC";
    }

    function decimals() external pure returns (uint8) {
        return 9;
    }

    /// @notice nRLC deposited and not withdrawn, free or frozen.
    function totalSupply() external view returns (uint256) {
        return _totalSupply;
    }

    /// @notice Free nRLC of an account.
    function balanceOf(address account) external view returns (uint256) {
        return _accounts[account].balance;
    }

    /// @notice nRLC of an account that are locked in deals and tasks.
    function frozenOf(address account) external view returns (uint256) {
        return _accounts[account].frozen;
    }

    /// @notice Free and frozen nRLC of an account.
    function viewAccount(address account) external view returns (Account memory) {
        return Account(_accounts[account].balance, _accounts[account].frozen);
    }

    /// @notice Free nRLC of `account` that `spender` may take.
    function allowance(address account, address spender) external view returns (uint256) {
        return _allowances[account][spender];
    }

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
}
