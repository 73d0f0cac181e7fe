// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistryEntry, IWorkerpool} from "../interfaces/External.sol";
import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {Registry} from "../registries/Registry.sol";
import {Escrow} from "./Escrow.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {Signatures} from "./Signatures.sol";

/// @title Four orders become a deal
/// @notice A refused check reverts with the string "iExecV5-matchOrders-0x<code>", in the order in which the checks
/// stand here.
abstract contract Matching is Escrow, Signatures, OrderVolumes {
    using OrderHashing for AppOrder;
    using OrderHashing for DatasetOrder;
    using OrderHashing for WorkerpoolOrder;
    using OrderHashing for RequestOrder;

    event SchedulerNotice(address indexed workerpool, bytes32 dealid);
    event OrdersMatched(
        bytes32 dealid,
        bytes32 appHash,
        bytes32 datasetHash,
        bytes32 workerpoolHash,
        bytes32 requestHash,
        uint256 volume
    );
    event DealSponsored(bytes32 dealId, address sponsor);

    /// @notice A number of the deal does not fit what a deal can hold: trust and worker stake have 96 bits.
    error DealOutOfRange(uint256 trust, uint256 workerStake);

    /// @dev The EIP-712 hashes of the four orders; `dataset` is zero when the deal has none.
    struct Hashes {
        bytes32 app;
        bytes32 dataset;
        bytes32 workerpool;
        bytes32 request;
    }

    /// @dev Owners of the assets at the time of the match; `dataset` is zero when the deal has none.
    struct Owners {
        address app;
        address dataset;
        address workerpool;
    }

    /// @notice Makes a deal of four orders; anybody may call. The requester pays.
    /// Locks (app + dataset + workerpool price) x volume nRLC of the requester and 30 % of workerpool price x volume of
    /// the workerpool's owner.
    /// Reverts iExecV5-matchOrders-0x00 ... 0x60 as documented at `_check...` below, "invalid-signature-format",
    /// "IexecEscrow: Transfer amount exceeds balance", DealOutOfRange.
    /// Emits Transfer, Lock (requester), Transfer, Lock (workerpool owner), SchedulerNotice, OrdersMatched.
    /// @return dealid keccak256(request order hash, number of its tasks sold before).
    function matchOrders(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        return _matchOrders(appOrder, datasetOrder, workerpoolOrder, requestOrder, requestOrder.requester);
    }

    /// @notice `matchOrders` paid by the caller, who is refunded should a task fail. Also emits DealSponsored.
    function sponsorMatchOrders(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        dealid = _matchOrders(appOrder, datasetOrder, workerpoolOrder, requestOrder, msg.sender);
        emit DealSponsored(dealid, msg.sender);
    }

    function _matchOrders(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder,
        address sponsor
    ) private returns (bytes32 dealid) {
        bytes32 tag = _checkTerms(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        _checkRestrictions(appOrder, datasetOrder, workerpoolOrder, requestOrder);

        Hashes memory hashes;
        Owners memory owners;
        (hashes.app, owners.app) = _checkApp(appOrder);
        if (datasetOrder.dataset != address(0)) (hashes.dataset, owners.dataset) = _checkDataset(datasetOrder);
        (hashes.workerpool, owners.workerpool) = _checkWorkerpool(workerpoolOrder);
        hashes.request = _checkRequest(requestOrder);

        uint256 volume = _consume(appOrder, datasetOrder, workerpoolOrder, requestOrder, hashes);
        uint256 botFirst = _consumed[hashes.request] - volume;
        dealid = keccak256(abi.encodePacked(hashes.request, botFirst));

        _lock(sponsor, _taskPrice(appOrder, datasetOrder, workerpoolOrder) * volume);
        _lock(owners.workerpool, workerpoolOrder.workerpoolprice * WORKERPOOL_STAKE_RATIO / 100 * volume);
        // From here on every price of a seller fits in 96 bits: its product with a volume >= 1 was in a balance.

        DealSlots storage deal = _deals[dealid];
        _storeTerms(deal, requestOrder, tag, sponsor);
        _storeApp(deal, appOrder, owners.app);
        if (datasetOrder.dataset != address(0)) _storeDataset(deal, datasetOrder, owners.dataset);
        _storeWorkerpool(deal, workerpoolOrder, owners.workerpool);
        deal.botFirst = uint64(botFirst);
        deal.botSize = uint64(volume);

        emit SchedulerNotice(workerpoolOrder.workerpool, dealid);
        emit OrdersMatched(dealid, hashes.app, hashes.dataset, hashes.workerpool, hashes.request, volume);
    }

    // ------------------------------------------------------------------ checks

    /// @dev Codes 00 to 07: category, trust, prices, tags. Returns the tag of the deal.
    function _checkTerms(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) private view returns (bytes32 tag) {
        require(requestOrder.category == workerpoolOrder.category, "iExecV5-matchOrders-0x00");
        require(requestOrder.category < _categories.length, "iExecV5-matchOrders-0x01");
        require(requestOrder.trust <= workerpoolOrder.trust, "iExecV5-matchOrders-0x02");
        require(requestOrder.appmaxprice >= appOrder.appprice, "iExecV5-matchOrders-0x03");
        require(requestOrder.datasetmaxprice >= datasetOrder.datasetprice, "iExecV5-matchOrders-0x04");
        require(requestOrder.workerpoolmaxprice >= workerpoolOrder.workerpoolprice, "iExecV5-matchOrders-0x05");
        // A dataset does not choose the framework of the enclave, so its framework bits do not count.
        tag = appOrder.tag | (datasetOrder.tag & ~TEE_FRAMEWORK_TAGS) | requestOrder.tag;
        require(tag & ~workerpoolOrder.tag == 0, "iExecV5-matchOrders-0x06");
        // Whoever asks for an enclave, the app must be made for one.
        require((tag ^ appOrder.tag) & TEE_TAG == 0, "iExecV5-matchOrders-0x07");
    }

    /// @dev Codes 10 to 1b: the assets that the request names, and who each order admits.
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
        require(requestOrder.app == app, "iExecV5-matchOrders-0x10");
        require(requestOrder.dataset == dataset, "iExecV5-matchOrders-0x11");
        require(_isAllowed(requestOrder.workerpool, workerpool), "iExecV5-matchOrders-0x12");
        require(_isAllowed(appOrder.datasetrestrict, dataset), "iExecV5-matchOrders-0x13");
        require(_isAllowed(appOrder.workerpoolrestrict, workerpool), "iExecV5-matchOrders-0x14");
        require(_isAllowed(appOrder.requesterrestrict, requester), "iExecV5-matchOrders-0x15");
        require(_isAllowed(datasetOrder.apprestrict, app), "iExecV5-matchOrders-0x16");
        require(_isAllowed(datasetOrder.workerpoolrestrict, workerpool), "iExecV5-matchOrders-0x17");
        require(_isAllowed(datasetOrder.requesterrestrict, requester), "iExecV5-matchOrders-0x18");
        require(_isAllowed(workerpoolOrder.apprestrict, app), "iExecV5-matchOrders-0x19");
        require(_isAllowed(workerpoolOrder.datasetrestrict, dataset), "iExecV5-matchOrders-0x1a");
        require(_isAllowed(workerpoolOrder.requesterrestrict, requester), "iExecV5-matchOrders-0x1b");
    }

    /// @dev Codes 20 (registered) and 21 (consent of the owner).
    function _checkApp(AppOrder calldata order) private view returns (bytes32 orderHash, address owner) {
        owner = _entryOwner(APP_REGISTRY, order.app);
        require(owner != address(0), "iExecV5-matchOrders-0x20");
        orderHash = _typedDataHash(order.hash());
        require(_isPresignatureOrSignature(owner, orderHash, order.sign), "iExecV5-matchOrders-0x21");
    }

    /// @dev Codes 30 (registered) and 31 (consent of the owner).
    function _checkDataset(DatasetOrder calldata order) private view returns (bytes32 orderHash, address owner) {
        owner = _entryOwner(DATASET_REGISTRY, order.dataset);
        require(owner != address(0), "iExecV5-matchOrders-0x30");
        orderHash = _typedDataHash(order.hash());
        require(_isPresignatureOrSignature(owner, orderHash, order.sign), "iExecV5-matchOrders-0x31");
    }

    /// @dev Codes 40 (registered) and 41 (consent of the owner).
    function _checkWorkerpool(WorkerpoolOrder calldata order) private view returns (bytes32 orderHash, address owner) {
        owner = _entryOwner(WORKERPOOL_REGISTRY, order.workerpool);
        require(owner != address(0), "iExecV5-matchOrders-0x40");
        orderHash = _typedDataHash(order.hash());
        require(_isPresignatureOrSignature(owner, orderHash, order.sign), "iExecV5-matchOrders-0x41");
    }

    /// @dev Code 50 (consent of the requester).
    function _checkRequest(RequestOrder calldata order) private view returns (bytes32 orderHash) {
        orderHash = _typedDataHash(order.hash());
        require(_isPresignatureOrSignature(order.requester, orderHash, order.sign), "iExecV5-matchOrders-0x50");
    }

    /// @dev Owner of a registered asset; zero when it is not registered but names an owner. Something that is no asset
    /// at all reverts without reason.
    function _entryOwner(Registry registry, address entry) private view returns (address owner) {
        owner = registry.entryOwner(entry);
        if (owner == address(0)) IRegistryEntry(entry).owner();
    }

    /// @dev Code 60 (something left to sell). Returns the volume of the deal after counting it in every order.
    function _consume(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder,
        Hashes memory hashes
    ) private returns (uint256 volume) {
        volume = _min(_remaining(hashes.app, appOrder.volume), _remaining(hashes.workerpool, workerpoolOrder.volume));
        if (hashes.dataset != 0) volume = _min(volume, _remaining(hashes.dataset, datasetOrder.volume));
        volume = _min(volume, _remainingTasks(hashes.request, requestOrder.volume));
        require(volume != 0, "iExecV5-matchOrders-0x60");

        _consumed[hashes.app] += volume;
        if (hashes.dataset != 0) _consumed[hashes.dataset] += volume;
        _consumed[hashes.workerpool] += volume;
        _consumed[hashes.request] += volume;
    }

    // ------------------------------------------------------------------ the deal

    function _taskPrice(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder
    ) private pure returns (uint256) {
        uint256 datasetPrice = datasetOrder.dataset != address(0) ? datasetOrder.datasetprice : 0;
        return appOrder.appprice + datasetPrice + workerpoolOrder.workerpoolprice;
    }

    function _storeTerms(DealSlots storage deal, RequestOrder calldata order, bytes32 tag, address sponsor) private {
        uint256 trust = order.trust == 0 ? 1 : order.trust;
        if (trust > type(uint96).max) revert DealOutOfRange(trust, 0);
        deal.requester = order.requester;
        deal.category = uint32(order.category);
        deal.sponsor = sponsor;
        deal.beneficiary = order.beneficiary;
        deal.trust = uint96(trust);
        if (order.callback != address(0)) deal.callback = order.callback;
        if (tag != 0) deal.tag = tag;
        deal.params = order.params;
        deal.startTime = uint40(block.timestamp);
        deal.timeref = uint40(_categories[order.category].workClockTimeRef);
    }

    function _storeApp(DealSlots storage deal, AppOrder calldata order, address owner) private {
        deal.app = order.app;
        deal.appPrice = uint96(order.appprice);
        deal.appOwner = owner;
    }

    function _storeDataset(DealSlots storage deal, DatasetOrder calldata order, address owner) private {
        deal.dataset = order.dataset;
        deal.datasetPrice = uint96(order.datasetprice);
        deal.datasetOwner = owner;
    }

    function _storeWorkerpool(DealSlots storage deal, WorkerpoolOrder calldata order, address owner) private {
        IWorkerpool workerpool = IWorkerpool(order.workerpool);
        uint256 workerStake = order.workerpoolprice * workerpool.m_workerStakeRatioPolicy() / 100;
        if (workerStake > type(uint96).max) revert DealOutOfRange(deal.trust, workerStake);
        deal.workerpool = order.workerpool;
        deal.workerpoolPrice = uint96(order.workerpoolprice);
        deal.workerpoolOwner = owner;
        deal.workerStake = uint96(workerStake);
        deal.schedulerRewardRatio = uint8(workerpool.m_schedulerRewardRatioPolicy());
    }
}
