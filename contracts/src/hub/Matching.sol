// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistryEntry} from "../interfaces/External.sol";
import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {DealCode, DealTerms} from "./DealCode.sol";
import {Escrow} from "./Escrow.sol";
import {OrderChecks} from "./OrderChecks.sol";

/// @title Four orders become a deal
/// @notice A refusal by rule xx of `OrderChecks` reverts with the string "iExecV5-matchOrders-0x<xx>".
abstract contract Matching is Escrow, OrderChecks {
    event SchedulerNotice(address indexed workerpool, bytes32 dealid);
    event DealSponsored(bytes32 dealId, address sponsor);

    /// @notice The params of a request are kept with its deal, as the code of a contract, whose length has a limit.
    error ParamsTooLong(uint256 length, uint256 maximum);

    /// @dev Longest params that fit whatever else a deal holds.
    uint256 private constant MAX_PARAMS = MAX_DATA - DealCode.MAX_WIDE_TERMS;

    /// @notice Makes a deal of four orders; anybody may call. The requester pays.
    /// Locks (app + dataset + workerpool price) x volume nRLC of the requester and 30 % of workerpool price x volume of
    /// the workerpool's owner.
    /// Reverts iExecV5-matchOrders-0x00 ... 0x60 as numbered in `OrderChecks`, "invalid-signature-format",
    /// "IexecEscrow: Transfer amount exceeds balance", ParamsTooLong, PolicyChanged.
    /// Emits Transfer, Lock (requester), Transfer, Lock (workerpool owner), SchedulerNotice, OrdersMatched.
    /// @return dealid keccak256(request order hash, number of its tasks sold before).
    function matchOrders(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        return _matchOrders(appOrder, datasetOrder, workerpoolOrder, requestOrder, requestOrder.requester);
    }

    /// @notice `matchOrders` paid by the caller, who is refunded should a task fail. Also emits DealSponsored.
    function sponsorMatchOrders(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        dealid = _matchOrders(appOrder, datasetOrder, workerpoolOrder, requestOrder, msg.sender);
        emit DealSponsored(dealid, msg.sender);
    }

    function _matchOrders(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder,
        address sponsor
    ) internal returns (bytes32 dealid) {
        (DealTerms memory terms, CheckedOrders memory orders) =
            _checkAndConsume(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        terms.sponsor = sponsor;
        _setPrices(terms, appOrder, datasetOrder, workerpoolOrder);

        _lock(sponsor, (terms.appPrice + terms.datasetPrice + terms.workerpoolPrice) * terms.botSize);
        _lock(terms.workerpoolOwner, terms.workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100 * terms.botSize);
        _storeDeal(terms, requestOrder);

        emit SchedulerNotice(terms.workerpool, terms.dealid);
        _emitOrdersMatched(terms, orders);
        return terms.dealid;
    }

    // ------------------------------------------------------------------ refusals

    /// @dev The number in two hexadecimal digits, of which the first is at most 6.
    function _refuse(uint256 rule) internal pure override {
        uint256 low = rule & 15;
        uint256 digits = (0x30 + (rule >> 4)) << 8 | (low < 10 ? 0x30 + low : 0x57 + low);
        bytes32 text = bytes32("iExecV5-matchOrders-0x") | bytes32(digits << 64);
        // Error(string), written out: it is short, and nothing comes after it.
        assembly ("memory-safe") {
            mstore(0, shl(224, 0x08c379a0))
            mstore(4, 0x20)
            mstore(36, 24)
            mstore(68, text)
            revert(0, 100)
        }
    }

    function _checkTrust(uint256 requested, uint256 offered) internal pure override {
        if (requested > offered) _refuse(0x02);
    }

    /// @dev Something that is no asset at all reverts without reason.
    function _unregistered(address entry) internal view override {
        IRegistryEntry(entry).owner();
    }

    // ------------------------------------------------------------------ the deal

    /// @dev Assets and prices; the worker's stake, which was a ratio until here, becomes an amount.
    function _setPrices(
        DealTerms memory terms,
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder
    ) private pure {
        terms.app = appOrder.app;
        terms.appPrice = appOrder.appprice;
        terms.dataset = datasetOrder.dataset;
        if (terms.dataset != address(0)) terms.datasetPrice = datasetOrder.datasetprice;
        terms.workerpool = workerpoolOrder.workerpool;
        terms.workerpoolPrice = workerpoolOrder.workerpoolprice;
        terms.workerStake = terms.workerpoolPrice * terms.workerStake / 100;
    }

    function _storeDeal(DealTerms memory terms, RequestOrder calldata order) private {
        uint256 length = bytes(order.params).length;
        if (length > MAX_PARAMS) revert ParamsTooLong(length, MAX_PARAMS);
        terms.requester = order.requester;
        terms.beneficiary = order.beneficiary;
        terms.callback = order.callback;
        terms.trust = order.trust == 0 ? 1 : order.trust;
        terms.category = order.category;
        terms.startTime = block.timestamp;
        _writeData(terms.dealid, DealCode.encode(terms, order.params));
    }
}
