// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {
    AppOrder,
    AppOrderOperation,
    DatasetOrder,
    DatasetOrderOperation,
    RequestOrder,
    RequestOrderOperation,
    WorkerpoolOrder,
    WorkerpoolOrderOperation
} from "./Orders.sol";
import {Completion, SignedContribution} from "./Batches.sol";
import {
    Account,
    AppView,
    Category,
    Contribution,
    ContributionStatus,
    DatasetView,
    Deal,
    DealBoost,
    EIP712Domain,
    Task,
    TaskStatus,
    WorkerpoolView
} from "./Views.sol";

/// @title The hub as its callers see it
/// @notice Units, reverts and events are told where each function is implemented, in `src/hub`.
interface IHub {
    // Matching.sol
    function matchOrders(AppOrder calldata, DatasetOrder calldata, WorkerpoolOrder calldata, RequestOrder calldata)
        external
        returns (bytes32 dealid);
    function sponsorMatchOrders(
        AppOrder calldata,
        DatasetOrder calldata,
        WorkerpoolOrder calldata,
        RequestOrder calldata
    ) external returns (bytes32 dealid);

    function matchOrdersAndInitialize(
        AppOrder calldata,
        DatasetOrder calldata,
        WorkerpoolOrder calldata,
        RequestOrder calldata,
        uint256 tasks
    ) external returns (bytes32 dealid);

