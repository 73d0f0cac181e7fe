// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IApp, IDataset, IRegistryEntry, IWorkerpool} from "../interfaces/External.sol";
import {DatasetOrder} from "../interfaces/Orders.sol";
import {
    AppView,
    Contribution,
    ContributionStatus,
    DatasetView,
    Deal,
    Resource,
    Task,
    TaskStatus,
    WorkerpoolView
} from "../interfaces/Views.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {Signatures} from "./Signatures.sol";

/// @title Deals, tasks, contributions and assets as clients read them
/// @notice What does not exist reads as zeros.
abstract contract Views is Signatures, OrderVolumes {
    using OrderHashing for DatasetOrder;

    /// @notice The dataset order cannot be used in the deal, and why.
    error IncompatibleDatasetOrder(string reason);

    /// @notice A deal; prices and stake in nRLC per task, start in seconds.
    function viewDeal(bytes32 dealid) public view returns (Deal memory deal) {
        DealSlots storage s = _deals[dealid];
        deal.app = Resource(s.app, s.appOwner, s.appPrice);
        deal.dataset = Resource(s.dataset, s.datasetOwner, s.datasetPrice);
        deal.workerpool = Resource(s.workerpool, s.workerpoolOwner, s.workerpoolPrice);
        deal.trust = s.trust;
        deal.category = s.category;
        deal.tag = s.tag;
        deal.requester = s.requester;
        deal.beneficiary = s.beneficiary;
        deal.callback = s.callback;
        deal.params = s.params;
        deal.startTime = s.startTime;
        deal.botFirst = s.botFirst;
        deal.botSize = s.botSize;
        deal.workerStake = s.workerStake;
        deal.schedulerRewardRatio = s.schedulerRewardRatio;
        deal.sponsor = s.sponsor;
    }

    /// @notice A task; deadlines in seconds. `resultsTimestamp` is always zero.
    function viewTask(bytes32 taskid) public view returns (Task memory task) {
        TaskSlots storage s = _tasks[taskid];
        if (s.status == TaskStatus.UNSET) return task;
        DealSlots storage deal = _deals[s.dealid];
        task.status = s.status;
        task.dealid = s.dealid;
        task.idx = s.idx;
        task.timeref = deal.timeref;
        task.contributionDeadline = deal.startTime + CONTRIBUTION_DEADLINE_RATIO * deal.timeref;
        task.revealDeadline = s.revealDeadline;
        task.finalDeadline = deal.startTime + FINAL_DEADLINE_RATIO * deal.timeref;
        task.consensusValue = s.consensusValue;
        task.revealCounter = s.revealCounter;
        task.winnerCounter = s.winnerCounter;
        task.contributors = s.contributors;
        task.resultDigest = s.resultDigest;
        task.results = s.results;
        task.resultsCallback = s.resultsCallback;
    }

    /// @notice What a worker contributed to a task.
    function viewContribution(bytes32 taskid, address worker) public view returns (Contribution memory) {
        ContributionSlots storage s = _tasks[taskid].contributions[worker];
        return Contribution(s.status, s.resultHash, s.resultSeal, s.enclaveChallenge, s.weight);
    }

    /// @notice The callback data of a completed task (ERC-1154 oracle). Reverts "task-pending" for any other.
    function resultFor(bytes32 taskid) external view returns (bytes memory) {
        TaskSlots storage task = _tasks[taskid];
        require(task.status == TaskStatus.COMPLETED, "task-pending");
        return task.resultsCallback;
    }

    /// @notice An app, read from its contract.
    function viewApp(address app) external view returns (AppView memory) {
        IApp a = IApp(app);
        return
            AppView(a.owner(), a.m_appName(), a.m_appType(), a.m_appMultiaddr(), a.m_appChecksum(), a.m_appMREnclave());
    }

    /// @notice A dataset, read from its contract.
    function viewDataset(address dataset) external view returns (DatasetView memory) {
        IDataset d = IDataset(dataset);
        return DatasetView(d.owner(), d.m_datasetName(), d.m_datasetMultiaddr(), d.m_datasetChecksum());
    }

    /// @notice A workerpool, read from its contract.
    function viewWorkerpool(address workerpool) external view returns (WorkerpoolView memory) {
        IWorkerpool w = IWorkerpool(workerpool);
        return WorkerpoolView(
            w.owner(), w.m_workerpoolDescription(), w.m_workerStakeRatioPolicy(), w.m_schedulerRewardRatioPolicy()
        );
    }

    /// @notice Reverts IncompatibleDatasetOrder when the dataset order does not let the deal, made without dataset, use
    /// the dataset.
    function assertDatasetDealCompatibility(DatasetOrder calldata order, bytes32 dealid) external view {
        bytes32 orderHash = _typedDataHash(order.hash());
        _require(_remaining(orderHash, order.volume) != 0, "Dataset order is revoked or fully consumed");
        _require(
            _isPresignatureOrSignature(IRegistryEntry(order.dataset).owner(), orderHash, order.sign),
            "Invalid dataset order signature"
        );
        DealSlots storage deal = _deals[dealid];
        _require(deal.requester != address(0), "Deal not found");
        _require(deal.dataset == address(0), "Deal already has a dataset");
        _require(_isAllowed(order.apprestrict, deal.app), "App restriction not satisfied");
        _require(_isAllowed(order.workerpoolrestrict, deal.workerpool), "Workerpool restriction not satisfied");
        _require(_isAllowed(order.requesterrestrict, deal.requester), "Requester restriction not satisfied");
        _require(order.tag & ~TEE_FRAMEWORK_TAGS & ~deal.tag == 0, "Tag compatibility not satisfied");
    }

    function _require(bool condition, string memory reason) private pure {
        if (!condition) revert IncompatibleDatasetOrder(reason);
    }

    // ------------------------------------------------------------------ flat forms, for encoders without structs

    /// @notice Pointer, owner and price of app, dataset and workerpool.
    function viewDealABILegacy_pt1(bytes32 dealid)
        external
        view
        returns (address, address, uint256, address, address, uint256, address, address, uint256)
    {
        Deal memory d = viewDeal(dealid);
        return (
            d.app.pointer,
            d.app.owner,
            d.app.price,
            d.dataset.pointer,
            d.dataset.owner,
            d.dataset.price,
            d.workerpool.pointer,
            d.workerpool.owner,
            d.workerpool.price
        );
    }

    /// @notice Trust, tag, requester, beneficiary, callback, params.
    function viewDealABILegacy_pt2(bytes32 dealid)
        external
        view
        returns (uint256, bytes32, address, address, address, string memory)
    {
        Deal memory d = viewDeal(dealid);
        return (d.trust, d.tag, d.requester, d.beneficiary, d.callback, d.params);
    }

    /// @notice Category, start, first index, number of tasks, worker stake, scheduler's reward ratio of a deal.
    function viewConfigABILegacy(bytes32 dealid)
        external
        view
        returns (uint256, uint256, uint256, uint256, uint256, uint256)
    {
        Deal memory d = viewDeal(dealid);
        return (d.category, d.startTime, d.botFirst, d.botSize, d.workerStake, d.schedulerRewardRatio);
    }

    /// @notice Free and frozen nRLC.
    function viewAccountABILegacy(address account) external view returns (uint256, uint256) {
        return (_accounts[account].balance, _accounts[account].frozen);
    }

    /// @notice The fields of `viewTask` from `status` to `contributors`, and `results`.
    function viewTaskABILegacy(bytes32 taskid)
        external
        view
        returns (
            TaskStatus,
            bytes32,
            uint256,
            uint256,
            uint256,
            uint256,
            uint256,
            bytes32,
            uint256,
            uint256,
            address[] memory,
            bytes memory
        )
    {
        Task memory t = viewTask(taskid);
        return (
            t.status,
            t.dealid,
            t.idx,
            t.timeref,
            t.contributionDeadline,
            t.revealDeadline,
            t.finalDeadline,
            t.consensusValue,
            t.revealCounter,
            t.winnerCounter,
            t.contributors,
            t.results
        );
    }

    /// @notice The fields of `viewContribution` without the weight.
    function viewContributionABILegacy(bytes32 taskid, address worker)
        external
        view
        returns (ContributionStatus, bytes32, bytes32, address)
    {
        Contribution memory c = viewContribution(taskid, worker);
        return (c.status, c.resultHash, c.resultSeal, c.enclaveChallenge);
    }

    /// @notice The fields of `viewCategory`. Reverts empty when there is none of this number.
    function viewCategoryABILegacy(uint256 catid) external view returns (string memory, string memory, uint256) {
        require(catid < _categories.length);
        return (_categories[catid].name, _categories[catid].description, _categories[catid].workClockTimeRef);
    }
}
