// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Category, ContributionStatus, TaskStatus} from "../interfaces/Views.sol";
import {IERC20, IScoreSource} from "../interfaces/External.sol";
import {Registry} from "../registries/Registry.sol";

/// @notice What a hub is made with, once and for ever.
struct HubConfiguration {
    /// The ERC-20 that is staked; 9 decimals. Zero for a hub that stakes the chain's own coin (1 nRLC = 1e9 wei).
    IERC20 token;
    Registry appRegistry;
    Registry datasetRegistry;
    Registry workerpoolRegistry;
    /// An earlier hub whose reputation workers may carry over, or zero.
    IScoreSource previousHub;
    /// The first owner; see `Configuration`.
    address owner;
    /// Whether to behave as the original where closing one of its weak points would be observed; see the README.
    bool strict;
}

/// @title The storage of the hub, shared by `Hub` and its pieces
/// @notice Nothing is stored at construction: what never changes is immutable, and what has a default is stored only
/// once changed. So the same code works at its own address and behind a proxy, and there is no initializer that
/// a stranger could call first.
///
/// Amounts are nRLC in 96 bits (the supply is below 2^57); every amount that enters comes through `Escrow`, which
/// checks it. Times are seconds in 40 bits.
abstract contract HubStorage {
    // ------------------------------------------------------------------ protocol constants

    /// @notice Deadlines, in units of the category's time reference.
    uint256 internal constant CONTRIBUTION_DEADLINE_RATIO = 7;
    uint256 internal constant REVEAL_DEADLINE_RATIO = 2;
    uint256 internal constant FINAL_DEADLINE_RATIO = 10;
    /// @notice Stake of the scheduler, in percent of the workerpool price.
    uint256 internal constant WORKERPOOL_STAKE_RATIO = 30;
    /// @notice Share of the kitty that a finalized task earns its scheduler: percent, and least amount in nRLC.
    uint256 internal constant KITTY_RATIO = 10;
    uint256 internal constant KITTY_MIN = 1e9;
    /// @notice Account of the kitty: the first 20 bytes of keccak256("iExecKitty"), minus 1.
    address internal constant KITTY_ADDRESS = 0x99c2268479b93fDe36232351229815DF80837e23;
    /// @notice ERC-734 purpose that makes a member of a group.
    uint256 internal constant GROUPMEMBER_PURPOSE = 4;
    /// @notice Gas of a result callback unless the owner sets another, and the most that it can be set to.
    uint256 internal constant DEFAULT_CALLBACK_GAS = 200_000;
    uint256 internal constant MAX_CALLBACK_GAS = 2_000_000;
    /// @notice Bit of a tag that asks for a trusted execution environment, and the bits that name its framework.
    bytes32 internal constant TEE_TAG = bytes32(uint256(0x01));
    bytes32 internal constant TEE_FRAMEWORK_TAGS = bytes32(uint256(0x0e));

    // ------------------------------------------------------------------ immutables

    IERC20 internal immutable TOKEN;
    Registry internal immutable APP_REGISTRY;
    Registry internal immutable DATASET_REGISTRY;
    Registry internal immutable WORKERPOOL_REGISTRY;
    IScoreSource internal immutable PREVIOUS_HUB;
    address internal immutable FIRST_OWNER;
    bool internal immutable STRICT;

    // ------------------------------------------------------------------ layout

    /// @dev One slot per account. `frozen` is locked in deals and tasks and backed by the hub's own `balance`.
    struct AccountSlot {
        uint96 balance;
        uint96 frozen;
        uint64 score;
    }

    /// @dev One slot. A false flag means that the default holds.
    struct Settings {
        address owner;
        bool ownerChanged;
        uint40 callbackGas;
        bool callbackGasChanged;
    }

    /// @dev 11 slots (9 without dataset) and `params`. Two fields of one party share its slots.
    struct DealSlots {
        address app;
        uint96 appPrice;
        //
        address appOwner;
        uint40 startTime;
        uint40 timeref;
        uint8 schedulerRewardRatio;
        //
        address workerpool;
        uint96 workerpoolPrice;
        //
        address workerpoolOwner;
        uint96 workerStake;
        //
        address requester;
        uint64 botFirst;
        uint32 category;
        //
        address sponsor;
        uint64 botSize;
        //
        address beneficiary;
        uint96 trust;
        //
        address callback;
        //
        bytes32 tag;
        //
        address dataset;
        uint96 datasetPrice;
        //
        address datasetOwner;
        //
        string params;
    }

    /// @dev Deadlines but the reveal's follow from the deal. `totalWeight` is the sum over the groups, without the
    /// constant 1 of the protocol's formula.
    struct TaskSlots {
        bytes32 dealid;
        //
        TaskStatus status;
        uint64 idx;
        uint40 revealDeadline;
        uint32 revealCounter;
        uint32 winnerCounter;
        //
        uint256 totalWeight;
        bytes32 consensusValue;
        bytes32 resultDigest;
        address[] contributors;
        bytes results;
        bytes resultsCallback;
        /// Product of the weights of those who contributed a hash.
        mapping(bytes32 resultHash => uint256) groups;
        mapping(address worker => ContributionSlots) contributions;
    }

    /// @dev `weight` is a logarithm: at most 255.
    struct ContributionSlots {
        ContributionStatus status;
        uint8 weight;
        address enclaveChallenge;
        //
        bytes32 resultHash;
        bytes32 resultSeal;
    }

    Settings internal _settings;
    address internal _teeBroker;
    uint96 internal _totalSupply;
    mapping(address account => AccountSlot) internal _accounts;
    mapping(address owner => mapping(address spender => uint256)) internal _allowances;
    Category[] internal _categories;
    /// @dev Runs of an order already sold, by EIP-712 hash of the order.
    mapping(bytes32 orderHash => uint256) internal _consumed;
    /// @dev Who consented on-chain to an order, by EIP-712 hash of the order.
    mapping(bytes32 orderHash => address) internal _presigned;
    mapping(bytes32 dealid => DealSlots) internal _deals;
    mapping(bytes32 taskid => TaskSlots) internal _tasks;
    mapping(address worker => bool) internal _scoreImported;

    constructor(HubConfiguration memory configuration) {
        TOKEN = configuration.token;
        APP_REGISTRY = configuration.appRegistry;
        DATASET_REGISTRY = configuration.datasetRegistry;
        WORKERPOOL_REGISTRY = configuration.workerpoolRegistry;
        PREVIOUS_HUB = configuration.previousHub;
        FIRST_OWNER = configuration.owner;
        STRICT = configuration.strict;
    }

    /// @dev What the hub was made with; each piece of a hub takes it from the piece before.
    function _configuration() internal view returns (HubConfiguration memory) {
        return HubConfiguration(
            TOKEN, APP_REGISTRY, DATASET_REGISTRY, WORKERPOOL_REGISTRY, PREVIOUS_HUB, FIRST_OWNER, STRICT
        );
    }

    function _owner() internal view returns (address) {
        return _settings.ownerChanged ? _settings.owner : FIRST_OWNER;
    }

    function _callbackGas() internal view returns (uint256) {
        return _settings.callbackGasChanged ? _settings.callbackGas : DEFAULT_CALLBACK_GAS;
    }
}