    // Initializing.sol, Contributing.sol, Finalizing.sol, Claiming.sol
    function initialize(bytes32 dealid, uint256 index) external returns (bytes32 taskid);
    function initializeArray(bytes32[] calldata dealids, uint256[] calldata indexes) external returns (bool);
    function contribute(
        bytes32 taskid,
        bytes32 resultHash,
        bytes32 resultSeal,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external;
    function reveal(bytes32 taskid, bytes32 resultDigest) external;
    function reopen(bytes32 taskid) external;
    function finalize(bytes32 taskid, bytes calldata results, bytes calldata resultsCallback) external;
    function contributeAndFinalize(
        bytes32 taskid,
        bytes32 resultDigest,
        bytes calldata results,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external;
    function contributeArray(SignedContribution[] calldata) external returns (bool);
    function contributeAndFinalizeArray(Completion[] calldata) external returns (bool);
    function initializeAndContributeAndFinalizeArray(
        bytes32 dealid,
        uint256[] calldata indexes,
        Completion[] calldata completions
    ) external returns (bool);
    function claim(bytes32 taskid) external;
    function claimArray(bytes32[] calldata taskids) external returns (bool);
    function initializeAndClaimArray(bytes32[] calldata dealids, uint256[] calldata indexes) external returns (bool);

    // Boost.sol
    function matchOrdersBoost(AppOrder calldata, DatasetOrder calldata, WorkerpoolOrder calldata, RequestOrder calldata)
        external
        returns (bytes32 dealid);
    function sponsorMatchOrdersBoost(
        AppOrder calldata,
        DatasetOrder calldata,
        WorkerpoolOrder calldata,
        RequestOrder calldata
    ) external returns (bytes32 dealid);
    function pushResultBoost(
        bytes32 dealid,
        uint256 index,
        bytes calldata results,
        bytes calldata resultsCallback,
        bytes calldata authorizationSign,
        address enclaveChallenge,
        bytes calldata enclaveSign
    ) external;
    function claimBoost(bytes32 dealid, uint256 index) external;
    function viewDealBoost(bytes32 dealid) external view returns (DealBoost memory);

    // HubExtension.sol
    function pieces() external view returns (address accounts, address boost, address orders, address extension);

    // HubAccounts.sol, Accounts.sol
    function deposit(uint256 amount) external returns (bool);
    function depositFor(uint256 amount, address target) external returns (bool);
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external returns (bool);
    function withdraw(uint256 amount) external returns (bool);
    function withdrawTo(uint256 amount, address target) external returns (bool);
    function recover() external returns (uint256);
    function receiveApproval(address sender, uint256 amount, address token, bytes calldata data) external returns (bool);
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external returns (bool);
    function depositAndMatchOrdersWithPermit(
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s,
        AppOrder calldata,
        DatasetOrder calldata,
        WorkerpoolOrder calldata,
        RequestOrder calldata
    ) external returns (bytes32 dealid);
    function transfer(address recipient, uint256 amount) external returns (bool);
    function transferFrom(address sender, address recipient, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
    function approveAndCall(address spender, uint256 amount, bytes calldata data) external returns (bool);
    function increaseAllowance(address spender, uint256 added) external returns (bool);
    function decreaseAllowance(address spender, uint256 subtracted) external returns (bool);

    // AccountViews.sol
    function name() external view returns (string memory);
    function symbol() external view returns (string memory);
    function decimals() external view returns (uint8);
    function totalSupply() external view returns (uint256);
    function balanceOf(address account) external view returns (uint256);
    function frozenOf(address account) external view returns (uint256);
    function viewAccount(address account) external view returns (Account memory);
    function allowance(address account, address spender) external view returns (uint256);

    // Relay.sol
    function broadcastAppOrder(AppOrder calldata) external;
    function broadcastDatasetOrder(DatasetOrder calldata) external;
    function broadcastWorkerpoolOrder(WorkerpoolOrder calldata) external;
    function broadcastRequestOrder(RequestOrder calldata) external;

    // Multicall.sol
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results);

    // OrderManagement.sol
    function manageAppOrder(AppOrderOperation calldata) external;
    function manageDatasetOrder(DatasetOrderOperation calldata) external;
    function manageWorkerpoolOrder(WorkerpoolOrderOperation calldata) external;
    function manageRequestOrder(RequestOrderOperation calldata) external;

    // OrderViews.sol
    function verifySignature(address account, bytes32 hash, bytes calldata signature) external view returns (bool);
    function verifyPresignature(address account, bytes32 hash) external view returns (bool);
    function verifyPresignatureOrSignature(address account, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bool);
    function viewConsumed(bytes32 orderHash) external view returns (uint256);
    function viewPresigned(bytes32 orderHash) external view returns (address);
    function computeDealVolume(
        AppOrder calldata,
        DatasetOrder calldata,
        WorkerpoolOrder calldata,
        RequestOrder calldata
    ) external view returns (uint256);

    // Configuration.sol
    function configure(
        address token,
        string calldata name,
        string calldata symbol,
        uint8 decimals,
        address appRegistry,
        address datasetRegistry,
        address workerpoolRegistry,
        address previousHub
    ) external;
    function owner() external view returns (address);
    function transferOwnership(address newOwner) external;
    function renounceOwnership() external;
    function setTeeBroker(address teeBroker) external;
    function setCallbackGas(uint256 callbackGas) external;
    function createCategory(string calldata name, string calldata description, uint256 workClockTimeRef)
        external
        returns (uint256 catid);
    function createCategories(Category[] calldata categories) external;
    function countCategory() external view returns (uint256);
    function viewCategory(uint256 catid) external view returns (Category memory);
    function viewScore(address worker) external view returns (uint256);
    function viewScoreIn(address worker, address workerpool) external view returns (uint256);
    function importScore(address worker) external;
    function domain() external view returns (EIP712Domain memory);
    function eip712domain_separator() external view returns (bytes32);
    function updateDomainSeparator() external;
    function token() external view returns (address);
    function appregistry() external view returns (address);
    function datasetregistry() external view returns (address);
    function workerpoolregistry() external view returns (address);
    function teebroker() external view returns (address);
    function callbackgas() external view returns (uint256);
    function contribution_deadline_ratio() external view returns (uint256);
    function reveal_deadline_ratio() external view returns (uint256);
    function final_deadline_ratio() external view returns (uint256);
    function workerpool_stake_ratio() external view returns (uint256);
    function kitty_ratio() external view returns (uint256);
    function kitty_min() external view returns (uint256);
    function kitty_address() external view returns (address);
    function groupmember_purpose() external view returns (uint256);

    // Views.sol
    function viewDeal(bytes32 dealid) external view returns (Deal memory);
    function viewTask(bytes32 taskid) external view returns (Task memory);
    function viewContribution(bytes32 taskid, address worker) external view returns (Contribution memory);
    function resultFor(bytes32 taskid) external view returns (bytes memory);
    function viewApp(address app) external view returns (AppView memory);
    function viewDataset(address dataset) external view returns (DatasetView memory);
    function viewWorkerpool(address workerpool) external view returns (WorkerpoolView memory);
    function assertDatasetDealCompatibility(DatasetOrder calldata order, bytes32 dealid) external view;
    function viewDealABILegacy_pt1(bytes32 dealid)
        external
        view
        returns (address, address, uint256, address, address, uint256, address, address, uint256);
    function viewDealABILegacy_pt2(bytes32 dealid)
        external
        view
        returns (uint256, bytes32, address, address, address, string memory);
    function viewConfigABILegacy(bytes32 dealid)
        external
        view
        returns (uint256, uint256, uint256, uint256, uint256, uint256);
    function viewAccountABILegacy(address account) external view returns (uint256, uint256);
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
        );
    function viewContributionABILegacy(bytes32 taskid, address worker)
        external
        view
        returns (ContributionStatus, bytes32, bytes32, address);
    function viewCategoryABILegacy(uint256 catid) external view returns (string memory, string memory, uint256);
}

/// @title What a hub that stakes the chain's own coin has in place of `deposit(uint256)` and `depositFor(uint256,address)`
/// @notice See `HubNativeAccounts`. `depositForArray` is payable there, and `receiveApproval` missing.
interface INativeDeposits {
    function deposit() external payable returns (bool);
    function depositFor(address target) external payable returns (bool);
}
