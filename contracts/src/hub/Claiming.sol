// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ContributionStatus, TaskStatus} from "../interfaces/Views.sol";
import {ContributionRecord} from "./ContributionRecord.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {Kitty} from "./Kitty.sol";
import {Opening} from "./Opening.sol";
import {TaskHead} from "./TaskHead.sol";

/// @title What was not done in time is paid back
abstract contract Claiming is Opening, Kitty {
    /// @notice Ends a task that was not finalized before its final deadline; anybody may. The sponsor gets its money and
    /// the workers get their stakes back; the scheduler's stake goes to the kitty, and so does the stake of a worker
    /// whose contribution was rejected, or else lying would cost nothing when the scheduler fails (`STRICT`: it gets
    /// it back). Reverts when the task is neither ACTIVE nor REVEALING, or before the final deadline.
    /// Emits Transfer, Unlock (sponsor), Seize (scheduler), Reward, Lock (kitty); for each worker Transfer, Unlock, or
    /// Seize, FaultyContribution, Reward, Lock (kitty); TaskClaimed.
    function claim(bytes32 taskid) external {
        _claim(taskid);
    }

    /// @notice `claim` for each; all or nothing.
    function claimArray(bytes32[] calldata taskids) external returns (bool) {
        for (uint256 i = 0; i < taskids.length; ++i) {
            _claim(taskids[i]);
        }
        return true;
    }

    /// @notice `initialize` and `claim` for each pair; all or nothing. Reverts (no data) when the lists differ in length.
    function initializeAndClaimArray(bytes32[] calldata dealids, uint256[] calldata indexes) external returns (bool) {
        require(dealids.length == indexes.length);
        for (uint256 i = 0; i < dealids.length; ++i) {
            _claim(_initialize(dealids[i], indexes[i]));
        }
        return true;
    }

    function _claim(bytes32 taskid) private {
        TaskSlots storage task = _tasks[taskid];
        TaskHead head = task.head;
        require(_isOpen(head));
        DealData deal = DealCode.load(head.dealCode());
        require(!_beforeDeadline(deal, FINAL_DEADLINE_RATIO));
        task.head = head.withStatus(TaskStatus.FAILED);

        uint256 workerpoolPrice = deal.workerpoolPrice();
        uint256 schedulerStake = workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100;
        _unlock(deal.sponsor(), deal.taskPrice());
        _seize(deal.workerpoolOwner(), schedulerStake, taskid);
        _feedKitty(schedulerStake, taskid);

        uint256 workerStake = deal.workerStake();
        ContributionRecord[] memory records = _records(task);
        for (uint256 i = 0; i < records.length; ++i) {
            address worker = records[i].worker();
            if (records[i].status() != ContributionStatus.REJECTED || STRICT) {
                _unlock(worker, workerStake);
                continue;
            }
            _seize(worker, workerStake, taskid);
            _lowerScore(worker, deal.workerpool(), taskid);
            _feedKitty(workerStake, taskid);
        }
        emit TaskClaimed(taskid);
    }
}
