// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Category, EIP712Domain} from "../interfaces/Views.sol";
import {HubConfiguration} from "./HubStorage.sol";
import {Signatures} from "./Signatures.sol";

/// @title What the hub is made of, and the little that its owner may do
/// @notice The owner may add categories, choose the TEE broker and the gas of callbacks (within a bound), recover
/// surplus tokens (see `Accounts`), and hand the ownership over. It can neither move anybody's funds nor exchange the
/// token, the registries or the code, nor change a category.
abstract contract Configuration is Signatures {
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event CreateCategory(uint256 catid, string name, string description, uint256 workClockTimeRef);

    /// @notice More gas for callbacks than `maximum` could keep deals from being finalized.
    error CallbackGasTooHigh(uint256 gas, uint256 maximum);
    /// @notice The unit of time of a category lies between 1 s and 2^32 - 1 s.
    error TimeReferenceOutOfRange(uint256 workClockTimeRef);

    modifier onlyOwner() {
        require(msg.sender == _owner(), "Ownable: caller is not the owner");
        _;
    }

    /// @notice What the hub was made with.
    function configuration() external view returns (HubConfiguration memory) {
        return _configuration();
    }

    /// @notice Always reverts "already-configured": a hub is configured by its construction.
    function configure(address, string calldata, string calldata, uint8, address, address, address, address)
        external
        pure
    {
        revert("already-configured");
    }

    // ------------------------------------------------------------------ owner

    /// @notice Who may do what is left to an owner, see above; zero for nobody any more.
    function owner() external view returns (address) {
        return _owner();
    }

    /// @notice Gives the ownership away. Owner only; not to zero. Emits OwnershipTransferred.
    function transferOwnership(address newOwner) external onlyOwner {
        require(newOwner != address(0), "Ownable: new owner is the zero address");
        _setOwner(newOwner);
    }

    /// @notice Leaves the hub without owner, for ever. Owner only. Emits OwnershipTransferred.
    function renounceOwnership() external onlyOwner {
        _setOwner(address(0));
    }

    function _setOwner(address newOwner) private {
        emit OwnershipTransferred(msg.sender, newOwner);
        _settings.owner = newOwner;
        _settings.ownerChanged = true;
    }

    /// @notice Who authorizes contributions from enclaves in place of the scheduler; zero for nobody. Owner only.
    function setTeeBroker(address teeBroker) external onlyOwner {
        _teeBroker = teeBroker;
    }

    /// @notice Gas that a result callback gets. Owner only. Reverts CallbackGasTooHigh above 2,000,000.
    function setCallbackGas(uint256 callbackGas) external onlyOwner {
        if (callbackGas > MAX_CALLBACK_GAS) revert CallbackGasTooHigh(callbackGas, MAX_CALLBACK_GAS);
        _settings.callbackGas = uint40(callbackGas);
        _settings.callbackGasChanged = true;
    }

    // ------------------------------------------------------------------ categories

    /// @notice Adds a category. Owner only. Reverts TimeReferenceOutOfRange. Emits CreateCategory.
    /// @param workClockTimeRef unit of time in seconds: contributions within 7, finalization within 10 of them.
    function createCategory(string calldata name_, string calldata description, uint256 workClockTimeRef)
        external
        onlyOwner
        returns (uint256 catid)
    {
        return _createCategory(Category(name_, description, workClockTimeRef));
    }

    /// @notice `createCategory` for each. Owner only.
    function createCategories(Category[] calldata categories) external onlyOwner {
        for (uint256 i = 0; i < categories.length; ++i) {
            _createCategory(categories[i]);
        }
    }

    function _createCategory(Category memory category) private returns (uint256 catid) {
        uint256 workClockTimeRef = category.workClockTimeRef;
        if (workClockTimeRef == 0 || workClockTimeRef > type(uint32).max) {
            revert TimeReferenceOutOfRange(workClockTimeRef);
        }
        catid = _categories.length;
        _categories.push(category);
        emit CreateCategory(catid, category.name, category.description, workClockTimeRef);
    }

    /// @notice Number of categories; they are numbered from 0.
    function countCategory() external view returns (uint256 count) {
        return _categories.length;
    }

    /// @notice A category. Reverts empty when there is none of this number.
    function viewCategory(uint256 catid) external view returns (Category memory category) {
        require(catid < _categories.length);
        return _categories[catid];
    }

    // ------------------------------------------------------------------ reputation

    /// @notice Score of a worker: contributions that agreed with others, less a third at each failure.
    function viewScore(address worker) external view returns (uint256) {
        return _accounts[worker].score;
    }

    /// @notice Carries the score of a worker over from the previous hub, once, when it is higher than here.
    /// Reverts "score-already-imported", and empty when there is no previous hub.
    function importScore(address worker) external {
        require(!_scoreImported[worker], "score-already-imported");
        _scoreImported[worker] = true;
        uint256 score = PREVIOUS_HUB.viewScore(worker);
        // Half of what fits: no number of praised tasks can then overflow a score, which would block their finalization.
        if (score > type(uint64).max / 2) score = type(uint64).max / 2;
        if (score > _accounts[worker].score) _accounts[worker].score = uint64(score);
    }

    // ------------------------------------------------------------------ domain

    /// @notice The EIP-712 domain in which orders are signed.
    function domain() external view returns (EIP712Domain memory) {
        return EIP712Domain(DOMAIN_NAME, DOMAIN_VERSION, block.chainid, address(this));
    }

    /// @notice Its separator, always of the current chain and address.
    function eip712domain_separator() external view returns (bytes32) {
        return _domainSeparator();
    }

    /// @notice Does nothing: the separator follows the chain id by itself.
    function updateDomainSeparator() external {}

    // ------------------------------------------------------------------ constants

    /// @notice The ERC-20 that is staked; zero when it is the chain's own coin.
    function token() external view returns (address) {
        return address(TOKEN);
    }

    /// @notice The registry whose entries are apps.
    function appregistry() external view returns (address) {
        return address(APP_REGISTRY);
    }

    /// @notice The registry whose entries are datasets.
    function datasetregistry() external view returns (address) {
        return address(DATASET_REGISTRY);
    }

    /// @notice The registry whose entries are workerpools.
    function workerpoolregistry() external view returns (address) {
        return address(WORKERPOOL_REGISTRY);
    }

    /// @notice Who authorizes contributions from enclaves in place of the scheduler; zero for nobody.
    function teebroker() external view returns (address) {
        return _teeBroker;
    }

    /// @notice Gas that a result callback gets.
    function callbackgas() external view returns (uint256) {
        return _callbackGas();
    }

    /// @notice Contributions end this many units of the category's time after the match.
    function contribution_deadline_ratio() external pure returns (uint256) {
        return CONTRIBUTION_DEADLINE_RATIO;
    }

    /// @notice Reveals end this many units of the category's time after the consensus.
    function reveal_deadline_ratio() external pure returns (uint256) {
        return REVEAL_DEADLINE_RATIO;
    }

    /// @notice A task can be finalized until, and claimed from, this many units of the category's time after the match.
    function final_deadline_ratio() external pure returns (uint256) {
        return FINAL_DEADLINE_RATIO;
    }

    /// @notice Stake of the scheduler, in percent of the workerpool price.
    function workerpool_stake_ratio() external pure returns (uint256) {
        return WORKERPOOL_STAKE_RATIO;
    }

    /// @notice Part of the kitty that a finished task earns its scheduler in the strict setting, in percent.
    function kitty_ratio() external pure returns (uint256) {
        return KITTY_RATIO;
    }

    /// @notice The least such part, in nRLC.
    function kitty_min() external pure returns (uint256) {
        return KITTY_MIN;
    }

    /// @notice Account in which seized stakes are kept, frozen.
    function kitty_address() external pure returns (address) {
        return KITTY_ADDRESS;
    }

    /// @notice ERC-734 purpose of a key that makes its account a member of a group.
    function groupmember_purpose() external pure returns (uint256) {
        return GROUPMEMBER_PURPOSE;
    }
}
