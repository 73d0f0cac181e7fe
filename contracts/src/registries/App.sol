// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IApp} from "../interfaces/External.sol";
import {RegistryEntry} from "./RegistryEntry.sol";

/// @title An application: an image to run, its checksum, and the fingerprint of its enclave
contract App is RegistryEntry, IApp {
    /// @notice Content is given at creation: always reverts "already initialized".
    function initialize(string calldata, string calldata, bytes calldata, bytes32, bytes calldata) external pure {
        _refuseInitialization();
    }

    /// @notice Name for people.
    function m_appName() external view returns (string memory appName) {
        (appName,,,,) = _fields();
    }

    /// @notice Kind of application, such as "DOCKER".
    function m_appType() external view returns (string memory appType) {
        (, appType,,,) = _fields();
    }

    /// @notice Where the image is.
    function m_appMultiaddr() external view returns (bytes memory multiaddr) {
        (,, multiaddr,,) = _fields();
    }

    /// @notice Digest of the image.
    function m_appChecksum() external view returns (bytes32 checksum) {
        (,,, checksum,) = _fields();
    }

    /// @notice What identifies the application inside a trusted execution environment.
    function m_appMREnclave() external view returns (bytes memory mrenclave) {
        (,,,, mrenclave) = _fields();
    }

    function _fields() private view returns (string memory, string memory, bytes memory, bytes32, bytes memory) {
        return abi.decode(_content(), (string, string, bytes, bytes32, bytes));
    }
}
