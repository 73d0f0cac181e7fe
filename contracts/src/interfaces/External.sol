// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice The contracts that the hub and the registries talk to.

/// @notice ERC-20, the part that the escrow uses.
interface IERC20 {
    function totalSupply() external view returns (uint256);
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @notice EIP-2612, approval by signature.
interface IERC20Permit {
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
}

/// @notice Called by `approveAndCall` of RLC and of the stake token.
interface ITokenSpender {
    function receiveApproval(address sender, uint256 amount, address token, bytes calldata data) external returns (bool);
}

/// @notice ERC-1271, signatures by contracts.
interface IERC1271 {
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4);
}

/// @notice ERC-734, groups of keys; purpose 4 means member of the group.
interface IERC734 {
    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool);
}

/// @notice ERC-1154, consumer of results.
interface IOracleConsumer {
    function receiveResult(bytes32 id, bytes calldata result) external;
}

/// @notice Receiver of ERC-721 tokens.
interface IERC721Receiver {
    function onERC721Received(address operator, address from, uint256 tokenId, bytes calldata data)
        external
        returns (bytes4);
}

/// @notice A registry of apps, datasets or workerpools.
interface IRegistry {
    function isRegistered(address entry) external view returns (bool);
    function ownerOf(uint256 tokenId) external view returns (address);
}

/// @notice What the registry of workerpools keeps beyond their owners: policies (percent).
interface IWorkerpoolPolicies {
    function entryTerms(address workerpool)
        external
        view
        returns (address owner, uint256 workerStakeRatio, uint256 schedulerRewardRatio);
    function policyOf(address workerpool) external view returns (uint256 workerStakeRatio, uint256 schedulerRewardRatio);
    function setPolicy(uint256 workerStakeRatio, uint256 schedulerRewardRatio)
        external
        returns (uint256 oldWorkerStakeRatio, uint256 oldSchedulerRewardRatio);
}

/// @notice An entry of a registry.
interface IRegistryEntry {
    function registry() external view returns (address);
    function owner() external view returns (address);
}

interface IApp is IRegistryEntry {
    function m_appName() external view returns (string memory);
    function m_appType() external view returns (string memory);
    function m_appMultiaddr() external view returns (bytes memory);
    function m_appChecksum() external view returns (bytes32);
    function m_appMREnclave() external view returns (bytes memory);
}

interface IDataset is IRegistryEntry {
    function m_datasetName() external view returns (string memory);
    function m_datasetMultiaddr() external view returns (bytes memory);
    function m_datasetChecksum() external view returns (bytes32);
}

interface IWorkerpool is IRegistryEntry {
    function m_workerpoolDescription() external view returns (string memory);
    function m_workerStakeRatioPolicy() external view returns (uint256);
    function m_schedulerRewardRatioPolicy() external view returns (uint256);
}

/// @notice An earlier hub, whose reputation can be carried over.
interface IScoreSource {
    function viewScore(address worker) external view returns (uint256);
}
