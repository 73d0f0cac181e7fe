// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealCode, DealData} from "./DealCode.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";
import {TaskRules} from "./TaskRules.sol";

/// @title The tasks of a deal are opened
abstract contract Opening is TaskRules {
    /// @dev See `Initializing`.
    function _initialize(bytes32 dealid, uint256 index) internal returns (bytes32 taskid) {
        address dealCode = _dataAddress(dealid);
        (taskid,) = _open(dealid, index, dealCode, DealCode.load(dealCode));
    }

    /// @dev The same for a deal that is in memory already.
    function _open(bytes32 dealid, uint256 index, address dealCode, DealData deal)
        internal
        returns (bytes32 taskid, TaskHead head)
    {
        require(deal.exists());
        uint256 botFirst = deal.botFirst();
        require(botFirst <= index && index - botFirst < deal.botSize());
        taskid = keccak256(abi.encodePacked(dealid, index));
        TaskSlots storage task = _tasks[taskid];
        require(!task.head.exists());
        head = TaskHeads.create(dealCode, index);
        task.head = head;
        if (index >= TaskHeads.MAX_INDEX) task.wideIndex = index;
        emit TaskInitialize(taskid, deal.workerpool());
    }
}
