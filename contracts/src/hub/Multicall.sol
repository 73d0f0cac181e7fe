// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {SelfCall} from "./SelfCall.sol";

/// @title Many calls in one transaction
abstract contract Multicall is SelfCall {
    /// @notice Makes each call as if the caller had sent it, in order; all or nothing. Takes no coins, so that none can
    /// be counted twice. Reverts as the first call that reverts.
    /// @param calls call data of functions of the hub.
    /// @return results what each call returned.
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results) {
        results = new bytes[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            bool success;
            (success, results[i]) = _callSelf(calls[i]);
            if (!success) _bubble(results[i]);
        }
    }
}
