// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealModel} from "./Trading.sol";
import {OpinionModel, TaskModel, TaskModels} from "./TaskModels.sol";
import "../base/Market.sol";

/// @title What schedulers and workers do to tasks
/// @notice Each action looks for a task that is ready for it and answers whether there was one. Some tasks have silent
/// winners, some a scheduler that forgets them.
abstract contract Labour is TaskModels {
    uint256 internal constant MOST_RUNNING = 24;
    uint256 private _firstOpen;

    function silent(bytes32 taskid) private pure returns (bool) {
        return uint256(taskid) % 8 == 0;
    }

    function forgotten(bytes32 taskid) private pure returns (bool) {
        return uint256(taskid) % 16 == 1;
    }

    /// @dev Data that a callback would get; its hash is the digest of the answer.
    function answerOf(uint256 number) internal pure returns (bytes memory) {
        return abi.encode("answer", number);
    }

    // ------------------------------------------------------------------ initialize

    /// @dev Opens the next task of the oldest deal that has one left.
    function open() internal returns (bool) {
        if (running.length >= MOST_RUNNING) return false;
        (bool found, bytes32 dealid) = dealToOpen();
        if (!found) return false;
        DealModel storage d = dealOf[dealid];
        uint256 index = d.first + d.opened;
        if (oneIn(8)) {
            call(stranger, abi.encodeCall(IHub.initialize, (dealid, d.first + d.size)), false, "initialize beyond");
        }
        if (d.opened + 1 < d.size && oneIn(2)) {
            bytes32[] memory dealids = new bytes32[](2);
            uint256[] memory indexes = new uint256[](2);
            (dealids[0], dealids[1], indexes[0], indexes[1]) = (dealid, dealid, index, index + 1);
            call(stranger, abi.encodeCall(IHub.initializeArray, (dealids, indexes)), true, "initializeArray");
            checkTask(opened(dealid));
        } else {
            call(stranger, abi.encodeCall(IHub.initialize, (dealid, index)), true, "initialize");
        }
        checkTask(opened(dealid));
        return true;
    }

    function opened(bytes32 dealid) internal returns (bytes32 taskid) {
        uint256 index = dealOf[dealid].first + dealOf[dealid].opened++;
        taskid = keccak256(abi.encodePacked(dealid, index));
        taskOf[taskid].dealid = dealid;
        taskOf[taskid].index = index;
        tasks.push(taskid);
        running.push(taskid);
        setStatus(taskid, TaskStatus.ACTIVE);
    }

    function dealToOpen() internal returns (bool, bytes32) {
        while (_firstOpen < deals.length && dealOf[deals[_firstOpen]].opened == dealOf[deals[_firstOpen]].size) {
            ++_firstOpen;
        }
        if (_firstOpen == deals.length) return (false, 0);
        return (true, deals[_firstOpen]);
    }

    // ------------------------------------------------------------------ contribute

    function work() internal returns (bool) {
        (bool found, bytes32 taskid) = findTask(readyForWork);
        if (!found) return false;
        DealModel storage d = dealOfTask(taskid);
        address worker = idleWorker(taskid);
        bytes32 digest = keccak256(answerOf(oneIn(6) ? 1 + roll(2) : 0));
        address challenge = d.tee || oneIn(8) ? enclave : address(0);
        bytes memory data = abi.encodeCall(
            IHub.contribute,
            (
                taskid,
                resultHash(taskid, digest),
                resultSeal(worker, taskid, digest),
                challenge,
                challenge == address(0) ? bytes("") : enclaveSign(worker, taskid, digest),
                authorize(authority(d, challenge), worker, taskid, challenge)
            )
        );
        bool good = free[worker] >= d.workerStake;
        call(worker, data, good, "contribute");
        if (!good) return true;
        contributed(taskid, worker, digest, challenge);
        checkTask(taskid);
        return true;
    }

    function contributed(bytes32 taskid, address worker, bytes32 digest, address challenge) internal {
        TaskModel storage t = taskOf[taskid];
        t.opinions[worker] = OpinionModel(ContributionStatus.UNSET, digest, weightOf(taskid, worker), challenge);
        setStatus(taskid, worker, ContributionStatus.CONTRIBUTED);
        t.contributors.push(worker);
        lock(worker, dealOfTask(taskid).workerStake);
        if (agreedOn(taskid, digest)) {
            setStatus(taskid, TaskStatus.REVEALING);
            t.consensus = digest;
            t.revealDeadline = block.timestamp + 2 * T;
            t.winners = supporters(taskid, digest);
            if (t.winners != t.contributors.length) count("consensus against dissent");
        }
    }

    function readyForWork(bytes32 taskid) internal view returns (bool) {
        return taskOf[taskid].status == TaskStatus.ACTIVE && block.timestamp < contributionDeadline(taskid)
            && taskOf[taskid].contributors.length < workers.length;
    }

    function idleWorker(bytes32 taskid) internal returns (address worker) {
        uint256 first = roll(workers.length);
        for (uint256 i = 0; i < workers.length; ++i) {
            worker = workers[(first + i) % workers.length];
            if (taskOf[taskid].opinions[worker].status == ContributionStatus.UNSET) return worker;
        }
    }

    function authority(DealModel storage d, address challenge) internal view returns (address) {
        address teeBroker = hub.teebroker();
        return challenge != address(0) && teeBroker != address(0) ? teeBroker : d.scheduler;
    }

    // ------------------------------------------------------------------ reveal

    function show() internal returns (bool) {
        (bool found, bytes32 taskid) = findTask(readyForReveal);
        if (!found) return false;
        TaskModel storage t = taskOf[taskid];
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            address worker = t.contributors[i];
            OpinionModel storage c = t.opinions[worker];
            if (c.status != ContributionStatus.CONTRIBUTED) continue;
            bool good = c.digest == t.consensus;
            if (!good && !oneIn(8)) continue;
            call(worker, abi.encodeCall(IHub.reveal, (taskid, c.digest)), good, "reveal");
            if (!good) continue;
            setStatus(taskid, worker, ContributionStatus.PROVED);
            ++t.reveals;
            t.digest = c.digest;
            checkTask(taskid);
            return true;
        }
        return true;
    }

    function readyForReveal(bytes32 taskid) private view returns (bool) {
        TaskModel storage t = taskOf[taskid];
        if (t.status != TaskStatus.REVEALING || block.timestamp >= t.revealDeadline || silent(taskid)) return false;
        // One winner of some tasks stays silent when there are others.
        return t.reveals < t.winners - (t.winners > 1 && uint256(taskid) % 5 == 0 ? 1 : 0);
    }

    // ------------------------------------------------------------------ finalize

    function publish() internal returns (bool) {
        (bool found, bytes32 taskid) = findTask(readyForFinalization);
        if (!found) return false;
        TaskModel storage t = taskOf[taskid];
        DealModel storage d = dealOfTask(taskid);
        bytes memory data = d.callback != address(0) || oneIn(8) ? dataOf(t.consensus) : bytes("");
        bytes memory results = anyResults();
        if (t.reveals != t.winners) count("finalized with a silent winner");
        call(d.scheduler, abi.encodeCall(IHub.finalize, (taskid, results, data)), true, "finalize");
        t.results = results;
        t.callbackData = data;
        completed(taskid);
        payWorkers(taskid);
        return true;
    }

    function completed(bytes32 taskid) private {
        setStatus(taskid, TaskStatus.COMPLETED);
        checkTask(taskid);
        assertEq(hub.resultFor(taskid), taskOf[taskid].callbackData, "resultFor");
        paySellers(dealOfTask(taskid));
    }

    function readyForFinalization(bytes32 taskid) private view returns (bool) {
        TaskModel storage t = taskOf[taskid];
        if (t.status != TaskStatus.REVEALING || block.timestamp >= finalDeadline(taskid) || forgotten(taskid)) {
            return false;
        }
        return t.reveals == t.winners || (t.reveals != 0 && block.timestamp >= t.revealDeadline);
    }

    function anyResults() internal returns (bytes memory) {
        uint256 kind = roll(4);
        if (kind == 0) return "";
        if (kind == 1) return abi.encodePacked("result ", roll(1e9));
        return RESULTS;
    }

    function dataOf(bytes32 digest) private pure returns (bytes memory) {
        for (uint256 number = 0; number < 2; ++number) {
            if (keccak256(answerOf(number)) == digest) return answerOf(number);
        }
        return answerOf(2);
    }

    // ------------------------------------------------------------------ contributeAndFinalize

    function workAndPublish() internal returns (bool) {
        (bool found, bytes32 taskid) = findTask(readyForBoth);
        if (!found) return false;
        DealModel storage d = dealOfTask(taskid);
        TaskModel storage t = taskOf[taskid];
        address worker = anyOf(workers);
        address challenge = d.tee ? enclave : address(0);
        t.results = anyResults();
        if (d.callback != address(0)) t.callbackData = answerOf(0);
        doItAll(taskid, worker, challenge);
        workedAndPublished(taskid, worker, challenge);
        return true;
    }

    function workedAndPublished(bytes32 taskid, address worker, address challenge) internal {
        DealModel storage d = dealOfTask(taskid);
        TaskModel storage t = taskOf[taskid];
        bytes32 digest = keccak256(answerOf(0));
        t.digest = digest;
        t.opinions[worker] = OpinionModel(ContributionStatus.UNSET, digest, 0, challenge);
        setStatus(taskid, worker, ContributionStatus.PROVED);
        t.contributors.push(worker);
        t.consensus = digest;
        t.reveals = 1;
        t.winners = 1;
        t.revealDeadline = block.timestamp + 2 * T;
        completed(taskid);
        uint256 amount = d.poolPrice * (100 - d.schedulerRatio) / 100;
        reward(worker, amount);
        reward(d.scheduler, d.poolPrice - amount);
    }

    function doItAll(bytes32 taskid, address worker, address challenge) private {
        TaskModel storage t = taskOf[taskid];
        bytes32 digest = keccak256(answerOf(0));
        bytes memory proof = challenge == address(0) ? bytes("") : enclaveSign(worker, taskid, digest);
        bytes memory authorization = authorize(authority(dealOfTask(taskid), challenge), worker, taskid, challenge);
        bytes memory data = abi.encodeCall(
            IHub.contributeAndFinalize, (taskid, digest, t.results, t.callbackData, challenge, proof, authorization)
        );
        call(worker, data, true, "contributeAndFinalize");
    }

    function readyForBoth(bytes32 taskid) internal view returns (bool) {
        return readyForWork(taskid) && taskOf[taskid].contributors.length == 0 && dealOfTask(taskid).trust == 1;
    }

    // ------------------------------------------------------------------ reopen, claim

    function reject() internal returns (bool) {
        (bool found, bytes32 taskid) = findTask(readyForReopening);
        if (!found) return false;
        TaskModel storage t = taskOf[taskid];
        call(dealOfTask(taskid).scheduler, abi.encodeCall(IHub.reopen, (taskid)), true, "reopen");
        setStatus(taskid, TaskStatus.ACTIVE);
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            OpinionModel storage c = t.opinions[t.contributors[i]];
            if (c.digest == t.consensus && c.status == ContributionStatus.CONTRIBUTED) {
                setStatus(taskid, t.contributors[i], ContributionStatus.REJECTED);
            }
        }
        t.consensus = 0;
        t.revealDeadline = 0;
        t.winners = 0;
        checkTask(taskid);
        return true;
    }

    function readyForReopening(bytes32 taskid) private view returns (bool) {
        TaskModel storage t = taskOf[taskid];
        return t.status == TaskStatus.REVEALING && t.reveals == 0 && block.timestamp >= t.revealDeadline
            && block.timestamp < finalDeadline(taskid) && !forgotten(taskid);
    }

    function giveUp() internal returns (bool) {
        (bool found, bytes32 taskid) = findTask(readyForClaim);
        if (!found) return claimUnopened();
        if (oneIn(2)) {
            call(stranger, abi.encodeCall(IHub.claim, (taskid)), true, "claim");
        } else {
            bytes32[] memory one = new bytes32[](1);
            one[0] = taskid;
            call(stranger, abi.encodeCall(IHub.claimArray, (one)), true, "claimArray");
        }
        failed(taskid);
        return true;
    }

    function readyForClaim(bytes32 taskid) private view returns (bool) {
        return block.timestamp >= finalDeadline(taskid);
    }

    function claimUnopened() private returns (bool) {
        (bool found, bytes32 dealid) = dealToOpen();
        if (!found || block.timestamp < dealOf[dealid].start + 10 * T) return false;
        bytes32[] memory dealids = new bytes32[](1);
        uint256[] memory indexes = new uint256[](1);
        (dealids[0], indexes[0]) = (dealid, dealOf[dealid].first + dealOf[dealid].opened);
        call(
            stranger, abi.encodeCall(IHub.initializeAndClaimArray, (dealids, indexes)), true, "initializeAndClaimArray"
        );
        bytes32 taskid = keccak256(abi.encodePacked(dealid, indexes[0]));
        taskOf[taskid].dealid = dealid;
        taskOf[taskid].index = indexes[0];
        ++dealOf[dealid].opened;
        tasks.push(taskid);
        setStatus(taskid, TaskStatus.ACTIVE);
        failed(taskid);
        return true;
    }

    function failed(bytes32 taskid) private {
        setStatus(taskid, TaskStatus.FAILED);
        refund(taskid);
        checkTask(taskid);
    }

    // ------------------------------------------------------------------ picking

    /// @dev A running task that is ready, beginning anywhere.
    function findTask(function(bytes32) view returns (bool) ready) internal returns (bool, bytes32) {
        if (running.length == 0) return (false, 0);
        uint256 first = roll(running.length);
        for (uint256 i = 0; i < running.length; ++i) {
            bytes32 taskid = running[(first + i) % running.length];
            if (ready(taskid)) return (true, taskid);
        }
        return (false, 0);
    }
}
