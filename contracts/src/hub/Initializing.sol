// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Opening} from "./Opening.sol";

/// @title Tasks are opened for work
abstract contract Initializing is Opening {
    /// @notice Opens task `index` of a deal; anybody may. Reverts when the deal has no such task or it is open already.
    /// Emits TaskInitialize.
    /// @return taskid keccak256(dealid, index).
    function initialize(bytes32 dealid, uint256 index) external returns (bytes32 taskid) {
        return _initialize(dealid, index);
    }

    /// @notice `initialize` for each pair; all or nothing. Reverts (no data) when the lists differ in length.
    function initializeArray(bytes32[] calldata dealids, uint256[] calldata indexes) external returns (bool) {
        require(dealids.length == indexes.length);
        for (uint256 i = 0; i < dealids.length; ++i) {
            _initialize(dealids[i], indexes[i]);
        }
        return true;
    }
}
