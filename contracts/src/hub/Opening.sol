// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealCode, DealData} from "./DealCode.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";
import {TaskRules} from "./TaskRules.sol";

/// @title The tasks of a deal are opened
abstract contract Opening is TaskRules {
    /// @notice Opens task `index` of a deal; anybody may. Reverts when the deal has no such task or it is open already.
    /// Emits TaskInitialize.
    /// @return taskid keccak256(dealid, index).
    function initialize(bytes32 dealid, uint256 index) external returns (bytes32 taskid) {
        return _initialize(dealid, index);
    }

    /// @notice `initialize` for each pair; all or nothing.
    function initializeArray(bytes32[] calldata dealids, uint256[] calldata indexes) external returns (bool) {
        require(dealids.length == indexes.length);
        for (uint256 i = 0; i < dealids.length; ++i) {
            _initialize(dealids[i], indexes[i]);
        }
        return true;
    }

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
