// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Calls that the hub makes to itself in the name of its caller
abstract contract SelfCall {
    /// @dev Runs `data` as if the caller had sent it. By DELEGATECALL to whatever code this address runs by, for the function
    /// may lie in any piece; so msg.sender stays, and so does msg.value: never from a payable function more than once.
    function _callSelf(bytes memory data) internal returns (bool success, bytes memory result) {
        return address(this).delegatecall(data);
    }

    /// @dev Reverts with `result`.
    function _bubble(bytes memory result) internal pure {
        assembly ("memory-safe") {
            revert(add(result, 32), mload(result))
        }
    }
}
