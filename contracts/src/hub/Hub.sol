// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {HubExtension} from "./HubExtension.sol";
import {HubStorage} from "./HubStorage.sol";
import {Matching} from "./Matching.sol";
import {Tasks} from "./Tasks.sol";

/// @title The hub: escrow, deals, tasks
/// @notice What costs most gas is here: matching and tasks. Everything else (accounts, order management, settings,
/// views) is in `HubExtension`, reached by the fallback; both share `HubStorage` and their immutables. The pair is
/// fixed at construction: there is no way to exchange the extension.
contract Hub is Matching, Tasks {
    HubExtension private immutable EXTENSION;

    /// @param extension code for everything else; the configuration is taken from it, so the two cannot differ.
    constructor(HubExtension extension) HubStorage(extension.configuration()) {
        EXTENSION = extension;
    }

    /// @notice The hub takes no ether: reverts "fallback-disabled".
    receive() external payable {
        revert("fallback-disabled");
    }

    /// @dev Runs the extension in the hub's storage.
    fallback() external payable {
        address extension = address(EXTENSION);
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, 0, calldatasize())
            let success := delegatecall(gas(), extension, free, calldatasize(), 0, 0)
            returndatacopy(free, 0, returndatasize())
            switch success
            case 0 { revert(free, returndatasize()) }
            default { return(free, returndatasize()) }
        }
    }
}
