// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccountViews} from "./AccountViews.sol";
import {Claiming} from "./Claiming.sol";
import {Configuration} from "./Configuration.sol";
import {Delegation} from "./Delegation.sol";
import {HubOrders} from "./HubOrders.sol";
import {HubStorage} from "./HubStorage.sol";
import {Multicall} from "./Multicall.sol";
import {OrderViews} from "./OrderViews.sol";
import {Views} from "./Views.sol";

/// @title What the hub does besides matching, tasks, orders on-chain, Boost and money
/// @notice Claims, settings, views, multicall. Code only: `Hub` runs it in its own storage. Called at its own address it
/// is an empty hub of no use.
contract HubExtension is Claiming, AccountViews, OrderViews, Configuration, Views, Multicall, Delegation {
    address private immutable THIS = address(this);
    address private immutable ACCOUNTS;
    address private immutable BOOST;
    address private immutable ORDERS;

    /// @param orders the piece made before; it names the others, and the configuration is taken from it.
    constructor(HubOrders orders) HubStorage(orders.configuration()) {
        ORDERS = address(orders);
        BOOST = address(orders.boost());
        ACCOUNTS = address(orders.boost().accounts());
    }

    /// @notice The contracts that hold the hub's code, beside the hub itself.
    function pieces() external view returns (address accounts, address boost, address orders, address extension) {
        return (ACCOUNTS, BOOST, ORDERS, THIS);
    }

    /// @dev For completeness: the hub asks the accounts itself.
    receive() external payable {
        _run(ACCOUNTS);
    }

    /// @dev A call that no piece knows: whether it is a deposit or a mistake, the accounts can tell.
    fallback() external payable {
        _run(ACCOUNTS);
    }
}
