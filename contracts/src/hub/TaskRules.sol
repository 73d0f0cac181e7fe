// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealData} from "./DealCode.sol";
import {Escrow} from "./Escrow.sol";
import {Signatures} from "./Signatures.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";
import {TaskReading} from "./TaskReading.sol";

/// @title Rules that several transitions of a task share: deadlines, permissions, reputation; and the events
/// @notice A refused transition reverts without data. Times in seconds; T is the time reference of the category, and
/// deadlines count from the deal's start: contributions before 7 T, finalization before 10 T.
///
///   UNSET --initialize--> ACTIVE --contribute (consensus)--> REVEALING --finalize--> COMPLETED
///                           |  ^----------reopen----------------'  |
///                           |--contributeAndFinalize--> COMPLETED  |
///                           '--------------claim-------------------'--> FAILED
abstract contract TaskRules is Escrow, Signatures, TaskReading {
    event TaskInitialize(bytes32 indexed taskid, address indexed workerpool);
    event TaskContribute(bytes32 indexed taskid, address indexed worker, bytes32 hash);
    event TaskConsensus(bytes32 indexed taskid, bytes32 consensus);
    event TaskReveal(bytes32 indexed taskid, address indexed worker, bytes32 digest);
    event TaskReopen(bytes32 indexed taskid);
    event TaskFinalize(bytes32 indexed taskid, bytes results);
    event TaskClaimed(bytes32 indexed taskid);
    event AccurateContribution(address indexed worker, bytes32 indexed taskid);
    event FaultyContribution(address indexed worker, bytes32 indexed taskid);

    // ------------------------------------------------------------------ deadlines

    function _beforeDeadline(DealData deal, uint256 ratio) internal view returns (bool) {
        return block.timestamp < deal.startTime() + ratio * deal.timeref();
    }

    /// @dev Deadline of a reveal that opens now. What does not fit in the task's word is kept beside it.
    function _newRevealDeadline(TaskSlots storage task, DealData deal) internal returns (uint256 deadline) {
        deadline = block.timestamp + REVEAL_DEADLINE_RATIO * deal.timeref();
        if (deadline >= TaskHeads.MAX_DEADLINE) task.wideRevealDeadline = deadline;
    }

    // ------------------------------------------------------------------ permissions

    /// @dev A deal for enclaves needs a challenge; the worker must be authorized for the task, by the scheduler or, for
    /// an enclave, by the TEE broker when there is one.
    function _checkAuthorization(
        DealData deal,
        address worker,
        bytes32 taskid,
        address enclaveChallenge,
        bytes calldata authorizationSign
    ) internal view {
        address authority = deal.workerpoolOwner();
        if (enclaveChallenge == address(0)) {
            require(deal.tag() & TEE_TAG == 0);
        } else if (_teeBroker != address(0)) {
            authority = _teeBroker;
        }
        bytes32 hash = keccak256(abi.encodePacked(worker, taskid, enclaveChallenge));
        require(_isSignature(authority, _personalHash(hash), authorizationSign));
    }

    function _checkEnclave(bytes32 resultHash, bytes32 resultSeal, address enclaveChallenge, bytes calldata enclaveSign)
        internal
        view
    {
        if (enclaveChallenge == address(0)) return;
        bytes32 hash = keccak256(abi.encodePacked(resultHash, resultSeal));
        require(_isSignature(enclaveChallenge, _personalHash(hash), enclaveSign));
    }

    // ------------------------------------------------------------------ reputation

    /// @dev Weight of a worker's opinion: max(score / 3, 3) - 1. The score that counts is the one earned in tasks of the
    /// same workerpool: elsewhere a worker can agree with itself under other names, but the scheduler chooses whom
    /// it lets work here. (`STRICT`: the score earned anywhere.)
    function _weight(address worker, address workerpool) internal view returns (uint256) {
        uint256 score = STRICT ? _accounts[worker].score : _poolScores[workerpool][worker];
        uint256 third = score / 3;
        return (third > 3 ? third : 3) - 1;
    }

    /// @dev For agreeing with others. A score that was imported may be the highest there is: then it stays, rather than
    /// keep the task from being finalized. Emits AccurateContribution.
    function _raiseScore(address worker, address workerpool, bytes32 taskid) internal {
        uint64 score = _accounts[worker].score;
        if (score != type(uint64).max) _accounts[worker].score = score + 1;
        if (!STRICT) ++_poolScores[workerpool][worker];
        emit AccurateContribution(worker, taskid);
    }

    /// @dev For being wrong or silent: both scores lose a third. Emits FaultyContribution.
    function _lowerScore(address worker, address workerpool, bytes32 taskid) internal {
        _accounts[worker].score = uint64(uint256(_accounts[worker].score) * 2 / 3);
        if (!STRICT) _poolScores[workerpool][worker] = _poolScores[workerpool][worker] * 2 / 3;
        emit FaultyContribution(worker, taskid);
    }
}
