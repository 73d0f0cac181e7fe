// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Accounts} from "./Accounts.sol";
import {Configuration} from "./Configuration.sol";
import {HubConfiguration, HubStorage} from "./HubStorage.sol";
import {OrderManagement} from "./OrderManagement.sol";
import {Views} from "./Views.sol";

/// @title What the hub does besides matching and tasks
/// @notice Code only: `Hub` runs it in its own storage. Called at its own address it is an empty hub of no use.
contract HubExtension is Accounts, OrderManagement, Configuration, Views {
    constructor(HubConfiguration memory configuration_) HubStorage(configuration_) {}

    /// @dev Reached by a call of the hub that neither of the two contracts knows.
    fallback() external payable {
        revert("fallback-disabled");
    }
}
