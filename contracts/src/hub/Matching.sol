// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistryEntry, IWorkerpoolRegistry} from "../interfaces/External.sol";
import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {Registry} from "../registries/Registry.sol";
import {DealCode, DealTerms} from "./DealCode.sol";
import {Escrow} from "./Escrow.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderRecord} from "./OrderRecord.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {PolicyCommitment} from "./PolicyCommitment.sol";
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

    /// @notice The params of a request are kept with its deal, as the code of a contract, whose length has a limit.
    error ParamsTooLong(uint256 length, uint256 maximum);
    /// @notice An order commits to another policy (percent) than the workerpool has now; see `PolicyCommitment`.
    error PolicyChanged(uint256 workerStakeRatio, uint256 schedulerRewardRatio);

    /// @dev Longest params that fit whatever else a deal holds.
    uint256 private constant MAX_PARAMS = MAX_DATA - DealCode.MAX_WIDE_TERMS;

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

    /// @notice Makes a deal of four orders; anybody may call. The requester pays.
    /// Locks (app + dataset + workerpool price) x volume nRLC of the requester and 30 % of workerpool price x volume of
    /// the workerpool's owner.
    /// Reverts iExecV5-matchOrders-0x00 ... 0x60 as documented at `_check...` below, "invalid-signature-format",
    /// "IexecEscrow: Transfer amount exceeds balance", ParamsTooLong, PolicyChanged.
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
    ) internal returns (bytes32 dealid) {
        DealTerms memory terms;
        CheckedOrders memory orders;
        bytes2 code;
        (code, terms.timeref) = _checkCategory(workerpoolOrder, requestOrder);
        if (code == 0) (code, terms.tag) = _checkTerms(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        if (code == 0) code = _checkRestrictions(appOrder, datasetOrder, workerpoolOrder, requestOrder);
        _refuse(code);
        terms.appOwner = _checkApp(appOrder, orders.app);
        if (datasetOrder.dataset != address(0)) terms.datasetOwner = _checkDataset(datasetOrder, orders.dataset);
        _checkWorkerpool(workerpoolOrder, orders.workerpool, terms);
        _checkRequest(requestOrder, orders.request, terms);

        uint256 volume = _consume(appOrder, datasetOrder, workerpoolOrder, requestOrder, orders);
        dealid = _dealid(orders.request.orderHash, orders.request.sold);
        terms.dealid = dealid;
        terms.botFirst = orders.request.sold;
        terms.botSize = volume;
        terms.sponsor = sponsor;
        _setPrices(terms, appOrder, datasetOrder, workerpoolOrder);

        _lock(sponsor, (terms.appPrice + terms.datasetPrice + terms.workerpoolPrice) * volume);
        _lock(terms.workerpoolOwner, terms.workerpoolPrice * WORKERPOOL_STAKE_RATIO / 100 * volume);
        _storeDeal(terms, requestOrder);

        emit SchedulerNotice(terms.workerpool, dealid);
        emit OrdersMatched(
            dealid,
            orders.app.orderHash,
            orders.dataset.orderHash,
            orders.workerpool.orderHash,
            orders.request.orderHash,
            volume
        );
    }

    // ------------------------------------------------------------------ checks

    /// @dev Reverts "iExecV5-matchOrders-0x<code>" when there is a code.
    function _refuse(bytes2 code) private pure {
        if (code != 0) revert(string(abi.encodePacked("iExecV5-matchOrders-0x", code)));
    }

    /// @dev Code 00, 01 or none. Returns the time reference of the category too.
    function _checkCategory(WorkerpoolOrder calldata workerpoolOrder, RequestOrder calldata requestOrder)
        private
        view
        returns (bytes2 code, uint256 timeref)
    {
        uint256 category = requestOrder.category;
        if (category != workerpoolOrder.category) return ("00", 0);
        if (category >= _categories.length) return ("01", 0);
        timeref = _categories[category].workClockTimeRef;
    }

    /// @dev Code 02 to 07 or none: trust, prices, tags. Returns the tag of the deal too.
    function _checkTerms(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) private pure returns (bytes2 code, bytes32 tag) {
        if (requestOrder.trust > workerpoolOrder.trust) return ("02", 0);
        if (requestOrder.appmaxprice < appOrder.appprice) return ("03", 0);
        if (requestOrder.datasetmaxprice < datasetOrder.datasetprice) return ("04", 0);
        if (requestOrder.workerpoolmaxprice < workerpoolOrder.workerpoolprice) return ("05", 0);
        // A dataset does not choose the framework of the enclave, so its framework bits do not count.
        tag = appOrder.tag | (datasetOrder.tag & ~TEE_FRAMEWORK_TAGS) | requestOrder.tag;
        if (tag & ~workerpoolOrder.tag != 0) return ("06", 0);
        // Whoever asks for an enclave, the app must be made for one.
        if ((tag ^ appOrder.tag) & TEE_TAG != 0) return ("07", 0);
    }

    /// @dev Code 10 to 1b or none: the assets that the request names, and whom each order admits.
    function _checkRestrictions(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) private view returns (bytes2 code) {
        address app = appOrder.app;
        address dataset = datasetOrder.dataset;
        address workerpool = workerpoolOrder.workerpool;
        address requester = requestOrder.requester;
        if (requestOrder.app != app) return "10";
        if (requestOrder.dataset != dataset) return "11";
        if (!_isAllowed(requestOrder.workerpool, workerpool)) return "12";
        if (!_isAllowed(appOrder.datasetrestrict, dataset)) return "13";
        if (!_isAllowed(appOrder.workerpoolrestrict, workerpool)) return "14";
        if (!_isAllowed(appOrder.requesterrestrict, requester)) return "15";
        if (!_isAllowed(datasetOrder.apprestrict, app)) return "16";
        if (!_isAllowed(datasetOrder.workerpoolrestrict, workerpool)) return "17";
        if (!_isAllowed(datasetOrder.requesterrestrict, requester)) return "18";
        if (!_isAllowed(workerpoolOrder.apprestrict, app)) return "19";
        if (!_isAllowed(workerpoolOrder.datasetrestrict, dataset)) return "1a";
        if (!_isAllowed(workerpoolOrder.requesterrestrict, requester)) return "1b";
    }

    /// @dev Codes 20 (registered) and 21 (consent of the owner).
    function _checkApp(AppOrder calldata order, Checked memory checked) private view returns (address owner) {
        owner = _entryOwner(APP_REGISTRY, order.app);
        _refuse(owner != address(0) ? bytes2(0) : bytes2("20"));
        _refuse(_consented(checked, order.hash(), owner, order.sign) ? bytes2(0) : bytes2("21"));
        checked.sold = _sold(checked.orderHash, checked.record);
    }

    /// @dev Codes 30 (registered) and 31 (consent of the owner).
    function _checkDataset(DatasetOrder calldata order, Checked memory checked) private view returns (address owner) {
        owner = _entryOwner(DATASET_REGISTRY, order.dataset);
        _refuse(owner != address(0) ? bytes2(0) : bytes2("30"));
        _refuse(_consented(checked, order.hash(), owner, order.sign) ? bytes2(0) : bytes2("31"));
        checked.sold = _sold(checked.orderHash, checked.record);
    }

    /// @dev Codes 40 (registered) and 41 (consent of the owner); PolicyChanged. Sets owner, stake and share of the pool.
    function _checkWorkerpool(WorkerpoolOrder calldata order, Checked memory checked, DealTerms memory terms)
        private
        view
    {
        (address owner, uint256 stakeRatio, uint256 rewardRatio) =
            IWorkerpoolRegistry(address(WORKERPOOL_REGISTRY)).entryTerms(order.workerpool);
        if (owner == address(0)) IRegistryEntry(order.workerpool).owner();
        _refuse(owner != address(0) ? bytes2(0) : bytes2("40"));
        _refuse(_consented(checked, order.hash(), owner, order.sign) ? bytes2(0) : bytes2("41"));
        if (!PolicyCommitment.accepts(order.salt, stakeRatio, rewardRatio)) {
            revert PolicyChanged(stakeRatio, rewardRatio);
        }
        checked.sold = _sold(checked.orderHash, checked.record);
        terms.workerpoolOwner = owner;
        terms.workerStake = stakeRatio;
        terms.schedulerRewardRatio = rewardRatio;
    }

    /// @dev Code 50 (consent of the requester); PolicyChanged.
    function _checkRequest(RequestOrder calldata order, Checked memory checked, DealTerms memory terms) private view {
        _refuse(_consented(checked, order.hash(), order.requester, order.sign) ? bytes2(0) : bytes2("50"));
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

    /// @dev Owner of a registered asset; zero when it is not registered but names an owner. Something that is no asset
    /// at all reverts without reason.
    function _entryOwner(Registry registry, address entry) private view returns (address owner) {
        owner = registry.entryOwner(entry);
        if (owner == address(0)) IRegistryEntry(entry).owner();
    }

    /// @dev Code 60 (something left to sell). Returns the volume of the deal after counting it in every order, save the
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
        _refuse(volume != 0 ? bytes2(0) : bytes2("60"));

        _count(orders.app, volume);
        if (withDataset) _count(orders.dataset, volume);
        _count(orders.workerpool, volume);
        if (orders.request.sold != 0) _count(orders.request, volume);
    }

    function _count(Checked memory checked, uint256 volume) private {
        _orders[checked.orderHash] = _withSold(checked.orderHash, checked.record, checked.sold + volume);
    }

    // ------------------------------------------------------------------ the deal

    /// @dev Assets and prices; the worker's stake, which was a ratio until here, becomes an amount.
    function _setPrices(
        DealTerms memory terms,
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder
    ) private pure {
        terms.app = appOrder.app;
        terms.appPrice = appOrder.appprice;
        terms.dataset = datasetOrder.dataset;
        if (terms.dataset != address(0)) terms.datasetPrice = datasetOrder.datasetprice;
        terms.workerpool = workerpoolOrder.workerpool;
        terms.workerpoolPrice = workerpoolOrder.workerpoolprice;
        terms.workerStake = terms.workerpoolPrice * terms.workerStake / 100;
    }

    function _storeDeal(DealTerms memory terms, RequestOrder calldata order) private {
        uint256 length = bytes(order.params).length;
        if (length > MAX_PARAMS) revert ParamsTooLong(length, MAX_PARAMS);
        terms.requester = order.requester;
        terms.beneficiary = order.beneficiary;
        terms.callback = order.callback;
        terms.trust = order.trust == 0 ? 1 : order.trust;
        terms.category = order.category;
        terms.startTime = block.timestamp;
        _writeData(terms.dealid, DealCode.encode(terms, order.params));
    }
}
