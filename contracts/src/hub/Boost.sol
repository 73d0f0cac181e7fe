// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {DealBoost, TaskStatus} from "../interfaces/Views.sol";
import {BoostDealCode} from "./BoostDealCode.sol";
import {BoostRefusals} from "./BoostRefusals.sol";
import {Callbacks} from "./Callbacks.sol";
import {DealTerms} from "./DealCode.sol";
import {Kitty} from "./Kitty.sol";
import {OrderChecks} from "./OrderChecks.sol";
import {TaskHead, TaskHeads} from "./TaskHead.sol";

/// @title Boost: deals without replication in two transactions
/// @notice One worker that the scheduler (or the TEE broker) authorizes pushes the result, which is published in an event
/// alone; there is no initialization, no contribution, no reputation. Orders are those of ordinary deals and count
/// together with them. Task `index` of a Boost deal runs from 0 whatever the range of the deal in its request.
/// Refusals read "PocoBoost: <reason>". Times in seconds; T is the time reference of the category: results are due 7 T
/// after the match.
abstract contract Boost is OrderChecks, Kitty, Callbacks {
    event SchedulerNoticeBoost(
        address indexed workerpool,
        bytes32 dealId,
        address app,
        address dataset,
        uint256 category,
        bytes32 tag,
        string params,
        address beneficiary
    );
    event DealSponsoredBoost(bytes32 dealId, address sponsor);
    event ResultPushedBoost(bytes32 dealId, uint256 index, bytes results);
    event TaskClaimed(bytes32 indexed taskid);

    /// @notice A Boost deal numbers the tasks of its request in 16 bits. A smaller volume of the request fits.
    error TooManyTasks(uint256 firstIndex, uint256 volume);

    // ------------------------------------------------------------------ match

    /// @notice Makes a Boost deal of four orders, whose trust is at most 1; anybody may call. The requester pays.
    /// Locks as matchOrders.
    /// Reverts "PocoBoost: ..." as in `BoostRefusals`, "invalid-signature-format", TooManyTasks, PolicyChanged,
    /// "IexecEscrow: Transfer amount exceeds balance".
    /// Emits Transfer, Lock (requester), Transfer, Lock (workerpool owner), SchedulerNoticeBoost, OrdersMatched.
    /// @return dealid keccak256(request order hash, number of its tasks sold before).
    function matchOrdersBoost(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        return _match(appOrder, datasetOrder, workerpoolOrder, requestOrder, requestOrder.requester);
    }

    /// @notice `matchOrdersBoost` paid by the caller, who is refunded should a task fail. Also emits DealSponsoredBoost.
    function sponsorMatchOrdersBoost(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        dealid = _match(appOrder, datasetOrder, workerpoolOrder, requestOrder, msg.sender);
        emit DealSponsoredBoost(dealid, msg.sender);
    }

    function _match(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder,
        address sponsor
    ) private returns (bytes32) {
        if (requestOrder.trust > 1) revert("PocoBoost: Bad trust level");
        (DealTerms memory terms, CheckedOrders memory orders) =
            _checkAndConsume(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        terms.appPrice = appOrder.appprice;
        // The price of a dataset that is not there is nobody's.
        if (datasetOrder.dataset != address(0)) terms.datasetPrice = datasetOrder.datasetprice;
        terms.workerpoolPrice = workerpoolOrder.workerpoolprice;
        _lock(sponsor, (terms.appPrice + terms.datasetPrice + terms.workerpoolPrice) * terms.botSize);
        _lock(terms.workerpoolOwner, _stake(terms.workerpoolPrice) * terms.botSize);

        terms.sponsor = sponsor;
        terms.requester = requestOrder.requester;
        terms.callback = requestOrder.callback;
        _store(terms);
        _notify(terms, workerpoolOrder.workerpool, requestOrder);
        _emitOrdersMatched(terms, orders);
        return terms.dealid;
    }

    /// @dev Prices fit: their products with a volume of at least 1 were in balances.
    function _store(DealTerms memory terms) private {
        if (terms.botFirst > type(uint16).max || terms.botSize > type(uint16).max) {
            revert TooManyTasks(terms.botFirst, terms.botSize);
        }
        DealBoost memory deal;
        deal.appOwner = terms.appOwner;
        deal.appPrice = uint96(terms.appPrice);
        deal.datasetOwner = terms.datasetOwner;
        deal.datasetPrice = uint96(terms.datasetPrice);
        deal.workerpoolOwner = terms.workerpoolOwner;
        deal.workerpoolPrice = uint96(terms.workerpoolPrice);
        deal.requester = terms.requester;
        deal.callback = terms.callback;
        deal.deadline = uint40(block.timestamp + CONTRIBUTION_DEADLINE_RATIO * terms.timeref);
        deal.botFirst = uint16(terms.botFirst);
        deal.botSize = uint16(terms.botSize);
        deal.shortTag = bytes3(uint24(uint256(terms.tag)));
        deal.sponsor = terms.sponsor;
        _writeData(terms.dealid, BoostDealCode.encode(deal, terms.schedulerRewardRatio));
    }

    function _notify(DealTerms memory terms, address workerpool, RequestOrder calldata order) private {
        emit SchedulerNoticeBoost(
            workerpool,
            terms.dealid,
            order.app,
            order.dataset,
            order.category,
            terms.tag,
            order.params,
            order.beneficiary
        );
    }

    // ------------------------------------------------------------------ push

    /// @notice The caller, a worker, hands in the result of a task; everybody is paid.
    /// Reverts "PocoBoost: " with "Unknown task", "Task status not unset", "Deadline reached", "Tag requires enclave
    /// challenge", "Invalid contribution authorization signature", "Invalid enclave signature", "Callback requires
    /// data", "Not enough gas after callback"; "invalid-signature-format".
    /// Emits Seize (sponsor), Transfer, Reward (worker) [, Transfer, Reward (app owner)] [, Transfer, Reward (dataset
    /// owner)], Transfer, Unlock (scheduler's stake) [, Seize (kitty)], Transfer, Reward (scheduler), ResultPushedBoost.
    /// @param index of the task in the deal, from 0.
    /// @param results published in the event, not stored.
    /// @param resultsCallback what the callback is given; not stored either.
    /// @param authorizationSign EIP-191 signature of keccak256(worker, taskid, enclaveChallenge) by the scheduler, or by
    /// the TEE broker when there is one and the challenge is not zero.
    /// @param enclaveChallenge key of the enclave that ran the task, or zero.
    /// @param enclaveSign EIP-191 signature by that key of keccak256(worker, taskid, keccak256(results, or
    /// resultsCallback when there is a callback)).
    function pushResultBoost(
        bytes32 dealId,
        uint256 index,
        bytes calldata results,
        bytes calldata resultsCallback,
        bytes calldata authorizationSign,
        address enclaveChallenge,
        bytes calldata enclaveSign
    ) external {
        DealBoost memory deal = BoostDealCode.load(_dataAddress(dealId));
        bytes32 taskid = _checkUnset(deal, dealId, index);
        require(block.timestamp < deal.deadline, "PocoBoost: Deadline reached");
        _checkAuthorization(deal, taskid, enclaveChallenge, authorizationSign);
        if (enclaveChallenge != address(0)) {
            bytes32 digest = keccak256(deal.callback == address(0) ? results : resultsCallback);
            bytes32 hash = keccak256(abi.encodePacked(msg.sender, taskid, digest));
            require(
                _isSignature(enclaveChallenge, _personalHash(hash), enclaveSign), "PocoBoost: Invalid enclave signature"
            );
        }

        _end(taskid, TaskStatus.COMPLETED);
        _pay(deal, taskid);
        emit ResultPushedBoost(dealId, index, results);
        if (deal.callback == address(0)) return;
        require(resultsCallback.length != 0, "PocoBoost: Callback requires data");
        require(_callBack(deal.callback, taskid, resultsCallback), "PocoBoost: Not enough gas after callback");
    }

    function _checkAuthorization(
        DealBoost memory deal,
        bytes32 taskid,
        address enclaveChallenge,
        bytes calldata authorizationSign
    ) private view {
        address authority = deal.workerpoolOwner;
        if (enclaveChallenge == address(0)) {
            require(uint24(deal.shortTag) & uint256(TEE_TAG) == 0, "PocoBoost: Tag requires enclave challenge");
        } else if (_teeBroker != address(0)) {
            authority = _teeBroker;
        }
        bytes32 hash = keccak256(abi.encodePacked(msg.sender, taskid, enclaveChallenge));
        require(
            _isSignature(authority, _personalHash(hash), authorizationSign),
            "PocoBoost: Invalid contribution authorization signature"
        );
    }

    function _pay(DealBoost memory deal, bytes32 taskid) private {
        uint256 price = deal.workerpoolPrice;
        uint256 stake = _stake(price);
        _seize(deal.sponsor, _taskPrice(deal), taskid);
        _creditReward(msg.sender, deal.workerReward, taskid);
        if (deal.appPrice != 0) _creditReward(deal.appOwner, deal.appPrice, taskid);
        if (deal.datasetPrice != 0) _creditReward(deal.datasetOwner, deal.datasetPrice, taskid);
        _emitUnlock(deal.workerpoolOwner, stake);
        uint256 fromKitty = _takeFromKitty(taskid);
        uint256 schedulerReward = price - deal.workerReward + fromKitty;
        _credit(deal.workerpoolOwner, stake + schedulerReward, stake);
        _emitReward(deal.workerpoolOwner, schedulerReward, taskid);
        _takeFromHub(_taskPrice(deal) + stake + fromKitty);
    }

    function _creditReward(address account, uint256 amount, bytes32 taskid) private {
        _credit(account, amount, 0);
        _emitReward(account, amount, taskid);
    }

    // ------------------------------------------------------------------ claim

    /// @notice Ends a task whose result was not pushed in time; anybody may. The sponsor gets its money back, the
    /// scheduler's stake goes to the kitty.
    /// Reverts "PocoBoost: " with "Unknown task", "Task status not unset", "Deadline not reached".
    /// Emits Transfer, Unlock (sponsor), Seize (scheduler), Reward, Lock (kitty), TaskClaimed.
    function claimBoost(bytes32 dealId, uint256 index) external {
        DealBoost memory deal = BoostDealCode.load(_dataAddress(dealId));
        bytes32 taskid = _checkUnset(deal, dealId, index);
        require(deal.deadline <= block.timestamp, "PocoBoost: Deadline not reached");
        _end(taskid, TaskStatus.FAILED);
        uint256 stake = _stake(deal.workerpoolPrice);
        _unlock(deal.sponsor, _taskPrice(deal));
        _seize(deal.workerpoolOwner, stake, taskid);
        _feedKitty(stake, taskid);
        emit TaskClaimed(taskid);
    }

    // ------------------------------------------------------------------ views

    /// @notice A Boost deal; prices and reward in nRLC per task, deadline in seconds. All zero when there is none.
    function viewDealBoost(bytes32 dealId) external view returns (DealBoost memory deal) {
        return BoostDealCode.load(_dataAddress(dealId));
    }

    // ------------------------------------------------------------------ shared

    function _checkUnset(DealBoost memory deal, bytes32 dealid, uint256 index) private view returns (bytes32 taskid) {
        require(index < deal.botSize, "PocoBoost: Unknown task");
        taskid = keccak256(abi.encodePacked(dealid, index));
        require(!_tasks[taskid].head.exists(), "PocoBoost: Task status not unset");
    }

    /// @dev Of a Boost task nothing is kept but how it ended.
    function _end(bytes32 taskid, TaskStatus status) private {
        _tasks[taskid].head = TaskHeads.create(address(0), 0).withStatus(status);
    }

    function _taskPrice(DealBoost memory deal) private pure returns (uint256) {
        return uint256(deal.appPrice) + deal.datasetPrice + deal.workerpoolPrice;
    }

    function _stake(uint256 workerpoolPrice) private pure returns (uint256) {
        return workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100;
    }

    function _refuse(uint256 rule) internal pure override {
        BoostRefusals.refuse(rule);
    }

    /// @dev The workerpool's own limit does not count: every pool computes without replication.
    function _checkTrust(uint256, uint256) internal pure override {}

    function _unregistered(address) internal view override {}
}
