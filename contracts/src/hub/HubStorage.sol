// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC20, IScoreSource} from "../interfaces/External.sol";
import {Category} from "../interfaces/Views.sol";
import {Registry} from "../registries/Registry.sol";
import {ContributionRecord} from "./ContributionRecord.sol";
import {OrderRecord} from "./OrderRecord.sol";
import {TaskHead} from "./TaskHead.sol";

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
/// checks it. Deals are not here: each is the code of a contract of its own, see `DealCode.sol`.
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
    /// @notice Gas that a group contract gets to answer whether somebody is a member.
    uint256 internal constant GROUP_GAS = 100_000;
    /// @notice More contributors than a task can have by the gas that counting them takes.
    uint256 internal constant MAX_CONTRIBUTORS = 65_536;
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

    /// @dev A task while it runs and after: one word, and what its workers committed to. The arrays are only reserved
    /// ranges of slots; entry i of `records`, `seals` and `enclaves` is of contributor i, entry g of `hashes` is result
    /// hash g in order of appearance. Word layouts are in `TaskHead.sol` and `ContributionRecord.sol`.
    struct TaskSlots {
        TaskHead head;
        /// Index of the task in its deal and reveal deadline, should they not fit in `head`.
        uint256 wideIndex;
        uint256 wideRevealDeadline;
        /// Ends at the first word of zero.
        ContributionRecord[MAX_CONTRIBUTORS] records;
        /// What contributor i sealed. Once revealed it can be computed, so its slot is cleared or holds the result link.
        bytes32[MAX_CONTRIBUTORS] seals;
        /// Set for those who contributed from an enclave.
        address[MAX_CONTRIBUTORS] enclaves;
        /// The hash of the consensus becomes the revealed digest, from which it can be computed.
        bytes32[MAX_CONTRIBUTORS] hashes;
        /// Result data too long for the code of a contract.
        bytes longData;
    }

    Settings internal _settings;
    address internal _teeBroker;
    uint96 internal _totalSupply;
    mapping(address account => AccountSlot) internal _accounts;
    mapping(address owner => mapping(address spender => uint256)) internal _allowances;
    Category[] internal _categories;
    /// @dev Runs sold and consent, by EIP-712 hash of the order: see `OrderRecord.sol`.
    mapping(bytes32 orderHash => OrderRecord) internal _orders;
    /// @dev Runs sold where an order's record cannot count them.
    mapping(bytes32 orderHash => uint256) internal _wideConsumed;
    mapping(bytes32 taskid => TaskSlots) internal _tasks;
    /// @dev Score that a worker earned in tasks of one workerpool. Kept unless `STRICT`.
    mapping(address workerpool => mapping(address worker => uint256)) internal _poolScores;
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
        return
            HubConfiguration(
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
