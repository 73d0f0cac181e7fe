// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistryEntry, IWorkerpool} from "../interfaces/External.sol";
import {Registry} from "./Registry.sol";
import {Workerpool} from "./Workerpool.sol";

/// @title The registry of workerpools, and of their policies
/// @notice A policy lies in the slot of the workerpool's token, so that one call and one slot tell the hub all about a
/// workerpool. A note is 0 for the default policy, else: bit 31 set, 7 bits scheduler reward ratio, 24 bits worker stake
/// ratio (all ones: see `_wideStakeRatios`).
contract WorkerpoolRegistry is Registry {
    uint256 private constant DEFAULT_WORKER_STAKE_RATIO = 30;
    uint256 private constant DEFAULT_SCHEDULER_REWARD_RATIO = 1;
    uint32 private constant POLICY_SET = 1 << 31;
    uint256 private constant REWARD_RATIO = 24;
    uint256 private constant MAX_STAKE_RATIO = type(uint24).max;

    mapping(address workerpool => uint256) private _wideStakeRatios;

    constructor(address owner_, string memory baseURI_, address previous_, bool settled)
        Registry(
            address(new Workerpool()),
            "iExec Workerpool Registry (V5)",
            "iExecWorkerpoolV5",
            baseURI_,
            owner_,
            previous_,
            settled
        )
    {}

    /// @notice Registers a workerpool for `workerpoolOwner`; anybody may. Emits Transfer (mint).
    /// Reverts "Create2: Failed on deploy" when the same description was created for the same owner before.
    function createWorkerpool(address workerpoolOwner, string calldata description) external returns (address) {
        return _create(workerpoolOwner, bytes(description));
    }

    /// @notice The address that `createWorkerpool` gives, or gave, for these arguments.
    function predictWorkerpool(address workerpoolOwner, string calldata description) external view returns (address) {
        return _predict(workerpoolOwner, bytes(description));
    }

    /// @notice Owner and policy (percent) of a workerpool registered here or in a previous registry; all zero for
    /// anything else: what the hub must know of it, in one call.
    function entryTerms(address workerpool)
        external
        view
        returns (address owner_, uint256 workerStakeRatio, uint256 schedulerRewardRatio)
    {
        uint32 note;
        (owner_, note) = _ownerAndNote(uint160(workerpool));
        if (owner_ != address(0)) {
            (workerStakeRatio, schedulerRewardRatio) = _policy(workerpool, note);
        } else if (_isRegisteredBefore(workerpool)) {
            owner_ = IRegistryEntry(workerpool).owner();
            workerStakeRatio = IWorkerpool(workerpool).m_workerStakeRatioPolicy();
            schedulerRewardRatio = IWorkerpool(workerpool).m_schedulerRewardRatioPolicy();
        }
    }

    /// @notice Policy (percent) of a workerpool created here; the default for anything else.
    function policyOf(address workerpool)
        external
        view
        returns (uint256 workerStakeRatio, uint256 schedulerRewardRatio)
    {
        (, uint32 note) = _ownerAndNote(uint160(workerpool));
        return _policy(workerpool, note);
    }

    /// @notice Sets the policy (percent) of the caller, a workerpool created here: `Workerpool.changePolicy` is the way.
    /// Reverts empty for other callers, and when the reward ratio is above 100. Returns the policy before.
    function setPolicy(uint256 workerStakeRatio, uint256 schedulerRewardRatio)
        external
        returns (uint256 oldWorkerStakeRatio, uint256 oldSchedulerRewardRatio)
    {
        (address owner_, uint32 note) = _ownerAndNote(uint160(msg.sender));
        require(owner_ != address(0) && schedulerRewardRatio <= 100);
        (oldWorkerStakeRatio, oldSchedulerRewardRatio) = _policy(msg.sender, note);
        bool wide = workerStakeRatio >= MAX_STAKE_RATIO;
        if (wide) _wideStakeRatios[msg.sender] = workerStakeRatio;
        uint256 kept = wide ? MAX_STAKE_RATIO : workerStakeRatio;
        _setNote(uint160(msg.sender), POLICY_SET | uint32(schedulerRewardRatio << REWARD_RATIO | kept));
    }

    function _policy(address workerpool, uint32 note) private view returns (uint256, uint256) {
        if (note == 0) return (DEFAULT_WORKER_STAKE_RATIO, DEFAULT_SCHEDULER_REWARD_RATIO);
        uint256 stakeRatio = note & MAX_STAKE_RATIO;
        if (stakeRatio == MAX_STAKE_RATIO) stakeRatio = _wideStakeRatios[workerpool];
        return (stakeRatio, note >> REWARD_RATIO & 0x7f);
    }
}
