// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {TaskStatus} from "../interfaces/Views.sol";
import {ContributionRecord} from "./ContributionRecord.sol";
import {DataContracts} from "./DataContracts.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {HubStorage} from "./HubStorage.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";

/// @title What the slots of a task mean
abstract contract TaskReading is HubStorage, DataContracts {
    function _loadDeal(bytes32 dealid) internal view returns (DealData) {
        return DealCode.load(_dataAddress(dealid));
    }

    /// @dev The contributions of a task in their order.
    function _records(TaskSlots storage task) internal view returns (ContributionRecord[] memory records) {
        ContributionRecord record = task.records[0];
        uint256 count = 0;
        // Grows at the end of memory, where nothing else is allocated meanwhile.
        assembly ("memory-safe") {
            records := mload(0x40)
            mstore(records, 0)
            mstore(0x40, add(records, 0x20))
        }
        while (record.exists()) {
            assembly ("memory-safe") {
                let end := mload(0x40)
                mstore(end, record)
                mstore(0x40, add(end, 0x20))
            }
            record = task.records[++count];
        }
        assembly ("memory-safe") {
            mstore(records, count)
        }
    }

    function _index(TaskSlots storage task, TaskHead head) internal view returns (uint256 index) {
        index = head.index();
        if (index == TaskHeads.MAX_INDEX) index = task.wideIndex;
    }

    function _revealDeadline(TaskSlots storage task, TaskHead head) internal view returns (uint256 deadline) {
        deadline = head.revealDeadline();
        if (deadline == TaskHeads.MAX_DEADLINE) deadline = task.wideRevealDeadline;
    }

    function _isOpen(TaskHead head) internal pure returns (bool) {
        TaskStatus status = head.status();
        return status == TaskStatus.ACTIVE || status == TaskStatus.REVEALING;
    }

    function _resultHash(bytes32 taskid, bytes32 resultDigest) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(taskid, resultDigest));
    }

    function _resultSeal(address worker, bytes32 taskid, bytes32 resultDigest) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(worker, taskid, resultDigest));
    }
}
