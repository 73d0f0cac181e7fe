// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistry, IWorkerpoolPolicies} from "./External.sol";

/// @title The registries and the token as their callers see them
/// @notice Units, reverts and events are told where each function is implemented, in `src/registries` and `src/token`.
interface IAssetRegistry is IRegistry {
    function name() external view returns (string memory);
    function symbol() external view returns (string memory);
    function owner() external view returns (address);
    function transferOwnership(address newOwner) external;
    function renounceOwnership() external;
    function master() external view returns (address);
    function proxyCode() external view returns (bytes memory);
    function proxyCodeHash() external view returns (bytes32);
    function previous() external view returns (address);
    function initialized() external view returns (bool);
    function initialize(address previous) external;
    function baseURI() external view returns (string memory);
    function setBaseURI(string calldata baseURI) external;
    function setName(address ens, string calldata name) external;
    function entryOwner(address entry) external view returns (address);
    function supportsInterface(bytes4 id) external view returns (bool);
    function balanceOf(address owner) external view returns (uint256);
    function getApproved(uint256 tokenId) external view returns (address);
    function isApprovedForAll(address owner, address operator) external view returns (bool);
    function tokenURI(uint256 tokenId) external view returns (string memory);
    function totalSupply() external view returns (uint256);
    function tokenByIndex(uint256 index) external view returns (uint256);
    function tokenOfOwnerByIndex(address owner, uint256 index) external view returns (uint256);
    function approve(address to, uint256 tokenId) external;
    function setApprovalForAll(address operator, bool approved) external;
    function transferFrom(address from, address to, uint256 tokenId) external;
    function safeTransferFrom(address from, address to, uint256 tokenId) external;
    function safeTransferFrom(address from, address to, uint256 tokenId, bytes calldata data) external;
}

interface IAppRegistry is IAssetRegistry {
    function createApp(
        address appOwner,
        string calldata appName,
        string calldata appType,
        bytes calldata appMultiaddr,
        bytes32 appChecksum,
        bytes calldata appMREnclave
    ) external returns (address);
    function predictApp(
        address appOwner,
        string calldata appName,
        string calldata appType,
        bytes calldata appMultiaddr,
        bytes32 appChecksum,
        bytes calldata appMREnclave
    ) external view returns (address);
}

interface IDatasetRegistry is IAssetRegistry {
    function createDataset(
        address datasetOwner,
        string calldata datasetName,
        bytes calldata datasetMultiaddr,
        bytes32 datasetChecksum
    ) external returns (address);
    function predictDataset(
        address datasetOwner,
        string calldata datasetName,
        bytes calldata datasetMultiaddr,
        bytes32 datasetChecksum
    ) external view returns (address);
}

interface IWorkerpoolRegistry is IAssetRegistry, IWorkerpoolPolicies {
    function createWorkerpool(address workerpoolOwner, string calldata description) external returns (address);
    function predictWorkerpool(address workerpoolOwner, string calldata description) external view returns (address);
}

/// @notice RLC; see `src/token/RLC.sol`.
interface IRLC {
    function name() external view returns (string memory);
    function symbol() external view returns (string memory);
    function decimals() external view returns (uint8);
    function version() external view returns (string memory);
    function initialSupply() external view returns (uint256);
    function locked() external view returns (bool);
    function totalSupply() external view returns (uint256);
    function balanceOf(address account) external view returns (uint256);
    function allowance(address owner, address spender) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
    function approveAndCall(address spender, uint256 amount, bytes calldata data) external;
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
    function nonces(address owner) external view returns (uint256);
    function DOMAIN_SEPARATOR() external view returns (bytes32);
    function burn(uint256 amount) external returns (bool);
}
