// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistry, IRegistryEntry} from "../interfaces/External.sol";

/// @title Code shared by the entries of a registry
/// @notice Runs by DELEGATECALL from an entry (see `Registry`): `address(this)` is the entry, and the entry's code is
/// 45 bytes of ERC-1167 followed by its content.
abstract contract RegistryEntry is IRegistryEntry {
    uint256 private constant PROXY_SIZE = 45;

    /// @notice The registry of this entry: the contract that deployed the code it runs.
    address public immutable registry = msg.sender;

    modifier onlyOwner() {
        require(msg.sender == owner(), "caller is not the owner");
        _;
    }

    /// @notice Who holds the entry's token.
    function owner() public view returns (address) {
        return IRegistry(registry).ownerOf(uint160(address(this)));
    }

    /// @notice Name services are not supported: always reverts.
    function setName(address, string calldata) external pure {
        revert("Operation not supported on this chain");
    }

    /// @dev The ABI-encoded content of the entry.
    function _content() internal view returns (bytes memory content) {
        uint256 size = address(this).code.length - PROXY_SIZE;
        content = new bytes(size);
        assembly ("memory-safe") {
            extcodecopy(address(), add(content, 32), PROXY_SIZE, size)
        }
    }

    /// @dev Entries are complete from their creation.
    function _refuseInitialization() internal pure {
        revert("already initialized");
    }
}
