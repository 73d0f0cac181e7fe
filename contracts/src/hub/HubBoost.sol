// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Boost} from "./Boost.sol";
import {HubAccounts} from "./HubAccounts.sol";
import {HubConfiguration, HubStorage} from "./HubStorage.sol";

/// @title The piece of the hub for Boost deals
/// @notice Code only: `Hub` runs it in its own storage.
contract HubBoost is Boost {
    /// @notice The piece this one was made from.
    HubAccounts public immutable accounts;

    /// @param accounts_ `HubAccounts` or `HubNativeAccounts`; the configuration is taken from it.
    constructor(HubAccounts accounts_) HubStorage(accounts_.configuration()) {
        accounts = accounts_;
    }

    /// @notice What the hub is made with, for the piece that is made next.
    function configuration() external view returns (HubConfiguration memory) {
        return _configuration();
    }
}
