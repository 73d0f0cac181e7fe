// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Running the code of another piece of the hub in the hub's storage
abstract contract Delegation {
    /// @dev Passes the present call on to `piece` by DELEGATECALL and ends with its answer, good or bad.
    function _run(address piece) internal {
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, 0, calldatasize())
            let success := delegatecall(gas(), piece, free, calldatasize(), 0, 0)
            returndatacopy(free, 0, returndatasize())
            switch success
            case 0 { revert(free, returndatasize()) }
            default { return(free, returndatasize()) }
        }
    }
}
