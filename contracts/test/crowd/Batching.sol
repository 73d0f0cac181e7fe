// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Labour} from "./Labour.sol";
import {DealModel} from "./Trading.sol";
import {TaskModel} from "./TaskModels.sol";
import {Completion, SignedContribution} from "../../src/interfaces/Batches.sol";
import "../base/Market.sol";

/// @title Many steps in one transaction: what they do one by one, or nothing at all
abstract contract Batching is Labour {
    uint256 private constant MOST = 3;
    string private constant CONTRIBUTION =
        "Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)";

    // ------------------------------------------------------------------ match and open

    function tradeAndOpen() internal {
        Attempt memory a = prepare();
        a.sponsor = a.o.request.requester;
        bool good = foreseen(a);
        uint256 wanted = running.length >= MOST_RUNNING ? 0 : oneIn(3) ? type(uint256).max : roll(a.volume + 1);
        bytes memory data =
            abi.encodeCall(IHub.matchOrdersAndInitialize, (a.o.app, a.o.dataset, a.o.workerpool, a.o.request, wanted));
        bytes memory answer = call(anyOf(people), data, good, "match and open");
        if (!good) return;
        bytes32 dealid = newDeal(a, answer);
        bookClassic(a, dealid);
        for (uint256 i = 0; i < a.volume && i < wanted; ++i) {
            checkTask(opened(dealid));
        }
        count("batch: matched and opened");
    }

    // ------------------------------------------------------------------ contributions of several workers

    /// @dev Sent by one of the workers, or by a stranger; of one task or of several.
    function workTogether() internal returns (bool) {
        SignedContribution[] memory list = new SignedContribution[](MOST);
        uint256 count_ = 0;
        for (; count_ < MOST; ++count_) {
            (bool found, bytes32 taskid) = findTask(readyForWork);
            if (!found) break;
            address worker = idleWorker(taskid);
            if (free[worker] < dealOfTask(taskid).workerStake) break;
            bytes32 digest = keccak256(answerOf(oneIn(6) ? 1 + roll(2) : 0));
            address challenge = dealOfTask(taskid).tee || oneIn(8) ? enclave : address(0);
            list[count_] = signed(taskid, worker, digest, challenge);
            contributed(taskid, worker, digest, challenge);
        }
        if (count_ == 0) return false;
        list = first(list, count_);
        address sender = oneIn(2) ? stranger : list[roll(count_)].worker;
        spoil(list, sender);
        call(sender, abi.encodeCall(IHub.contributeArray, (list)), true, "contributeArray");
        for (uint256 i = 0; i < count_; ++i) {
            checkTask(list[i].taskid);
        }
        count("batch: contributed");
        return true;
    }

    /// @dev With one worker's signature under another's contribution nobody contributes.
    function spoil(SignedContribution[] memory list, address sender) private {
        uint256 place = roll(list.length);
        if (list[place].worker == sender || !oneIn(4)) return;
        bytes memory good = list[place].workerSign;
        list[place].workerSign = signBy(enclave, keccak256("anything"));
        call(sender, abi.encodeCall(IHub.contributeArray, (list)), false, "contributeArray with a forged signature");
        list[place].workerSign = good;
    }

    function signed(bytes32 taskid, address worker, bytes32 digest, address challenge)
        private
        view
        returns (SignedContribution memory c)
    {
        c.taskid = taskid;
        c.worker = worker;
        c.resultHash = resultHash(taskid, digest);
        c.resultSeal = resultSeal(worker, taskid, digest);
        c.enclaveChallenge = challenge;
        if (challenge != address(0)) c.enclaveSign = enclaveSign(worker, taskid, digest);
        c.authorizationSign = authorize(authority(dealOfTask(taskid), challenge), worker, taskid, challenge);
        bytes32 typeHash = keccak256(bytes(CONTRIBUTION));
        c.workerSign = signBy(
            worker, digestOf(keccak256(abi.encode(typeHash, taskid, worker, c.resultHash, c.resultSeal, challenge)))
        );
    }

    function first(SignedContribution[] memory list, uint256 count_)
        private
        pure
        returns (SignedContribution[] memory some)
    {
        some = new SignedContribution[](count_);
        for (uint256 i = 0; i < count_; ++i) {
            some[i] = list[i];
        }
    }

    // ------------------------------------------------------------------ whole tasks

    function completeMany() internal returns (bool) {
        bytes32[] memory ids = new bytes32[](MOST);
        uint256 count_ = 0;
        uint256 start = roll(running.length + 1);
        for (uint256 i = 0; i < running.length && count_ < MOST; ++i) {
            bytes32 taskid = running[(start + i) % running.length];
            if (readyForBoth(taskid)) ids[count_++] = taskid;
        }
        if (count_ == 0) return false;
        address worker = anyOf(workers);
        Completion[] memory list = completions(ids, count_, worker);
        call(worker, abi.encodeCall(IHub.contributeAndFinalizeArray, (list)), true, "contributeAndFinalizeArray");
        finished(list, worker);
        count("batch: completed");
        return true;
    }

    function openAndCompleteMany() internal returns (bool) {
        (bool found, bytes32 dealid) = dealToOpen();
        if (!found) return false;
        DealModel storage d = dealOf[dealid];
        if (d.trust != 1 || block.timestamp >= d.start + 7 * T) return false;
        uint256 count_ = d.size - d.opened < MOST ? d.size - d.opened : MOST;
        bytes32[] memory ids = new bytes32[](count_);
        uint256[] memory indexes = new uint256[](count_);
        for (uint256 i = 0; i < count_; ++i) {
            indexes[i] = d.first + d.opened;
            ids[i] = opened(dealid);
        }
        address worker = anyOf(workers);
        Completion[] memory list = completions(ids, count_, worker);
        bytes memory data = abi.encodeCall(IHub.initializeAndContributeAndFinalizeArray, (dealid, indexes, list));
        if (oneIn(4)) call(stranger, data, false, "open and complete with authorizations of another");
        call(worker, data, true, "initializeAndContributeAndFinalizeArray");
        finished(list, worker);
        count("batch: opened and completed");
        return true;
    }

    function completions(bytes32[] memory ids, uint256 count_, address worker)
        private
        returns (Completion[] memory list)
    {
        list = new Completion[](count_);
        for (uint256 i = 0; i < count_; ++i) {
            list[i] = completion(ids[i], worker);
        }
    }

    function completion(bytes32 taskid, address worker) private returns (Completion memory c) {
        DealModel storage d = dealOfTask(taskid);
        c.taskid = taskid;
        c.resultDigest = keccak256(answerOf(0));
        c.results = anyResults();
        if (d.callback != address(0)) c.resultsCallback = answerOf(0);
        c.enclaveChallenge = d.tee ? enclave : address(0);
        if (d.tee) c.enclaveSign = enclaveSign(worker, taskid, c.resultDigest);
        c.authorizationSign = authorize(authority(d, c.enclaveChallenge), worker, taskid, c.enclaveChallenge);
    }

    function finished(Completion[] memory list, address worker) private {
        for (uint256 i = 0; i < list.length; ++i) {
            TaskModel storage t = taskOf[list[i].taskid];
            t.results = list[i].results;
            t.callbackData = list[i].resultsCallback;
            workedAndPublished(list[i].taskid, worker, list[i].enclaveChallenge);
        }
    }
}
