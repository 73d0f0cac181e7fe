// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Account} from "../interfaces/Views.sol";
import {HubStorage} from "./HubStorage.sol";

/// @title The ledger as its readers see it
/// @notice Amounts in nRLC.
abstract contract AccountViews is HubStorage {
    /// @notice Name of the stake as an ERC-20.
    function name() external pure returns (string memory) {
        return "Staked RLC";
    }

    /// @notice Symbol of the stake as an ERC-20.
    function symbol() external pure returns (string memory) {
        return "SRLC";
    }

    /// @notice Decimals of the stake: 1 RLC is 1e9 nRLC.
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
}
