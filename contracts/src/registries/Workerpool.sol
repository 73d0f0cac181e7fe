// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IWorkerpool, IWorkerpoolPolicies} from "../interfaces/External.sol";
import {RegistryEntry} from "./RegistryEntry.sol";

/// @title A workerpool: its description and its policy towards workers
/// @notice The policy itself is kept by the registry.
contract Workerpool is RegistryEntry, IWorkerpool {
    /// @notice Ratios in percent, before and after.
    event PolicyUpdate(
        uint256 oldWorkerStakeRatioPolicy,
        uint256 newWorkerStakeRatioPolicy,
        uint256 oldSchedulerRewardRatioPolicy,
        uint256 newSchedulerRewardRatioPolicy
    );

    /// @notice Content is given at creation: always reverts "already initialized".
    function initialize(string calldata) external pure {
        _refuseInitialization();
    }

    /// @notice Description for people.
    function m_workerpoolDescription() external view returns (string memory) {
        return string(_contentFrom(0));
    }

    /// @notice Stake of a worker per contribution, in percent of the workerpool price of the task.
    function m_workerStakeRatioPolicy() external view returns (uint256 ratio) {
        (ratio,) = IWorkerpoolPolicies(registry).policyOf(address(this));
    }

    /// @notice Share of the scheduler in the reward, in percent.
    function m_schedulerRewardRatioPolicy() external view returns (uint256 ratio) {
        (, ratio) = IWorkerpoolPolicies(registry).policyOf(address(this));
    }

    /// @notice Sets both ratios, in percent, for deals made from now on. Owner only ("caller is not the owner").
    /// Reverts empty when the reward ratio is above 100. Emits PolicyUpdate.
    function changePolicy(uint256 newWorkerStakeRatio, uint256 newSchedulerRewardRatio) external onlyOwner {
        (uint256 oldWorkerStakeRatio, uint256 oldSchedulerRewardRatio) =
            IWorkerpoolPolicies(registry).setPolicy(newWorkerStakeRatio, newSchedulerRewardRatio);
        emit PolicyUpdate(oldWorkerStakeRatio, newWorkerStakeRatio, oldSchedulerRewardRatio, newSchedulerRewardRatio);
    }
}
