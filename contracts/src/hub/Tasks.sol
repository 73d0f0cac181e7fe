// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IOracleConsumer} from "../interfaces/External.sol";
import {ContributionStatus, TaskStatus} from "../interfaces/Views.sol";
import {Escrow} from "./Escrow.sol";
import {Signatures} from "./Signatures.sol";

/// @title From a deal's tasks to results, rewards and reputation
/// @notice A refused transition reverts without data. Times in seconds; T is the time reference of the category, and
/// deadlines count from the deal's start: contributions before 7 T, finalization before 10 T.
///
///   UNSET --initialize--> ACTIVE --contribute (consensus)--> REVEALING --finalize--> COMPLETED
///                           |  ^----------reopen----------------'  |
///                           |--contributeAndFinalize--> COMPLETED  |
///                           '--------------claim-------------------'--> FAILED
abstract contract Tasks is Escrow, Signatures {
    event TaskInitialize(bytes32 indexed taskid, address indexed workerpool);
    event TaskContribute(bytes32 indexed taskid, address indexed worker, bytes32 hash);
    event TaskConsensus(bytes32 indexed taskid, bytes32 consensus);
    event TaskReveal(bytes32 indexed taskid, address indexed worker, bytes32 digest);
    event TaskReopen(bytes32 indexed taskid);
    event TaskFinalize(bytes32 indexed taskid, bytes results);
    event TaskClaimed(bytes32 indexed taskid);
    event AccurateContribution(address indexed worker, bytes32 indexed taskid);
    event FaultyContribution(address indexed worker, bytes32 indexed taskid);

    // ------------------------------------------------------------------ initialize

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

    function _initialize(bytes32 dealid, uint256 index) private returns (bytes32 taskid) {
        DealSlots storage deal = _deals[dealid];
        uint256 botFirst = deal.botFirst;
        require(botFirst <= index && index < botFirst + deal.botSize);
        taskid = keccak256(abi.encodePacked(dealid, index));
        TaskSlots storage task = _tasks[taskid];
        require(task.status == TaskStatus.UNSET);
        task.status = TaskStatus.ACTIVE;
        task.idx = uint64(index);
        task.dealid = dealid;
        emit TaskInitialize(taskid, deal.workerpool);
    }

    // ------------------------------------------------------------------ contribute

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
        TaskSlots storage task = _tasks[taskid];
        DealSlots storage deal = _deals[task.dealid];
        ContributionSlots storage contribution = task.contributions[msg.sender];
        require(task.status == TaskStatus.ACTIVE && _beforeDeadline(deal, CONTRIBUTION_DEADLINE_RATIO));
        require(contribution.status == ContributionStatus.UNSET);
        _checkAuthorization(deal, taskid, enclaveChallenge, authorizationSign);
        _checkEnclave(resultHash, resultSeal, enclaveChallenge, enclaveSign);

        (uint256 weight, uint8 logWeight) = _weight(msg.sender);
        contribution.status = ContributionStatus.CONTRIBUTED;
        contribution.weight = logWeight;
        contribution.enclaveChallenge = enclaveChallenge;
        contribution.resultHash = resultHash;
        contribution.resultSeal = resultSeal;
        task.contributors.push(msg.sender);
        _lock(msg.sender, deal.workerStake);
        emit TaskContribute(taskid, msg.sender, resultHash);

        uint256 group = task.groups[resultHash];
        uint256 newGroup = (group == 0 ? 1 : group) * weight;
        task.groups[resultHash] = newGroup;
        uint256 totalWeight = task.totalWeight + newGroup - group;
        task.totalWeight = totalWeight;
        _checkConsensus(taskid, task, deal, resultHash, newGroup, totalWeight);
    }

    /// @dev A deal for enclaves needs a challenge; the worker must be authorized for the task.
    function _checkAuthorization(
        DealSlots storage deal,
        bytes32 taskid,
        address enclaveChallenge,
        bytes calldata authorizationSign
    ) private view {
        address authority = deal.workerpoolOwner;
        if (enclaveChallenge == address(0)) {
            require(deal.tag & TEE_TAG == 0);
        } else if (_teeBroker != address(0)) {
            authority = _teeBroker;
        }
        bytes32 hash = keccak256(abi.encodePacked(msg.sender, taskid, enclaveChallenge));
        require(_isSignature(authority, _personalHash(hash), authorizationSign));
    }

    function _checkEnclave(bytes32 resultHash, bytes32 resultSeal, address enclaveChallenge, bytes calldata enclaveSign)
        private
        view
    {
        if (enclaveChallenge == address(0)) return;
        bytes32 hash = keccak256(abi.encodePacked(resultHash, resultSeal));
        require(_isSignature(enclaveChallenge, _personalHash(hash), enclaveSign));
    }

    /// @dev Weight of a worker's opinion, max(score / 3, 3) - 1, and the integer part of its binary logarithm.
    function _weight(address worker) private view returns (uint256 weight, uint8 logWeight) {
        uint256 third = _accounts[worker].score / 3;
        weight = (third > 3 ? third : 3) - 1;
        for (uint256 rest = weight >> 1; rest != 0; rest >>= 1) {
            ++logWeight;
        }
    }

    /// @dev Consensus when group * trust > (1 + total) * (trust - 1).
    function _checkConsensus(
        bytes32 taskid,
        TaskSlots storage task,
        DealSlots storage deal,
        bytes32 resultHash,
        uint256 group,
        uint256 totalWeight
    ) private {
        uint256 trust = deal.trust;
        if (group * trust <= (1 + totalWeight) * (trust - 1)) return;

        uint32 winners = 0;
        uint256 count = task.contributors.length;
        for (uint256 i = 0; i < count; ++i) {
            ContributionSlots storage c = task.contributions[task.contributors[i]];
            if (c.resultHash == resultHash && c.status == ContributionStatus.CONTRIBUTED) ++winners;
        }
        task.status = TaskStatus.REVEALING;
        task.revealDeadline = uint40(block.timestamp + REVEAL_DEADLINE_RATIO * deal.timeref);
        task.revealCounter = 0;
        task.winnerCounter = winners;
        task.consensusValue = resultHash;
        emit TaskConsensus(taskid, resultHash);
    }

    // ------------------------------------------------------------------ reveal, reopen

    /// @notice The caller, a worker of the consensus, shows the digest that it committed to.
    /// Reverts when the task is not REVEALING, after the reveal deadline, when the caller has nothing to reveal or
    /// when the digest does not match its commitment. Emits TaskReveal.
    function reveal(bytes32 taskid, bytes32 resultDigest) external {
        TaskSlots storage task = _tasks[taskid];
        ContributionSlots storage contribution = task.contributions[msg.sender];
        bytes32 resultHash = contribution.resultHash;
        require(task.status == TaskStatus.REVEALING && block.timestamp < task.revealDeadline);
        require(contribution.status == ContributionStatus.CONTRIBUTED && resultHash == task.consensusValue);
        require(resultHash == _resultHash(taskid, resultDigest));
        require(contribution.resultSeal == _resultSeal(msg.sender, taskid, resultDigest));

        contribution.status = ContributionStatus.PROVED;
        ++task.revealCounter;
        if (task.resultDigest != resultDigest) task.resultDigest = resultDigest;
        emit TaskReveal(taskid, msg.sender, resultDigest);
    }

    /// @notice The scheduler opens a task again when nobody of the consensus revealed in time. Those contributions are
    /// rejected. The contribution deadline stays. Reverts when the caller is not the scheduler, the task is not
    /// REVEALING, somebody revealed, before the reveal deadline or after the final one. Emits TaskReopen.
    function reopen(bytes32 taskid) external {
        TaskSlots storage task = _tasks[taskid];
        DealSlots storage deal = _deals[task.dealid];
        require(task.status == TaskStatus.REVEALING && msg.sender == deal.workerpoolOwner);
        require(_beforeDeadline(deal, FINAL_DEADLINE_RATIO));
        require(block.timestamp >= task.revealDeadline && task.revealCounter == 0);

        bytes32 rejected = task.consensusValue;
        uint256 count = task.contributors.length;
        for (uint256 i = 0; i < count; ++i) {
            ContributionSlots storage contribution = task.contributions[task.contributors[i]];
            if (contribution.resultHash == rejected) contribution.status = ContributionStatus.REJECTED;
        }
        task.totalWeight -= task.groups[rejected];
        task.groups[rejected] = 0;
        task.status = TaskStatus.ACTIVE;
        task.consensusValue = 0;
        task.revealDeadline = 0;
        task.winnerCounter = 0;
        emit TaskReopen(taskid);
    }

    // ------------------------------------------------------------------ finalize

    /// @notice The scheduler publishes the result; everybody is paid, and who was wrong or silent is slashed.
    /// Reverts when the caller is not the scheduler, the task is not REVEALING, after the final deadline, while reveals
    /// are missing before the reveal deadline (one is enough after it), or when `resultsCallback` does not match the
    /// digest (it must be empty without callback). Panics when too little gas is left for the callback.
    /// Emits, in this order: see `_paySellers`, `_payWorkers`; TaskFinalize.
    /// @param results where the result is, as the client reads it.
    /// @param resultsCallback what the callback is given; keccak256 of it is the revealed digest.
    function finalize(bytes32 taskid, bytes calldata results, bytes calldata resultsCallback) external {
        TaskSlots storage task = _tasks[taskid];
        DealSlots storage deal = _deals[task.dealid];
        require(task.status == TaskStatus.REVEALING && msg.sender == deal.workerpoolOwner);
        require(_beforeDeadline(deal, FINAL_DEADLINE_RATIO));
        uint256 reveals = task.revealCounter;
        require(reveals == task.winnerCounter || (reveals != 0 && block.timestamp >= task.revealDeadline));
        _checkCallbackData(deal, task.resultDigest, resultsCallback);

        task.status = TaskStatus.COMPLETED;
        task.results = results;
        task.resultsCallback = resultsCallback;
        _paySellers(deal, taskid);
        _payWorkers(task, deal, taskid);
        emit TaskFinalize(taskid, results);
        _callback(deal, taskid, resultsCallback);
    }

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
        TaskSlots storage task = _tasks[taskid];
        DealSlots storage deal = _deals[task.dealid];
        require(task.status == TaskStatus.ACTIVE && _beforeDeadline(deal, CONTRIBUTION_DEADLINE_RATIO));
        require(task.contributors.length == 0 && deal.trust == 1);
        _checkCallbackData(deal, resultDigest, resultsCallback);
        _checkAuthorization(deal, taskid, enclaveChallenge, authorizationSign);
        bytes32 resultHash = _resultHash(taskid, resultDigest);
        {
            bytes32 resultSeal = _resultSeal(msg.sender, taskid, resultDigest);
            _checkEnclave(resultHash, resultSeal, enclaveChallenge, enclaveSign);
            ContributionSlots storage contribution = task.contributions[msg.sender];
            contribution.status = ContributionStatus.PROVED;
            contribution.enclaveChallenge = enclaveChallenge;
            contribution.resultHash = resultHash;
            contribution.resultSeal = resultSeal;
        }
        task.status = TaskStatus.COMPLETED;
        task.revealDeadline = uint40(block.timestamp + REVEAL_DEADLINE_RATIO * deal.timeref);
        task.revealCounter = 1;
        task.winnerCounter = 1;
        task.consensusValue = resultHash;
        task.resultDigest = resultDigest;
        task.contributors.push(msg.sender);
        task.results = results;
        task.resultsCallback = resultsCallback;

        _paySellers(deal, taskid);
        uint256 workerReward = _workersShare(deal, deal.workerpoolPrice);
        _reward(msg.sender, workerReward, taskid);
        _reward(deal.workerpoolOwner, deal.workerpoolPrice - workerReward, taskid);

        emit TaskContribute(taskid, msg.sender, resultHash);
        emit TaskConsensus(taskid, resultHash);
        emit TaskReveal(taskid, msg.sender, resultDigest);
        emit TaskFinalize(taskid, results);
        _callback(deal, taskid, resultsCallback);
    }

    /// @dev With a callback its data must hash to the digest; without one there must be no data, or such data.
    function _checkCallbackData(DealSlots storage deal, bytes32 resultDigest, bytes calldata resultsCallback)
        private
        view
    {
        require(
            (resultsCallback.length == 0 && deal.callback == address(0)) || keccak256(resultsCallback) == resultDigest
        );
    }

    /// @dev Seize (sponsor) [, Transfer, Reward (app owner)] [, Transfer, Reward (dataset owner)], Transfer, Unlock
    /// (scheduler's stake) [, Seize (kitty), Transfer, Reward (scheduler's part of the kitty)].
    function _paySellers(DealSlots storage deal, bytes32 taskid) private {
        address scheduler = deal.workerpoolOwner;
        uint256 appPrice = deal.appPrice;
        uint256 datasetPrice = deal.datasetPrice;
        uint256 workerpoolPrice = deal.workerpoolPrice;
        _seize(deal.sponsor, appPrice + datasetPrice + workerpoolPrice, taskid);
        if (appPrice != 0) _reward(deal.appOwner, appPrice, taskid);
        if (datasetPrice != 0) _reward(deal.datasetOwner, datasetPrice, taskid);
        _unlock(scheduler, workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100);

        uint256 kitty = _accounts[KITTY_ADDRESS].frozen;
        if (kitty != 0) {
            uint256 part = kitty * KITTY_RATIO / 100;
            if (part < KITTY_MIN) part = KITTY_MIN;
            if (part > kitty) part = kitty;
            _seize(KITTY_ADDRESS, part, taskid);
            _reward(scheduler, part, taskid);
        }
    }

    /// @dev For each contributor in order: Transfer, Unlock, Transfer, Reward [, AccurateContribution] when it revealed
    /// the consensus, else Seize, FaultyContribution. Then Transfer, Reward for the scheduler, dust included.
    /// Shared among them: the workerpool price and the stakes of those who lose theirs.
    function _payWorkers(TaskSlots storage task, DealSlots storage deal, bytes32 taskid) private {
        uint256 count = task.contributors.length;
        uint256 stake = deal.workerStake;
        uint256 pot = deal.workerpoolPrice;
        uint256 totalLogWeight = 0;
        for (uint256 i = 0; i < count; ++i) {
            ContributionSlots storage c = task.contributions[task.contributors[i]];
            if (c.status == ContributionStatus.PROVED) totalLogWeight += c.weight;
            else pot += stake;
        }

        uint256 workersShare = _workersShare(deal, pot);
        for (uint256 i = 0; i < count; ++i) {
            address worker = task.contributors[i];
            ContributionSlots storage c = task.contributions[worker];
            if (c.status == ContributionStatus.PROVED) {
                uint256 reward = workersShare * c.weight / totalLogWeight;
                pot -= reward;
                _unlock(worker, stake);
                _reward(worker, reward, taskid);
                // Reputation comes only from agreeing with others.
                if (count > 1) {
                    ++_accounts[worker].score;
                    emit AccurateContribution(worker, taskid);
                }
            } else {
                _seize(worker, stake, taskid);
                _accounts[worker].score = uint64(uint256(_accounts[worker].score) * 2 / 3);
                emit FaultyContribution(worker, taskid);
            }
        }
        _reward(deal.workerpoolOwner, pot, taskid);
    }

    function _workersShare(DealSlots storage deal, uint256 pot) private view returns (uint256) {
        return pot * (100 - deal.schedulerRewardRatio) / 100;
    }

    /// @dev ERC-1154, with a fixed amount of gas; neither failure nor what is returned matters. The last check makes
    /// sure that the callback really had that gas (EIP-150 keeps 1/64 back).
    function _callback(DealSlots storage deal, bytes32 taskid, bytes calldata resultsCallback) private {
        address target = deal.callback;
        if (target == address(0)) return;
        uint256 gasLimit = _callbackGas();
        bytes memory data = abi.encodeCall(IOracleConsumer.receiveResult, (taskid, resultsCallback));
        assembly ("memory-safe") {
            pop(call(gasLimit, target, 0, add(data, 32), mload(data), 0, 0))
        }
        assert(gasleft() > gasLimit / 63);
    }

    // ------------------------------------------------------------------ claim

    /// @notice Ends a task that was not finalized before its final deadline; anybody may. The sponsor and the workers
    /// get theirs back, the scheduler's stake goes to the kitty. Reverts when the task is neither ACTIVE nor
    /// REVEALING, or before the final deadline.
    /// Emits Transfer, Unlock (sponsor), Seize (scheduler), Reward, Lock (kitty), Transfer, Unlock (each worker),
    /// TaskClaimed.
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

    /// @notice `initialize` and `claim` for each pair; all or nothing.
    function initializeAndClaimArray(bytes32[] calldata dealids, uint256[] calldata indexes) external returns (bool) {
        require(dealids.length == indexes.length);
        for (uint256 i = 0; i < dealids.length; ++i) {
            _claim(_initialize(dealids[i], indexes[i]));
        }
        return true;
    }

    function _claim(bytes32 taskid) private {
        TaskSlots storage task = _tasks[taskid];
        DealSlots storage deal = _deals[task.dealid];
        require(task.status == TaskStatus.ACTIVE || task.status == TaskStatus.REVEALING);
        require(!_beforeDeadline(deal, FINAL_DEADLINE_RATIO));
        task.status = TaskStatus.FAILED;

        uint256 workerpoolPrice = deal.workerpoolPrice;
        uint256 schedulerStake = workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100;
        _unlock(deal.sponsor, uint256(deal.appPrice) + deal.datasetPrice + workerpoolPrice);
        _seize(deal.workerpoolOwner, schedulerStake, taskid);
        unchecked {
            _accounts[KITTY_ADDRESS].frozen += uint96(schedulerStake);
        }
        emit Reward(KITTY_ADDRESS, schedulerStake, taskid);
        emit Lock(KITTY_ADDRESS, schedulerStake);

        uint256 workerStake = deal.workerStake;
        uint256 count = task.contributors.length;
        for (uint256 i = 0; i < count; ++i) {
            _unlock(task.contributors[i], workerStake);
        }
        emit TaskClaimed(taskid);
    }

    // ------------------------------------------------------------------ formulas

    function _beforeDeadline(DealSlots storage deal, uint256 ratio) private view returns (bool) {
        return block.timestamp < deal.startTime + ratio * deal.timeref;
    }

    function _resultHash(bytes32 taskid, bytes32 resultDigest) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(taskid, resultDigest));
    }

    function _resultSeal(address worker, bytes32 taskid, bytes32 resultDigest) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(worker, taskid, resultDigest));
    }
}
