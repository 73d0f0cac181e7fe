// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IApp} from "../interfaces/External.sol";
import {RegistryEntry} from "./RegistryEntry.sol";

/// @title An application: an image to run, its checksum, and the fingerprint of its enclave
///   0-31   checksum
///   32-40  lengths of name, type and multiaddr, 3 bytes each
///   41-    name, type, multiaddr, fingerprint, without padding: every byte of code costs 200 gas
contract App is RegistryEntry, IApp {
    uint256 private constant NAME_LENGTH = 32;
    uint256 private constant TYPE_LENGTH = 35;
    uint256 private constant MULTIADDR_LENGTH = 38;
    uint256 private constant TEXTS = 41;

    /// @notice Content is given at creation: always reverts "already initialized".
    function initialize(string calldata, string calldata, bytes calldata, bytes32, bytes calldata) external pure {
        _refuseInitialization();
    }

    /// @notice Name for people.
    function m_appName() external view returns (string memory appName) {
        return string(_content(TEXTS, _length(NAME_LENGTH)));
    }

    /// @notice Kind of application, such as "DOCKER".
    function m_appType() external view returns (string memory appType) {
        return string(_content(TEXTS + _length(NAME_LENGTH), _length(TYPE_LENGTH)));
    }

    /// @notice Where the image is.
    function m_appMultiaddr() external view returns (bytes memory multiaddr) {
        return _content(TEXTS + _length(NAME_LENGTH) + _length(TYPE_LENGTH), _length(MULTIADDR_LENGTH));
    }

    /// @notice Digest of the image.
    function m_appChecksum() external view returns (bytes32 checksum) {
        return bytes32(_content(0, 32));
    }

    /// @notice What identifies the application inside a trusted execution environment.
    function m_appMREnclave() external view returns (bytes memory mrenclave) {
        return _contentFrom(TEXTS + _length(NAME_LENGTH) + _length(TYPE_LENGTH) + _length(MULTIADDR_LENGTH));
    }
}
