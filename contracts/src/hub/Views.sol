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
import {ContributionRecord} from "./ContributionRecord.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {ResultCode} from "./ResultCode.sol";
import {ResultLink} from "./ResultLink.sol";
import {Signatures} from "./Signatures.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";
import {TaskReading} from "./TaskReading.sol";

/// @title Deals, tasks, contributions and assets as clients read them
/// @notice What does not exist reads as zeros.
abstract contract Views is Signatures, OrderVolumes, TaskReading {
    using OrderHashing for DatasetOrder;

    /// @notice The dataset order cannot be used in the deal, and why.
    error IncompatibleDatasetOrder(string reason);

    /// @notice A deal; prices and stake in nRLC per task, start in seconds.
    function viewDeal(bytes32 dealid) public view returns (Deal memory deal) {
        address source = _dataAddress(dealid);
        DealData d = DealCode.load(source);
        if (!d.exists()) return deal;
        deal.app = Resource(d.app(), d.appOwner(), d.appPrice());
        deal.dataset = Resource(d.dataset(), d.datasetOwner(), d.datasetPrice());
        deal.workerpool = Resource(d.workerpool(), d.workerpoolOwner(), d.workerpoolPrice());
        deal.trust = d.trust();
        deal.category = d.category();
        deal.tag = d.tag();
        deal.requester = d.requester();
        deal.beneficiary = d.beneficiary();
        deal.callback = d.callback();
        deal.params = string(_readData(source, d.paramsOffset()));
        deal.startTime = d.startTime();
        deal.botFirst = d.botFirst();
        deal.botSize = d.botSize();
        deal.workerStake = d.workerStake();
        deal.schedulerRewardRatio = d.schedulerRewardRatio();
        deal.sponsor = d.sponsor();
    }

    /// @notice A task; deadlines in seconds. `resultsTimestamp` is always zero.
    function viewTask(bytes32 taskid) public view returns (Task memory task) {
        TaskSlots storage s = _tasks[taskid];
        TaskHead head = s.head;
        if (!head.exists()) return task;
        DealData deal = DealCode.load(head.dealCode());
        task.status = head.status();
        task.dealid = deal.dealid();
        task.idx = _index(s, head);
        task.timeref = deal.timeref();
        task.contributionDeadline = deal.startTime() + CONTRIBUTION_DEADLINE_RATIO * deal.timeref();
        task.revealDeadline = _revealDeadline(s, head);
        task.finalDeadline = deal.startTime() + FINAL_DEADLINE_RATIO * deal.timeref();
        if (head.result() == TaskHeads.RESULT_AND_CONTRIBUTION) {
            bytes memory data = _resultData(taskid);
            task.contributors = new address[](1);
            (task.contributors[0], task.resultDigest,) = ResultCode.contribution(data);
            task.consensusValue = _resultHash(taskid, task.resultDigest);
            task.revealCounter = 1;
            task.winnerCounter = 1;
            (task.results, task.resultsCallback) = ResultCode.decode(data);
            return task;
        }
        ContributionRecord[] memory records = _records(s);
        _countReveals(task, head, records);
        if (head.consensus() != 0) {
            bytes32 value = s.hashes[head.consensus() - 1];
            if (head.revealed()) task.resultDigest = value;
            task.consensusValue = head.revealed() ? _resultHash(taskid, value) : value;
        }
        if (head.result() == TaskHeads.RESULT_LINK) {
            for (uint256 i = 0; i < records.length; ++i) {
                if (records[i].revealedFirst()) task.results = ResultLink.format(s.seals[i]);
            }
        } else if (head.result() == TaskHeads.RESULT_CODE) {
            (task.results, task.resultsCallback) = ResultCode.decode(_resultData(taskid));
        }
    }

    /// @dev Contributors, how many of them are of the consensus, and how many of those revealed.
    function _countReveals(Task memory task, TaskHead head, ContributionRecord[] memory records) private pure {
        task.contributors = new address[](records.length);
        for (uint256 i = 0; i < records.length; ++i) {
            task.contributors[i] = records[i].worker();
            if (records[i].hashNumber() + 1 != head.consensus()) continue;
            if (records[i].status() == ContributionStatus.PROVED) ++task.revealCounter;
            if (records[i].status() != ContributionStatus.REJECTED) ++task.winnerCounter;
        }
    }

    function _resultData(bytes32 taskid) private view returns (bytes memory data) {
        data = _readData(_dataAddress(taskid), 0);
        if (data.length == 0) data = _tasks[taskid].longData;
    }

    /// @notice What a worker contributed to a task.
    function viewContribution(bytes32 taskid, address worker) public view returns (Contribution memory c) {
        TaskSlots storage task = _tasks[taskid];
        TaskHead head = task.head;
        if (head.result() == TaskHeads.RESULT_AND_CONTRIBUTION) {
            (address contributor, bytes32 digest, address enclave) = ResultCode.contribution(_resultData(taskid));
            if (worker != contributor) return c;
            return Contribution(
                ContributionStatus.PROVED, _resultHash(taskid, digest), _resultSeal(worker, taskid, digest), enclave, 0
            );
        }
        ContributionRecord[] memory records = _records(task);
        for (uint256 i = 0; i < records.length; ++i) {
            ContributionRecord record = records[i];
            if (record.worker() != worker) continue;
            c.status = record.status();
            c.weight = record.logWeight();
            if (record.fromEnclave()) c.enclaveChallenge = task.enclaves[i];
            uint256 number = record.hashNumber();
            bytes32 value = task.hashes[number];
            bool isDigest = head.revealed() && number + 1 == head.consensus();
            c.resultHash = isDigest ? _resultHash(taskid, value) : value;
            c.resultSeal = c.status == ContributionStatus.PROVED ? _resultSeal(worker, taskid, value) : task.seals[i];
        }
    }

    /// @notice The callback data of a completed task (ERC-1154 oracle). Reverts "task-pending" for any other.
    function resultFor(bytes32 taskid) external view returns (bytes memory callbackData) {
        TaskHead head = _tasks[taskid].head;
        require(head.status() == TaskStatus.COMPLETED, "task-pending");
        if (head.result() >= TaskHeads.RESULT_CODE) (, callbackData) = ResultCode.decode(_resultData(taskid));
    }

    /// @notice Score of a worker in tasks of one workerpool, which there decides its weight; zero in a strict hub.
    function viewScoreIn(address worker, address workerpool) external view returns (uint256) {
        return _poolScores[workerpool][worker];
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
        DealData deal = _loadDeal(dealid);
        _require(deal.exists(), "Deal not found");
        _require(deal.dataset() == address(0), "Deal already has a dataset");
        _require(_isAllowed(order.apprestrict, deal.app()), "App restriction not satisfied");
        _require(_isAllowed(order.workerpoolrestrict, deal.workerpool()), "Workerpool restriction not satisfied");
        _require(_isAllowed(order.requesterrestrict, deal.requester()), "Requester restriction not satisfied");
        _require(order.tag & ~TEE_FRAMEWORK_TAGS & ~deal.tag() == 0, "Tag compatibility not satisfied");
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
