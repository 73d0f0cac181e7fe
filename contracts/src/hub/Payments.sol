// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ContributionStatus} from "../interfaces/Views.sol";
import {ContributionRecord} from "./ContributionRecord.sol";
import {DealData} from "./DealCode.sol";
import {Kitty} from "./Kitty.sol";
import {TaskRules} from "./TaskRules.sol";

/// @title Who is paid what for a finished task
/// @notice Each function returns what it took out of the hub's own account, for its caller to take off at once.
abstract contract Payments is TaskRules, Kitty {
    /// @dev Seize (sponsor) [, Transfer, Reward (app owner)] [, Transfer, Reward (dataset owner)], Transfer, Unlock
    /// (scheduler's stake) [, Seize (kitty), Transfer, Reward (scheduler's part of the kitty)].
    function _paySellers(DealData deal, bytes32 taskid) internal returns (uint256 paid) {
        uint256 appPrice = deal.appPrice();
        uint256 datasetPrice = deal.datasetPrice();
        uint256 workerpoolPrice = deal.workerpoolPrice();
        _seize(deal.sponsor(), appPrice + datasetPrice + workerpoolPrice, taskid);
        if (appPrice != 0) _pay(deal.appOwner(), appPrice, taskid);
        if (datasetPrice != 0) _pay(deal.datasetOwner(), datasetPrice, taskid);
        uint256 stake = workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100;
        _credit(deal.workerpoolOwner(), stake, stake);
        _emitUnlock(deal.workerpoolOwner(), stake);
        paid = appPrice + datasetPrice + stake;
        uint256 fromKitty = _takeFromKitty(taskid);
        if (fromKitty != 0) _pay(deal.workerpoolOwner(), fromKitty, taskid);
        paid += fromKitty;
    }

    /// @dev For each contributor in order: Transfer, Unlock, Transfer, Reward [, AccurateContribution] when it revealed
    /// the consensus, else Seize, FaultyContribution. Then Transfer, Reward for the scheduler, dust included.
    /// Shared among them: the workerpool price and the stakes of those who lose theirs.
    function _payWorkers(ContributionRecord[] memory records, DealData deal, bytes32 taskid)
        internal
        returns (uint256 paid)
    {
        uint256 stake = deal.workerStake();
        uint256 pot = deal.workerpoolPrice();
        uint256 totalLogWeight = 0;
        for (uint256 i = 0; i < records.length; ++i) {
            if (records[i].status() == ContributionStatus.PROVED) totalLogWeight += records[i].logWeight();
            else pot += stake;
        }

        paid = pot;
        uint256 workersShare = _workersShare(deal, pot);
        for (uint256 i = 0; i < records.length; ++i) {
            ContributionRecord record = records[i];
            address worker = record.worker();
            if (record.status() == ContributionStatus.PROVED) {
                uint256 reward = workersShare * record.logWeight() / totalLogWeight;
                pot -= reward;
                paid += stake;
                _credit(worker, stake + reward, stake);
                _emitUnlock(worker, stake);
                _emitReward(worker, reward, taskid);
                // Reputation comes only from agreeing with others.
                if (records.length > 1) _raiseScore(worker, deal.workerpool(), taskid);
            } else {
                _seize(worker, stake, taskid);
                _lowerScore(worker, deal.workerpool(), taskid);
            }
        }
        _pay(deal.workerpoolOwner(), pot, taskid);
    }

    /// @dev Transfer, Reward (the only worker), Transfer, Reward (scheduler).
    function _payWorker(address worker, DealData deal, bytes32 taskid) internal returns (uint256 paid) {
        paid = deal.workerpoolPrice();
        uint256 workerReward = _workersShare(deal, paid);
        _pay(worker, workerReward, taskid);
        _pay(deal.workerpoolOwner(), paid - workerReward, taskid);
    }

    function _pay(address account, uint256 amount, bytes32 taskid) private {
        _credit(account, amount, 0);
        _emitReward(account, amount, taskid);
    }

    function _workersShare(DealData deal, uint256 pot) private pure returns (uint256) {
        return pot * (100 - deal.schedulerRewardRatio()) / 100;
    }
}
