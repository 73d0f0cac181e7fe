// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Batching} from "./Batching.sol";
import {DealModel} from "./Trading.sol";
import {TaskModel} from "./TaskModels.sol";
import "../base/Market.sol";

/// @title What must be refused, whatever the state
abstract contract Mischief is Batching {
    function misbehave() internal {
        if (tasks.length == 0) return;
        bytes32 taskid = oneIn(2) && running.length != 0 ? running[roll(running.length)] : tasks[roll(tasks.length)];
        uint256 kind = roll(8);
        if (kind == 0) return contributeUnauthorized(taskid);
        if (kind == 1) return contributeTwice(taskid);
        if (kind == 2) return revealSomethingElse(taskid);
        if (kind == 3) return finalizeOrReopenAsStranger(taskid);
        if (kind == 4) return finalizeTooEarly(taskid);
        if (kind == 5) return claimTooEarly(taskid);
        if (kind == 6) return openTwice(taskid);
        skipReplication(taskid);
    }

    function contribution(address by, address worker, bytes32 taskid) private view returns (bytes memory) {
        bytes32 digest = keccak256("mischief");
        return abi.encodeCall(
            IHub.contribute,
            (
                taskid,
                resultHash(taskid, digest),
                resultSeal(worker, taskid, digest),
                address(0),
                "",
                authorize(by, worker, taskid, address(0))
            )
        );
    }

    /// @dev Authorized by itself, or with the authorization of somebody else.
    function contributeUnauthorized(bytes32 taskid) private {
        address worker = idleWorker(taskid);
        address by = dealOfTask(taskid).scheduler;
        if (oneIn(2)) call(worker, contribution(worker, worker, taskid), false, "authorized by itself");
        else call(other(worker), contribution(by, worker, taskid), false, "authorization of another");
    }

    function contributeTwice(bytes32 taskid) private {
        TaskModel storage t = taskOf[taskid];
        if (t.contributors.length == 0) return;
        address worker = anyOf(t.contributors);
        call(worker, contribution(dealOfTask(taskid).scheduler, worker, taskid), false, "second contribution");
    }

    function revealSomethingElse(bytes32 taskid) private {
        TaskModel storage t = taskOf[taskid];
        if (t.contributors.length == 0) return;
        address worker = anyOf(t.contributors);
        bytes memory data = abi.encodeCall(IHub.reveal, (taskid, keccak256("nobody's result")));
        call(worker, data, false, "reveal of another digest");
        data = abi.encodeCall(IHub.reveal, (taskid, t.opinions[worker].digest));
        call(stranger, data, false, "reveal by a stranger");
        if (t.status != TaskStatus.REVEALING) call(worker, data, false, "reveal out of time");
    }

    function finalizeOrReopenAsStranger(bytes32 taskid) private {
        address who = dealOfTask(taskid).scheduler == schedulers[0] ? schedulers[1] : schedulers[0];
        call(who, abi.encodeCall(IHub.finalize, (taskid, RESULTS, "")), false, "finalize by another scheduler");
        call(who, abi.encodeCall(IHub.reopen, (taskid)), false, "reopen by another scheduler");
    }

    function finalizeTooEarly(bytes32 taskid) private {
        TaskModel storage t = taskOf[taskid];
        bool early = t.status != TaskStatus.REVEALING || t.reveals == 0
            || (t.reveals < t.winners && block.timestamp < t.revealDeadline) || block.timestamp >= finalDeadline(taskid);
        DealModel storage d = dealOfTask(taskid);
        if (early) {
            call(d.scheduler, abi.encodeCall(IHub.finalize, (taskid, RESULTS, "")), false, "finalize out of time");
        }
        bool reopenable = t.status == TaskStatus.REVEALING && t.reveals == 0 && block.timestamp >= t.revealDeadline
            && block.timestamp < finalDeadline(taskid);
        if (!reopenable) call(d.scheduler, abi.encodeCall(IHub.reopen, (taskid)), false, "reopen out of time");
    }

    function claimTooEarly(bytes32 taskid) private {
        TaskStatus status = taskOf[taskid].status;
        bool ended = status == TaskStatus.COMPLETED || status == TaskStatus.FAILED;
        if (!ended && block.timestamp >= finalDeadline(taskid)) return;
        call(stranger, abi.encodeCall(IHub.claim, (taskid)), false, ended ? "claim twice" : "claim too early");
    }

    function openTwice(bytes32 taskid) private {
        TaskModel storage t = taskOf[taskid];
        call(stranger, abi.encodeCall(IHub.initialize, (t.dealid, t.index)), false, "initialize twice");
    }

    /// @dev contributeAndFinalize where others contributed, where trust asks for more, or out of time.
    function skipReplication(bytes32 taskid) private {
        TaskModel storage t = taskOf[taskid];
        DealModel storage d = dealOfTask(taskid);
        bool good = t.status == TaskStatus.ACTIVE && block.timestamp < contributionDeadline(taskid) && d.trust == 1
            && t.contributors.length == 0;
        if (good) return;
        address worker = idleWorker(taskid);
        bytes memory authorization = authorize(d.scheduler, worker, taskid, address(0));
        bytes memory data = abi.encodeCall(
            IHub.contributeAndFinalize, (taskid, keccak256("r"), RESULTS, "", address(0), "", authorization)
        );
        call(worker, data, false, "contributeAndFinalize not allowed");
    }
}
