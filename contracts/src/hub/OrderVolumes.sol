// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {HubStorage} from "./HubStorage.sol";

/// @title How much of an order is left to sell
abstract contract OrderVolumes is HubStorage {
    /// @dev Runs left of an order of `volume` runs; zero when more were consumed (a closed order counts as consumed).
    function _remaining(bytes32 orderHash, uint256 volume) internal view returns (uint256) {
        uint256 consumed = _consumed[orderHash];
        return volume > consumed ? volume - consumed : 0;
    }

    /// @dev Tasks left of a request. Tasks of one request are numbered in 64 bits over its whole life.
    function _remainingTasks(bytes32 requestHash, uint256 volume) internal view returns (uint256) {
        return _remaining(requestHash, _min(volume, type(uint64).max));
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
