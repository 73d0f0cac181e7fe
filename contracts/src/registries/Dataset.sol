// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IDataset} from "../interfaces/External.sol";
import {RegistryEntry} from "./RegistryEntry.sol";

/// @title A dataset: a file, usually encrypted, and its checksum
contract Dataset is RegistryEntry, IDataset {
    /// @notice Content is given at creation: always reverts "already initialized".
    function initialize(string calldata, bytes calldata, bytes32) external pure {
        _refuseInitialization();
    }

    /// @notice Name for people.
    function m_datasetName() external view returns (string memory datasetName) {
        (datasetName,,) = _fields();
    }

    /// @notice Where the file is.
    function m_datasetMultiaddr() external view returns (bytes memory multiaddr) {
        (, multiaddr,) = _fields();
    }

    /// @notice SHA-256 of the file.
    function m_datasetChecksum() external view returns (bytes32 checksum) {
        (,, checksum) = _fields();
    }

    function _fields() private view returns (string memory, bytes memory, bytes32) {
        return abi.decode(_content(), (string, bytes, bytes32));
    }
}
