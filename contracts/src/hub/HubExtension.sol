// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccountViews} from "./AccountViews.sol";
import {Configuration} from "./Configuration.sol";
import {Delegation} from "./Delegation.sol";
import {HubAccounts} from "./HubAccounts.sol";
import {HubStorage} from "./HubStorage.sol";
import {Multicall} from "./Multicall.sol";
import {OrderManagement} from "./OrderManagement.sol";
import {Relay} from "./Relay.sol";
import {Views} from "./Views.sol";

/// @title What the hub does besides matching, tasks and money
/// @notice Orders on-chain, settings, views. Code only: `Hub` runs it in its own storage. Called at its own address it
/// is an empty hub of no use.
contract HubExtension is AccountViews, OrderManagement, Configuration, Views, Relay, Multicall, Delegation {
    address private immutable ACCOUNTS;

    /// @param accounts `HubAccounts` or `HubNativeAccounts`; the configuration is taken from it.
    constructor(HubAccounts accounts) HubStorage(accounts.configuration()) {
        ACCOUNTS = address(accounts);
    }

    /// @notice The contracts that hold the hub's code, beside the hub itself.
    function pieces() external view returns (address accounts) {
        return ACCOUNTS;
    }

    receive() external payable {
        _run(ACCOUNTS);
    }

    /// @dev A call that no piece knows: whether it is a deposit or a mistake, the accounts can tell.
    fallback() external payable {
        _run(ACCOUNTS);
    }
}
