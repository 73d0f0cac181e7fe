// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IDataset} from "../interfaces/External.sol";
import {RegistryEntry} from "./RegistryEntry.sol";

/// @title A dataset: a file, usually encrypted, and its checksum
///   0-31   checksum
///   32-34  length of the name
///   35-    name, multiaddr
contract Dataset is RegistryEntry, IDataset {
    uint256 private constant NAME_LENGTH = 32;
    uint256 private constant TEXTS = 35;

    /// @notice Content is given at creation: always reverts "already initialized".
    function initialize(string calldata, bytes calldata, bytes32) external pure {
        _refuseInitialization();
    }

    /// @notice Name for people.
    function m_datasetName() external view returns (string memory datasetName) {
        return string(_content(TEXTS, _length(NAME_LENGTH)));
    }

    /// @notice Where the file is.
    function m_datasetMultiaddr() external view returns (bytes memory multiaddr) {
        return _contentFrom(TEXTS + _length(NAME_LENGTH));
    }

    /// @notice SHA-256 of the file.
    function m_datasetChecksum() external view returns (bytes32 checksum) {
        return bytes32(_content(0, 32));
    }
}
