// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {Matching} from "./Matching.sol";
import {Opening} from "./Opening.sol";

/// @title A deal and its tasks in one transaction
abstract contract MatchingAndOpening is Matching, Opening {
    /// @notice `matchOrders`, and `initialize` for the first `tasks` tasks of the deal (all, if it has fewer).
    /// Reverts and emits as they do.
    function matchOrdersAndInitialize(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder,
        uint256 tasks
    ) external returns (bytes32 dealid) {
        dealid = _matchOrders(appOrder, datasetOrder, workerpoolOrder, requestOrder, requestOrder.requester);
        address dealCode = _dataAddress(dealid);
        DealData deal = DealCode.load(dealCode);
        tasks = _min(tasks, deal.botSize());
        for (uint256 i = 0; i < tasks; ++i) {
            _open(dealid, deal.botFirst() + i, dealCode, deal);
        }
    }
}
