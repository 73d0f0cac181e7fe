// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {SignedContribution} from "../interfaces/Batches.sol";
import {ContributionStatus, TaskStatus} from "../interfaces/Views.sol";
import {ContributionRecord, ContributionRecords} from "./ContributionRecord.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {TaskHead} from "./TaskHead.sol";
import {TaskRules} from "./TaskRules.sol";

/// @title Workers commit to results, agree, and show them
abstract contract Contributing is TaskRules {
    bytes32 private constant CONTRIBUTION_TYPEHASH = keccak256(
        "Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)"
    );

    /// @notice The caller, a worker, commits to a result without showing it, and locks the deal's worker stake.
    /// Reaching consensus opens the reveal for 2 T.
    /// Reverts when the task is not ACTIVE, after the contribution deadline, on a second contribution, when a TEE deal
    /// lacks an enclave challenge, or when a signature is not good; "invalid-signature-format";
    /// "IexecEscrow: Transfer amount exceeds balance". Emits Transfer, Lock, TaskContribute [, TaskConsensus].
    /// @param resultHash keccak256(taskid, result digest).
    /// @param resultSeal keccak256(worker, taskid, result digest).
    /// @param enclaveChallenge key of the enclave that ran the task, or zero.
    /// @param enclaveSign EIP-191 signature by that key of keccak256(resultHash, resultSeal).
    /// @param authorizationSign EIP-191 signature of keccak256(worker, taskid, enclaveChallenge) by the scheduler, or by
    /// the TEE broker when there is one and the challenge is not zero.
    function contribute(
        bytes32 taskid,
        bytes32 resultHash,
        bytes32 resultSeal,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external {
        _contribute(msg.sender, taskid, resultHash, resultSeal, enclaveChallenge, enclaveSign, authorizationSign);
    }

    /// @notice Several contributions in one transaction; all or nothing. Each is by the caller, or by a worker that
    /// signed it (EIP-712, `Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address
    /// enclaveChallenge)` in the hub's domain). Whoever sends it, the worker contributes just what it signed, and once:
    /// a copy of the call does the same or reverts.
    /// Reverts and emits as `contribute`, and reverts when a worker's signature is not good.
    function contributeArray(SignedContribution[] calldata contributions) external returns (bool) {
        for (uint256 i = 0; i < contributions.length; ++i) {
            SignedContribution calldata c = contributions[i];
            if (c.worker != msg.sender) {
                bytes32 structHash = keccak256(
                    abi.encode(
                        CONTRIBUTION_TYPEHASH, c.taskid, c.worker, c.resultHash, c.resultSeal, c.enclaveChallenge
                    )
                );
                require(_isSignature(c.worker, _typedDataHash(structHash), c.workerSign));
            }
            _contribute(
                c.worker, c.taskid, c.resultHash, c.resultSeal, c.enclaveChallenge, c.enclaveSign, c.authorizationSign
            );
        }
        return true;
    }

    function _contribute(
        address worker,
        bytes32 taskid,
        bytes32 resultHash,
        bytes32 resultSeal,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) private {
        TaskSlots storage task = _tasks[taskid];
        TaskHead head = task.head;
        require(head.status() == TaskStatus.ACTIVE);
        DealData deal = DealCode.load(head.dealCode());
        require(_beforeDeadline(deal, CONTRIBUTION_DEADLINE_RATIO));
        ContributionRecord[] memory records = _records(task);
        for (uint256 i = 0; i < records.length; ++i) {
            require(records[i].worker() != worker);
        }
        _checkAuthorization(deal, worker, taskid, enclaveChallenge, authorizationSign);
        _checkEnclave(resultHash, resultSeal, enclaveChallenge, enclaveSign);

        (uint256 number, uint256 group, uint256 others) = _opinions(task, records, resultHash);
        uint256 weight = _weight(worker, deal.workerpool());
        bool fromEnclave = enclaveChallenge != address(0);
        task.records[records.length] = ContributionRecords.create(worker, fromEnclave, number, weight);
        task.seals[records.length] = resultSeal;
        if (fromEnclave) task.enclaves[records.length] = enclaveChallenge;
        if (group == 0) task.hashes[number] = resultHash;
        _lock(worker, deal.workerStake());
        emit TaskContribute(taskid, worker, resultHash);

        group = (group == 0 ? 1 : group) * weight;
        uint256 trust = deal.trust();
        if (group * trust <= (1 + others + group) * (trust - 1)) return;
        task.head = head.withConsensus(number, _newRevealDeadline(task, deal));
        emit TaskConsensus(taskid, resultHash);
    }

    /// @dev What was contributed so far: the number of `resultHash` among the hashes, or the next free one; the product
    /// of the weights of those who contributed it, 0 without any; and the sum of the products of the other hashes.
    /// Rejected contributions do not count.
    function _opinions(TaskSlots storage task, ContributionRecord[] memory records, bytes32 resultHash)
        private
        view
        returns (uint256 number, uint256 group, uint256 others)
    {
        uint256 count = 0;
        uint256[] memory groups = new uint256[](records.length);
        for (uint256 i = 0; i < records.length; ++i) {
            uint256 n = records[i].hashNumber();
            if (n == count) ++count;
            if (records[i].status() != ContributionStatus.CONTRIBUTED) continue;
            groups[n] = (groups[n] == 0 ? 1 : groups[n]) * records[i].weight();
        }
        number = count;
        for (uint256 n = 0; n < count; ++n) {
            if (number == count && task.hashes[n] == resultHash) (number, group) = (n, groups[n]);
            else others += groups[n];
        }
    }

    /// @notice The caller, a worker of the consensus, shows the digest that it committed to.
    /// Reverts when the task is not REVEALING, after the reveal deadline, when the caller has nothing to reveal or
    /// when the digest does not match its commitment. Emits TaskReveal.
    function reveal(bytes32 taskid, bytes32 resultDigest) external {
        TaskSlots storage task = _tasks[taskid];
        TaskHead head = task.head;
        require(head.status() == TaskStatus.REVEALING && block.timestamp < _revealDeadline(task, head));
        uint256 i = 0;
        ContributionRecord record = task.records[0];
        while (record.worker() != msg.sender) {
            require(record.exists());
            record = task.records[++i];
        }
        uint256 number = record.hashNumber();
        require(record.status() == ContributionStatus.CONTRIBUTED && number + 1 == head.consensus());
        bool first = !head.revealed();
        require(task.hashes[number] == (first ? _resultHash(taskid, resultDigest) : resultDigest));
        require(task.seals[i] == _resultSeal(msg.sender, taskid, resultDigest));

        record = record.withStatus(ContributionStatus.PROVED);
        if (first) {
            record = record.withRevealedFirst();
            task.hashes[number] = resultDigest;
            task.head = head.withRevealed();
        } else {
            task.seals[i] = 0;
        }
        task.records[i] = record;
        emit TaskReveal(taskid, msg.sender, resultDigest);
    }

    /// @notice The scheduler opens a task again when nobody of the consensus revealed in time. Those contributions are
    /// rejected. The contribution deadline stays. Reverts when the caller is not the scheduler, the task is not
    /// REVEALING, somebody revealed, before the reveal deadline or after the final one. Emits TaskReopen.
    function reopen(bytes32 taskid) external {
        TaskSlots storage task = _tasks[taskid];
        TaskHead head = task.head;
        require(head.status() == TaskStatus.REVEALING);
        DealData deal = DealCode.load(head.dealCode());
        require(msg.sender == deal.workerpoolOwner() && _beforeDeadline(deal, FINAL_DEADLINE_RATIO));
        require(block.timestamp >= _revealDeadline(task, head) && !head.revealed());

        ContributionRecord[] memory records = _records(task);
        for (uint256 i = 0; i < records.length; ++i) {
            if (records[i].hashNumber() + 1 != head.consensus()) continue;
            task.records[i] = records[i].withStatus(ContributionStatus.REJECTED);
        }
        task.head = head.withoutConsensus();
        emit TaskReopen(taskid);
    }
}
