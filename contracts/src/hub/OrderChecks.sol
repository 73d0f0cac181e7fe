// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IWorkerpoolPolicies} from "../interfaces/External.sol";
import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {Registry} from "../registries/Registry.sol";
import {DealTerms} from "./DealCode.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderRecord} from "./OrderRecord.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {PolicyCommitment} from "./PolicyCommitment.sol";
import {Signatures} from "./Signatures.sol";

/// @title Whether four orders make a deal
/// @notice The rules, once for both kinds of deals: `Matching` and `Boost`. Each has a number, and is checked in the order
/// in which it stands here; the kind of deal says what the refusal reads like.
abstract contract OrderChecks is Signatures, OrderVolumes {
    using OrderHashing for AppOrder;
    using OrderHashing for DatasetOrder;
    using OrderHashing for WorkerpoolOrder;
    using OrderHashing for RequestOrder;

    event OrdersMatched(
        bytes32 dealid,
        bytes32 appHash,
        bytes32 datasetHash,
        bytes32 workerpoolHash,
        bytes32 requestHash,
        uint256 volume
    );

    /// @notice An order commits to another policy (percent) than the workerpool has now; see `PolicyCommitment`.
    error PolicyChanged(uint256 workerStakeRatio, uint256 schedulerRewardRatio);

    /// @dev What the checks of one order found: its EIP-712 hash (zero for no dataset), its record as it will be, and
    /// how much of it was sold before.
    struct Checked {
        bytes32 orderHash;
        OrderRecord record;
        uint256 sold;
    }

    struct CheckedOrders {
        Checked app;
        Checked dataset;
        Checked workerpool;
        Checked request;
    }

    /// @dev Reverts because of the rule of this number.
    function _refuse(uint256 rule) internal pure virtual;

    /// @dev Rule 02, or what is in its place: how much trust may be asked for.
    function _checkTrust(uint256 requested, uint256 offered) internal pure virtual;

    /// @dev `entry` is not in the registry it should be in. Returns, for `_refuse` to follow, or reverts.
    function _unregistered(address entry) internal view virtual;

    /// @dev All rules, and the volume of the deal counted in every order. Of the terms it sets what comes from other
    /// contracts and from all orders: tag, owners, time reference, policy of the workerpool (`workerStake` is its ratio
    /// here), range of tasks, dealid.
    function _checkAndConsume(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) internal returns (DealTerms memory terms, CheckedOrders memory orders) {
        terms.timeref = _checkCategory(workerpoolOrder, requestOrder);
        _checkTrust(requestOrder.trust, workerpoolOrder.trust);
        terms.tag = _checkTerms(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        _checkRestrictions(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        terms.appOwner = _checkApp(appOrder, orders.app);
        if (datasetOrder.dataset != address(0)) terms.datasetOwner = _checkDataset(datasetOrder, orders.dataset);
        _checkWorkerpool(workerpoolOrder, orders.workerpool, terms);
        _checkRequest(requestOrder, orders.request, terms);

        terms.botSize = _consume(appOrder, datasetOrder, workerpoolOrder, requestOrder, orders);
        terms.botFirst = orders.request.sold;
        terms.dealid = _dealid(orders.request.orderHash, orders.request.sold);
    }

    /// @dev Rules 00 and 01. Returns the time reference of the category.
    function _checkCategory(WorkerpoolOrder calldata workerpoolOrder, RequestOrder calldata requestOrder)
        private
        view
        returns (uint256 timeref)
    {
        uint256 category = requestOrder.category;
        if (category != workerpoolOrder.category) _refuse(0x00);
        if (category >= _categories.length) _refuse(0x01);
        return _categories[category].workClockTimeRef;
    }

    /// @dev Rules 03 to 07: prices, tags. Returns the tag of the deal.
    function _checkTerms(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) private pure returns (bytes32 tag) {
        if (requestOrder.appmaxprice < appOrder.appprice) _refuse(0x03);
        if (requestOrder.datasetmaxprice < datasetOrder.datasetprice) _refuse(0x04);
        if (requestOrder.workerpoolmaxprice < workerpoolOrder.workerpoolprice) _refuse(0x05);
        // A dataset does not choose the framework of the enclave, so its framework bits do not count.
        tag = appOrder.tag | (datasetOrder.tag & ~TEE_FRAMEWORK_TAGS) | requestOrder.tag;
        if (tag & ~workerpoolOrder.tag != 0) _refuse(0x06);
        // Whoever asks for an enclave, the app must be made for one.
        if ((tag ^ appOrder.tag) & TEE_TAG != 0) _refuse(0x07);
    }

    /// @dev Rules 10 to 1b: the assets that the request names, and who each order admits.
    function _checkRestrictions(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) private view {
        address app = appOrder.app;
        address dataset = datasetOrder.dataset;
        address workerpool = workerpoolOrder.workerpool;
        address requester = requestOrder.requester;
        if (requestOrder.app != app) _refuse(0x10);
        if (requestOrder.dataset != dataset) _refuse(0x11);
        if (!_isAllowed(requestOrder.workerpool, workerpool)) _refuse(0x12);
        if (!_isAllowed(appOrder.datasetrestrict, dataset)) _refuse(0x13);
        if (!_isAllowed(appOrder.workerpoolrestrict, workerpool)) _refuse(0x14);
        if (!_isAllowed(appOrder.requesterrestrict, requester)) _refuse(0x15);
        if (!_isAllowed(datasetOrder.apprestrict, app)) _refuse(0x16);
        if (!_isAllowed(datasetOrder.workerpoolrestrict, workerpool)) _refuse(0x17);
        if (!_isAllowed(datasetOrder.requesterrestrict, requester)) _refuse(0x18);
        if (!_isAllowed(workerpoolOrder.apprestrict, app)) _refuse(0x19);
        if (!_isAllowed(workerpoolOrder.datasetrestrict, dataset)) _refuse(0x1a);
        if (!_isAllowed(workerpoolOrder.requesterrestrict, requester)) _refuse(0x1b);
    }

    /// @dev Rules 20 (registered) and 21 (consent of the owner).
    function _checkApp(AppOrder calldata order, Checked memory checked) private view returns (address owner) {
        owner = _entryOwner(APP_REGISTRY, order.app, 0x20);
        if (!_consented(checked, order.hash(), owner, order.sign)) _refuse(0x21);
        checked.sold = _sold(checked.orderHash, checked.record);
    }

    /// @dev Rules 30 (registered) and 31 (consent of the owner).
    function _checkDataset(DatasetOrder calldata order, Checked memory checked) private view returns (address owner) {
        owner = _entryOwner(DATASET_REGISTRY, order.dataset, 0x30);
        if (!_consented(checked, order.hash(), owner, order.sign)) _refuse(0x31);
        checked.sold = _sold(checked.orderHash, checked.record);
    }

    /// @dev Rules 40 (registered) and 41 (consent of the owner); PolicyChanged. Sets owner, stake and share of the pool.
    function _checkWorkerpool(WorkerpoolOrder calldata order, Checked memory checked, DealTerms memory terms)
        private
        view
    {
        (address owner, uint256 stakeRatio, uint256 rewardRatio) =
            IWorkerpoolPolicies(address(WORKERPOOL_REGISTRY)).entryTerms(order.workerpool);
        if (owner == address(0)) {
            _unregistered(order.workerpool);
            _refuse(0x40);
        }
        if (!_consented(checked, order.hash(), owner, order.sign)) _refuse(0x41);
        if (!PolicyCommitment.accepts(order.salt, stakeRatio, rewardRatio)) {
            revert PolicyChanged(stakeRatio, rewardRatio);
        }
        checked.sold = _sold(checked.orderHash, checked.record);
        terms.workerpoolOwner = owner;
        terms.workerStake = stakeRatio;
        terms.schedulerRewardRatio = rewardRatio;
    }

    /// @dev Rule 50 (consent of the requester); PolicyChanged.
    function _checkRequest(RequestOrder calldata order, Checked memory checked, DealTerms memory terms) private view {
        if (!_consented(checked, order.hash(), order.requester, order.sign)) _refuse(0x50);
        if (!PolicyCommitment.accepts(order.salt, terms.workerStake, terms.schedulerRewardRatio)) {
            revert PolicyChanged(terms.workerStake, terms.schedulerRewardRatio);
        }
        checked.sold = _soldOfRequest(checked.orderHash, checked.record);
    }

    /// @dev Whether `account` agrees with the order: it did so on-chain, or its key signed at an earlier match (which
    /// no key can take back), or the signature is good now. Fills in hash and record.
    function _consented(Checked memory checked, bytes32 structHash, address account, bytes calldata sign)
        private
        view
        returns (bool)
    {
        bytes32 orderHash = _typedDataHash(structHash);
        OrderRecord record = _orders[orderHash];
        checked.orderHash = orderHash;
        checked.record = record;
        if (record.consenter() == account && account != address(0)) return true;
        if (_isKeySignature(account, orderHash, sign)) {
            checked.record = record.withSigner(account);
            return true;
        }
        return _isContractSignature(account, orderHash, sign);
    }

    function _entryOwner(Registry registry, address entry, uint256 rule) private view returns (address owner) {
        owner = registry.entryOwner(entry);
        if (owner != address(0)) return owner;
        _unregistered(entry);
        _refuse(rule);
    }

    /// @dev Rule 60 (something left to sell). Returns the volume of the deal after counting it in every order, save the
    /// request whose first deal this is: see `OrderVolumes`.
    function _consume(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder,
        CheckedOrders memory orders
    ) private returns (uint256 volume) {
        bool withDataset = orders.dataset.orderHash != 0;
        volume = _min(_left(appOrder.volume, orders.app.sold), _left(workerpoolOrder.volume, orders.workerpool.sold));
        if (withDataset) volume = _min(volume, _left(datasetOrder.volume, orders.dataset.sold));
        volume = _min(volume, _left(requestOrder.volume, orders.request.sold));
        if (volume == 0) _refuse(0x60);

        _count(orders.app, volume);
        if (withDataset) _count(orders.dataset, volume);
        _count(orders.workerpool, volume);
        if (orders.request.sold != 0) _count(orders.request, volume);
    }

    function _count(Checked memory checked, uint256 volume) private {
        _orders[checked.orderHash] = _withSold(checked.orderHash, checked.record, checked.sold + volume);
    }

    function _emitOrdersMatched(DealTerms memory terms, CheckedOrders memory orders) internal {
        emit OrdersMatched(
            terms.dealid,
            orders.app.orderHash,
            orders.dataset.orderHash,
            orders.workerpool.orderHash,
            orders.request.orderHash,
            terms.botSize
        );
    }
}
