// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealModel, Trading} from "./Trading.sol";
import "../base/Market.sol";

/// @notice What the tests know of one worker's part in a task.
struct OpinionModel {
    ContributionStatus status;
    bytes32 digest;
    uint256 weight;
    address challenge;
}

/// @notice What the tests know of a task.
struct TaskModel {
    bytes32 dealid;
    uint256 index;
    TaskStatus status;
    /// Digest that won, zero while none has.
    bytes32 consensus;
    uint256 revealDeadline;
    uint256 reveals;
    uint256 winners;
    bytes32 digest;
    bytes results;
    bytes callbackData;
    address[] contributors;
    mapping(address worker => OpinionModel) opinions;
}

/// @title Consensus and pay by the formulas as they are written, with sums and products taken anew each time
abstract contract TaskModels is Trading {
    bytes32[] internal tasks;
    /// @dev Tasks that have not ended.
    bytes32[] internal running;
    mapping(bytes32 taskid => TaskModel) internal taskOf;

    function dealOfTask(bytes32 taskid) internal view returns (DealModel storage) {
        return dealOf[taskOf[taskid].dealid];
    }

    function contributionDeadline(bytes32 taskid) internal view returns (uint256) {
        return dealOfTask(taskid).start + 7 * T;
    }

    function finalDeadline(bytes32 taskid) internal view returns (uint256) {
        return dealOfTask(taskid).start + 10 * T;
    }

    function setStatus(bytes32 taskid, TaskStatus status) internal {
        countEdge(taskOf[taskid].status, status);
        taskOf[taskid].status = status;
        if (status != TaskStatus.COMPLETED && status != TaskStatus.FAILED) return;
        for (uint256 i = 0; i < running.length; ++i) {
            if (running[i] != taskid) continue;
            running[i] = running[running.length - 1];
            running.pop();
            return;
        }
    }

    function setStatus(bytes32 taskid, address worker, ContributionStatus status) internal {
        countEdge(taskOf[taskid].opinions[worker].status, status);
        taskOf[taskid].opinions[worker].status = status;
    }

    // ------------------------------------------------------------------ consensus

    /// @dev max(score / 3, 3) - 1. Of the reputation earned in this workerpool, unless strict: everywhere.
    function weightOf(bytes32 taskid, address worker) internal view returns (uint256) {
        uint256 points = strict ? score[worker] : localScore[dealOfTask(taskid).pool][worker];
        return (points / 3 > 3 ? points / 3 : 3) - 1;
    }

    /// @dev Product of the weights of those who stand by a digest; zero for none.
    function groupOf(TaskModel storage t, bytes32 digest) private view returns (uint256 product) {
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            OpinionModel storage c = t.opinions[t.contributors[i]];
            if (c.status != ContributionStatus.CONTRIBUTED || c.digest != digest) continue;
            product = (product == 0 ? 1 : product) * c.weight;
        }
    }

    /// @dev group * trust > (1 + all groups) * (trust - 1).
    function agreedOn(bytes32 taskid, bytes32 digest) internal view returns (bool) {
        TaskModel storage t = taskOf[taskid];
        uint256 total = 1;
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            bytes32 other_ = t.opinions[t.contributors[i]].digest;
            bool counted = false;
            for (uint256 j = 0; j < i; ++j) {
                if (t.opinions[t.contributors[j]].digest == other_) counted = true;
            }
            if (!counted) total += groupOf(t, other_);
        }
        uint256 trust = dealOfTask(taskid).trust;
        return groupOf(t, digest) * trust > total * (trust - 1);
    }

    function supporters(bytes32 taskid, bytes32 digest) internal view returns (uint256 number) {
        TaskModel storage t = taskOf[taskid];
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            OpinionModel storage c = t.opinions[t.contributors[i]];
            if (c.status == ContributionStatus.CONTRIBUTED && c.digest == digest) ++number;
        }
    }

    // ------------------------------------------------------------------ pay

    function paySellers(DealModel storage d) internal {
        seize(d.sponsor, d.appPrice + d.datasetPrice + d.poolPrice);
        reward(d.appOwner, d.appPrice);
        if (d.datasetPrice != 0) reward(d.datasetOwner, d.datasetPrice);
        unlock(d.scheduler, d.poolPrice * 30 / 100);
        if (!strict || frozen[kitty] == 0) return;
        uint256 part = frozen[kitty] / 10;
        if (part < 1e9) part = 1e9;
        if (part > frozen[kitty]) part = frozen[kitty];
        seize(kitty, part);
        reward(d.scheduler, part);
        count("kitty opened");
    }

    function payWorkers(bytes32 taskid) internal {
        TaskModel storage t = taskOf[taskid];
        DealModel storage d = dealOfTask(taskid);
        uint256 pot = d.poolPrice;
        uint256 shares = 0;
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            OpinionModel storage c = t.opinions[t.contributors[i]];
            if (c.status == ContributionStatus.PROVED) shares += log2(c.weight);
            else pot += d.workerStake;
        }
        uint256 left = pot;
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            address worker = t.contributors[i];
            OpinionModel storage c = t.opinions[worker];
            if (c.status == ContributionStatus.PROVED) {
                uint256 amount = pot * (100 - d.schedulerRatio) / 100 * log2(c.weight) / shares;
                left -= amount;
                unlock(worker, d.workerStake);
                reward(worker, amount);
                if (t.contributors.length > 1) praise(worker, d.pool);
            } else {
                seize(worker, d.workerStake);
                blame(worker, d.pool);
            }
        }
        reward(d.scheduler, left);
    }

    function refund(bytes32 taskid) internal {
        TaskModel storage t = taskOf[taskid];
        DealModel storage d = dealOfTask(taskid);
        unlock(d.sponsor, d.appPrice + d.datasetPrice + d.poolPrice);
        uint256 stake = d.poolPrice * 30 / 100;
        seize(d.scheduler, stake);
        feedKitty(stake);
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            address worker = t.contributors[i];
            if (!strict && t.opinions[worker].status == ContributionStatus.REJECTED) {
                seize(worker, d.workerStake);
                feedKitty(d.workerStake);
                blame(worker, d.pool);
                count("rejected stake seized at claim");
            } else {
                unlock(worker, d.workerStake);
            }
        }
    }

    function log2(uint256 weight) internal pure returns (uint256 exponent) {
        while (2 ** (exponent + 1) <= weight) ++exponent;
    }

    // ------------------------------------------------------------------ the hub shows the same

    function checkTask(bytes32 taskid) internal view {
        TaskModel storage t = taskOf[taskid];
        Task memory shown = hub.viewTask(taskid);
        assertEq(uint256(shown.status), uint256(t.status), "status");
        assertEq(shown.dealid, t.dealid, "deal of the task");
        assertEq(shown.idx, t.index, "index");
        assertEq(shown.timeref, T, "time reference");
        assertEq(shown.contributionDeadline, contributionDeadline(taskid), "contribution deadline");
        assertEq(shown.finalDeadline, finalDeadline(taskid), "final deadline");
        assertEq(shown.revealDeadline, t.revealDeadline, "reveal deadline");
        bytes32 hash = t.consensus == 0 ? bytes32(0) : resultHash(taskid, t.consensus);
        assertEq(shown.consensusValue, hash, "consensus");
        assertEq(shown.revealCounter, t.reveals, "reveals");
        assertEq(shown.winnerCounter, t.winners, "winners");
        assertEq(shown.resultDigest, t.digest, "digest");
        assertEq(shown.results, t.results, "results");
        assertEq(shown.resultsTimestamp, 0, "never written");
        assertEq(shown.resultsCallback, t.callbackData, "callback data");
        assertEq(shown.contributors.length, t.contributors.length, "contributors");
        for (uint256 i = 0; i < t.contributors.length; ++i) {
            assertEq(shown.contributors[i], t.contributors[i], "contributor");
            checkOpinion(taskid, t.contributors[i]);
        }
    }

    function checkOpinion(bytes32 taskid, address worker) private view {
        OpinionModel storage c = taskOf[taskid].opinions[worker];
        Contribution memory shown = hub.viewContribution(taskid, worker);
        assertEq(uint256(shown.status), uint256(c.status), "contribution status");
        assertEq(shown.resultHash, resultHash(taskid, c.digest), "result hash");
        assertEq(shown.resultSeal, resultSeal(worker, taskid, c.digest), "result seal");
        assertEq(shown.enclaveChallenge, c.challenge, "challenge");
        assertEq(shown.weight, c.weight == 0 ? 0 : log2(c.weight), "weight");
    }

    function heldByBoosts() internal view virtual returns (uint256);

    /// @dev Every task there ever was is as modelled; what is frozen is what running deals and tasks hold.
    function checkTasks() public view {
        uint256 held = frozen[kitty] + heldByBoosts();
        for (uint256 i = 0; i < tasks.length; ++i) {
            checkTask(tasks[i]);
        }
        for (uint256 i = 0; i < deals.length; ++i) {
            DealModel storage d = dealOf[deals[i]];
            uint256 stake = d.poolPrice * 30 / 100;
            held += (d.appPrice + d.datasetPrice + d.poolPrice + stake) * (d.size - d.opened);
        }
        for (uint256 i = 0; i < running.length; ++i) {
            DealModel storage d = dealOfTask(running[i]);
            held += d.appPrice + d.datasetPrice + d.poolPrice + d.poolPrice * 30 / 100;
            held += d.workerStake * taskOf[running[i]].contributors.length;
        }
        uint256 locks = 0;
        for (uint256 i = 0; i < people.length; ++i) {
            locks += hub.frozenOf(people[i]);
        }
        assertEq(locks, held, "what is frozen is what deals, tasks and the kitty hold");
    }
}
