// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {HubBoost} from "./HubBoost.sol";
import {HubConfiguration, HubStorage} from "./HubStorage.sol";
import {OrderManagement} from "./OrderManagement.sol";
import {Relay} from "./Relay.sol";

/// @title The piece of the hub for orders on-chain: signed, closed, published
/// @notice Code only: `Hub` runs it in its own storage.
contract HubOrders is OrderManagement, Relay {
    /// @notice The piece this one was made from.
    HubBoost public immutable boost;

    /// @param boost_ the piece made before; the configuration is taken from it.
    constructor(HubBoost boost_) HubStorage(boost_.configuration()) {
        boost = boost_;
    }

    /// @notice What the hub is made with, for the piece that is made next.
    function configuration() external view returns (HubConfiguration memory) {
        return _configuration();
    }
}
