// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IHub, INativeDeposits} from "../interfaces/IHub.sol";
import {Delegation} from "./Delegation.sol";
import {HubExtension} from "./HubExtension.sol";
import {HubStorage} from "./HubStorage.sol";
import {MatchingAndOpening} from "./MatchingAndOpening.sol";
import {Tasks} from "./Tasks.sol";

/// @title The hub: escrow, deals, tasks
/// @notice What costs most gas is here: matching and tasks. The rest lies in other contracts, the hub's pieces, whose
/// code the fallback runs in the hub's storage: `HubAccounts` or `HubNativeAccounts` (money in and out), `HubBoost`,
/// `HubOrders` (orders on-chain) and `HubExtension` (everything else). All share `HubStorage` and their immutables. Each piece is made from the one before
/// and takes its configuration from it, so they cannot differ; and there is no way to exchange one.
contract Hub is MatchingAndOpening, Tasks, Delegation {
    address private immutable ACCOUNTS;
    address private immutable BOOST;
    address private immutable ORDERS;
    address private immutable EXTENSION;

    /// @param extension the last piece; it names the others.
    constructor(HubExtension extension) HubStorage(extension.configuration()) {
        (ACCOUNTS, BOOST, ORDERS, EXTENSION) = extension.pieces();
    }

    /// @notice Coins sent to the hub: a deposit where it stakes them, else the revert "fallback-disabled". Also where a
    /// contract under creation asks for its code, see `DataContracts`.
    receive() external payable {
        _answerPendingData();
        _run(ACCOUNTS);
    }

    /// @notice Everything that is not here: the functions of the pieces, and what none of them knows.
    fallback() external payable {
        bytes4 selector = msg.sig;
        if (_isOfBoost(selector)) _run(BOOST);
        if (_isOfAccounts(selector)) _run(ACCOUNTS);
        if (_isOfOrders(selector)) _run(ORDERS);
        _run(EXTENSION);
    }

    function _isOfBoost(bytes4 selector) private pure returns (bool) {
        return selector == IHub.matchOrdersBoost.selector || selector == IHub.pushResultBoost.selector
            || selector == IHub.sponsorMatchOrdersBoost.selector || selector == IHub.claimBoost.selector
            || selector == IHub.viewDealBoost.selector;
    }

    /// @dev The functions that `HubAccounts` and `HubNativeAccounts` have and the extension has not.
    function _isOfAccounts(bytes4 selector) private pure returns (bool) {
        return selector == IHub.deposit.selector || selector == IHub.withdraw.selector
            || selector == IHub.receiveApproval.selector || selector == INativeDeposits.deposit.selector
            || selector == INativeDeposits.depositFor.selector || selector == IHub.depositFor.selector
            || selector == IHub.depositForArray.selector || selector == IHub.withdrawTo.selector
            || selector == IHub.transfer.selector || selector == IHub.approve.selector
            || selector == IHub.transferFrom.selector || selector == IHub.approveAndCall.selector
            || selector == IHub.increaseAllowance.selector || selector == IHub.decreaseAllowance.selector
            || selector == IHub.depositWithPermit.selector || selector == IHub.depositAndMatchOrdersWithPermit.selector
            || selector == IHub.recover.selector;
    }

    function _isOfOrders(bytes4 selector) private pure returns (bool) {
        return selector == IHub.manageAppOrder.selector || selector == IHub.manageDatasetOrder.selector
            || selector == IHub.manageWorkerpoolOrder.selector || selector == IHub.manageRequestOrder.selector
            || selector == IHub.broadcastAppOrder.selector || selector == IHub.broadcastDatasetOrder.selector
            || selector == IHub.broadcastWorkerpoolOrder.selector || selector == IHub.broadcastRequestOrder.selector;
    }
}
