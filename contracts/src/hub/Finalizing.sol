// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Completion} from "../interfaces/Batches.sol";
import {ContributionStatus, TaskStatus} from "../interfaces/Views.sol";
import {Callbacks} from "./Callbacks.sol";
import {ContributionRecord} from "./ContributionRecord.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {Opening} from "./Opening.sol";
import {Payments} from "./Payments.sol";
import {ResultCode} from "./ResultCode.sol";
import {ResultLink} from "./ResultLink.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";

/// @title Results are published and everybody is paid
abstract contract Finalizing is Opening, Payments, Callbacks {
    /// @notice The scheduler publishes the result; everybody is paid, and who was wrong or silent is slashed.
    /// Reverts when the caller is not the scheduler, the task is not REVEALING, after the final deadline, while reveals
    /// are missing before the reveal deadline (one is enough after it), or when `resultsCallback` does not match the
    /// digest (it must be empty without callback). Panics when too little gas is left for the callback.
    /// Emits, in this order: see `_paySellers`, `_payWorkers`; TaskFinalize.
    /// @param results where the result is, as the client reads it.
    /// @param resultsCallback what the callback is given; keccak256 of it is the revealed digest.
    function finalize(bytes32 taskid, bytes calldata results, bytes calldata resultsCallback) external {
        TaskSlots storage task = _tasks[taskid];
        TaskHead head = task.head;
        require(head.status() == TaskStatus.REVEALING);
        DealData deal = DealCode.load(head.dealCode());
        require(msg.sender == deal.workerpoolOwner() && _beforeDeadline(deal, FINAL_DEADLINE_RATIO));
        ContributionRecord[] memory records = _records(task);
        uint256 first = _checkReveals(task, head, records);
        _checkCallbackData(deal, task.hashes[head.consensus() - 1], resultsCallback);

        task.head = head.withResult(_storeResult(taskid, first, results, resultsCallback));
        uint256 paid = _paySellers(deal, taskid);
        _takeFromHub(paid + _payWorkers(records, deal, taskid));
        emit TaskFinalize(taskid, results);
        _callback(deal, taskid, resultsCallback);
    }

    /// @dev Everybody of the consensus revealed, or somebody did and time is up. Returns who did first.
    function _checkReveals(TaskSlots storage task, TaskHead head, ContributionRecord[] memory records)
        private
        view
        returns (uint256 first)
    {
        require(head.revealed());
        bool missing = false;
        for (uint256 i = 0; i < records.length; ++i) {
            if (records[i].revealedFirst()) first = i;
            if (records[i].hashNumber() + 1 != head.consensus()) continue;
            if (records[i].status() == ContributionStatus.CONTRIBUTED) missing = true;
        }
        require(!missing || block.timestamp >= _revealDeadline(task, head));
    }

    /// @dev Returns where the result is now, as `TaskHead` says it.
    function _storeResult(bytes32 taskid, uint256 first, bytes calldata results, bytes calldata resultsCallback)
        private
        returns (uint256)
    {
        if (resultsCallback.length == 0) {
            if (results.length == 0) return TaskHeads.RESULT_NONE;
            (bool isLink, bytes32 digest) = ResultLink.parse(results);
            if (isLink) {
                _tasks[taskid].seals[first] = digest;
                return TaskHeads.RESULT_LINK;
            }
        }
        _storeResultData(taskid, ResultCode.encode(results, resultsCallback));
        return TaskHeads.RESULT_CODE;
    }

    function _storeResultData(bytes32 taskid, bytes memory data) private {
        if (data.length <= MAX_DATA) _writeData(taskid, data);
        else _tasks[taskid].longData = data;
    }

    // ------------------------------------------------------------------ by one worker

    /// @notice For deals of trust 1: the first worker commits, reveals and publishes at once, without stake.
    /// Reverts as `contribute` and `finalize`, and when somebody contributed already or trust is above 1.
    /// Emits, in this order: see `_paySellers`; Transfer, Reward (worker), Transfer, Reward (scheduler),
    /// TaskContribute, TaskConsensus, TaskReveal, TaskFinalize.
    function contributeAndFinalize(
        bytes32 taskid,
        bytes32 resultDigest,
        bytes calldata results,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external {
        TaskHead head = _untouched(taskid);
        DealData deal = DealCode.load(head.dealCode());
        _checkCompletion(taskid, deal, resultDigest, resultsCallback, enclaveChallenge, authorizationSign);
        _complete(taskid, head, deal, resultDigest, results, resultsCallback, enclaveChallenge, enclaveSign);
    }

    /// @notice `contributeAndFinalize` for each; all or nothing.
    function contributeAndFinalizeArray(Completion[] calldata completions) external returns (bool) {
        for (uint256 i = 0; i < completions.length; ++i) {
            Completion calldata c = completions[i];
            TaskHead head = _untouched(c.taskid);
            _completeOne(head, DealCode.load(head.dealCode()), c);
        }
        return true;
    }

    /// @notice `initialize` for the given tasks of one deal, and `contributeAndFinalize` for each; all or nothing.
    /// Reverts as they do, and when a completion is not of the task of the same place in `indexes`.
    function initializeAndContributeAndFinalizeArray(
        bytes32 dealid,
        uint256[] calldata indexes,
        Completion[] calldata completions
    ) external returns (bool) {
        require(indexes.length == completions.length);
        address dealCode = _dataAddress(dealid);
        DealData deal = DealCode.load(dealCode);
        for (uint256 i = 0; i < indexes.length; ++i) {
            (bytes32 taskid, TaskHead head) = _open(dealid, indexes[i], dealCode, deal);
            require(taskid == completions[i].taskid);
            _completeOne(head, deal, completions[i]);
        }
        return true;
    }

    /// @dev The head of a task that is open and that nobody contributed to.
    function _untouched(bytes32 taskid) private view returns (TaskHead head) {
        head = _tasks[taskid].head;
        require(head.status() == TaskStatus.ACTIVE && !_tasks[taskid].records[0].exists());
    }

    function _completeOne(TaskHead head, DealData deal, Completion calldata c) private {
        _checkCompletion(c.taskid, deal, c.resultDigest, c.resultsCallback, c.enclaveChallenge, c.authorizationSign);
        _complete(c.taskid, head, deal, c.resultDigest, c.results, c.resultsCallback, c.enclaveChallenge, c.enclaveSign);
    }

    function _checkCompletion(
        bytes32 taskid,
        DealData deal,
        bytes32 resultDigest,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata authorizationSign
    ) private view {
        require(_beforeDeadline(deal, CONTRIBUTION_DEADLINE_RATIO) && deal.trust() == 1);
        _checkCallbackData(deal, resultDigest, resultsCallback);
        _checkAuthorization(deal, msg.sender, taskid, enclaveChallenge, authorizationSign);
    }

    function _complete(
        bytes32 taskid,
        TaskHead head,
        DealData deal,
        bytes32 resultDigest,
        bytes calldata results,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata enclaveSign
    ) private {
        bytes32 resultHash = _resultHash(taskid, resultDigest);
        _checkEnclave(resultHash, _resultSeal(msg.sender, taskid, resultDigest), enclaveChallenge, enclaveSign);
        {
            TaskSlots storage task = _tasks[taskid];
            head = head.withDeadline(_newRevealDeadline(task, deal));
            task.head = head.withResult(TaskHeads.RESULT_AND_CONTRIBUTION);
        }
        _storeResultData(
            taskid,
            ResultCode.encodeWithContribution(msg.sender, resultDigest, enclaveChallenge, results, resultsCallback)
        );
        uint256 paid = _paySellers(deal, taskid);
        _takeFromHub(paid + _payWorker(msg.sender, deal, taskid));

        emit TaskContribute(taskid, msg.sender, resultHash);
        emit TaskConsensus(taskid, resultHash);
        emit TaskReveal(taskid, msg.sender, resultDigest);
        emit TaskFinalize(taskid, results);
        _callback(deal, taskid, resultsCallback);
    }

    // ------------------------------------------------------------------ callback

    /// @dev With a callback its data must hash to the digest; without one there must be no data, or such data.
    function _checkCallbackData(DealData deal, bytes32 resultDigest, bytes calldata resultsCallback) private pure {
        require(
            (resultsCallback.length == 0 && deal.callback() == address(0)) || keccak256(resultsCallback) == resultDigest
        );
    }

    /// @dev Panics when too little gas was left for the callback.
    function _callback(DealData deal, bytes32 taskid, bytes calldata resultsCallback) private {
        address target = deal.callback();
        if (target != address(0)) assert(_callBack(target, taskid, resultsCallback));
    }
}
