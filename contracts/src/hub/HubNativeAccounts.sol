// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Accounts} from "./Accounts.sol";
import {HubConfiguration, HubStorage} from "./HubStorage.sol";

/// @title Coins in, coins out
/// @notice The accounts of a hub that stakes the chain's own coin, 1 nRLC being 1e9 wei (so 1 RLC is 1e18). Code only:
/// `Hub` runs it in its own storage. Coins leave at the very end of a function, when the ledger is right again, so it
/// does not matter what their receiver does.
contract HubNativeAccounts is Accounts {
    uint256 private constant WEI_PER_NRLC = 1e9;

    /// @notice The configuration names a token: a hub with one has `HubAccounts`.
    error TokenNotWanted(address token);

    constructor(HubConfiguration memory configuration_) HubStorage(configuration_) {
        address token_ = address(configuration_.token);
        if (token_ != address(0)) revert TokenNotWanted(token_);
    }

    /// @notice What the hub is made with, for the piece that is made next.
    function configuration() external view returns (HubConfiguration memory) {
        return _configuration();
    }

    /// @notice As `deposit()`.
    receive() external payable {
        _depositFor(msg.sender);
    }

    /// @notice A call that the hub does not know is a deposit, too.
    fallback() external payable {
        _depositFor(msg.sender);
    }

    /// @notice Credits the caller with the coins sent along; what is less than 1 nRLC is sent back.
    /// Reverts SupplyOutOfRange, "native-transfer-failed". Emits Transfer from zero.
    function deposit() external payable returns (bool) {
        _depositFor(msg.sender);
        return true;
    }

    /// @notice `deposit` to the account of `target`; the remainder goes back to the caller.
    function depositFor(address target) external payable returns (bool) {
        _depositFor(target);
        return true;
    }

    /// @notice Credits each target with its amount in nRLC, out of the coins sent along; what is left is sent back.
    /// Reverts "invalid-array-length", Panic(0x11) when the coins do not suffice, and as `deposit`.
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external payable returns (bool) {
        require(amounts.length == targets.length, "invalid-array-length");
        uint256 remainingWei = msg.value;
        for (uint256 i = 0; i < amounts.length; ++i) {
            remainingWei -= amounts[i] * WEI_PER_NRLC;
            _mint(targets[i], amounts[i]);
        }
        _send(msg.sender, remainingWei);
        return true;
    }

    /// @notice Credits the owner with the coins that came to the hub without a deposit, and with those alone.
    /// Owner only. Emits Transfer from zero.
    function recover() external returns (uint256 amount) {
        require(msg.sender == _owner(), "Ownable: caller is not the owner");
        amount = address(this).balance / WEI_PER_NRLC - _totalSupply;
        _mint(msg.sender, amount);
    }

    function _depositFor(address target) private {
        _mint(target, msg.value / WEI_PER_NRLC);
        _send(msg.sender, msg.value % WEI_PER_NRLC);
    }

    function _pay(address target, uint256 amount) internal override {
        _send(target, amount * WEI_PER_NRLC);
    }

    /// @dev What the receiver answers is not copied.
    function _send(address target, uint256 amountWei) private {
        bool success = true;
        assembly ("memory-safe") {
            if amountWei { success := call(gas(), target, amountWei, 0, 0, 0, 0) }
        }
        require(success, "native-transfer-failed");
    }
}
