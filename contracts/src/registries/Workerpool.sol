// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IWorkerpool} from "../interfaces/External.sol";
import {RegistryEntry} from "./RegistryEntry.sol";

/// @title A workerpool: its description and its policy towards workers
contract Workerpool is RegistryEntry, IWorkerpool {
    /// @notice Ratios in percent, before and after.
    event PolicyUpdate(
        uint256 oldWorkerStakeRatioPolicy,
        uint256 newWorkerStakeRatioPolicy,
        uint256 oldSchedulerRewardRatioPolicy,
        uint256 newSchedulerRewardRatioPolicy
    );

    uint256 private constant DEFAULT_WORKER_STAKE_RATIO = 30;
    uint256 private constant DEFAULT_SCHEDULER_REWARD_RATIO = 1;

    /// @dev The only storage of an entry. While `set` is false the defaults hold.
    struct Policy {
        bool set;
        uint8 schedulerRewardRatio;
        uint240 workerStakeRatio;
    }

    Policy private _policy;

    /// @notice Content is given at creation: always reverts "already initialized".
    function initialize(string calldata) external pure {
        _refuseInitialization();
    }

    /// @notice Description for people.
    function m_workerpoolDescription() external view returns (string memory) {
        return abi.decode(_content(), (string));
    }

    /// @notice Stake of a worker per contribution, in percent of the workerpool price of the task.
    function m_workerStakeRatioPolicy() public view returns (uint256) {
        return _policy.set ? _policy.workerStakeRatio : DEFAULT_WORKER_STAKE_RATIO;
    }

    /// @notice Share of the scheduler in the reward, in percent.
    function m_schedulerRewardRatioPolicy() public view returns (uint256) {
        return _policy.set ? _policy.schedulerRewardRatio : DEFAULT_SCHEDULER_REWARD_RATIO;
    }

    /// @notice Sets both ratios, in percent, for deals made from now on. Owner only ("caller is not the owner").
    /// Reverts empty when the reward ratio is above 100 or the stake ratio above 2^240-1. Emits PolicyUpdate.
    function changePolicy(uint256 newWorkerStakeRatio, uint256 newSchedulerRewardRatio) external onlyOwner {
        require(newSchedulerRewardRatio <= 100 && newWorkerStakeRatio <= type(uint240).max);
        emit PolicyUpdate(
            m_workerStakeRatioPolicy(), newWorkerStakeRatio, m_schedulerRewardRatioPolicy(), newSchedulerRewardRatio
        );
        _policy = Policy(true, uint8(newSchedulerRewardRatio), uint240(newWorkerStakeRatio));
    }
}
