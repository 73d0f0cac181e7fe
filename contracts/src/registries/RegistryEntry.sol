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

    /// @dev Bytes of the entry's content.
    function _content(uint256 offset, uint256 length) internal view returns (bytes memory content) {
        content = new bytes(length);
        assembly ("memory-safe") {
            extcodecopy(address(), add(content, 32), add(PROXY_SIZE, offset), length)
        }
    }

    /// @dev All of the content from `offset` on.
    function _contentFrom(uint256 offset) internal view returns (bytes memory) {
        return _content(offset, address(this).code.length - PROXY_SIZE - offset);
    }

    /// @dev A number of 3 bytes in the content: enough for any length, since code has a limit.
    function _length(uint256 offset) internal view returns (uint256) {
        return uint24(bytes3(_content(offset, 3)));
    }

    /// @dev Entries are complete from their creation.
    function _refuseInitialization() internal pure {
        revert("already initialized");
    }
}
