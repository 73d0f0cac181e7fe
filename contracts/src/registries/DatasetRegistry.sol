// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Dataset} from "./Dataset.sol";
import {Registry} from "./Registry.sol";

/// @title The registry of datasets
contract DatasetRegistry is Registry {
    constructor(address owner_, string memory baseURI_, address previous_, bool settled)
        Registry(
            address(new Dataset()),
            "iExec Dataset Registry (V5)",
            "iExecDatasetsV5",
            baseURI_,
            owner_,
            previous_,
            settled
        )
    {}

    /// @notice Registers a dataset for `datasetOwner`; anybody may. Emits Transfer (mint).
    /// Reverts "Create2: Failed on deploy" when the same content was created for the same owner before.
    function createDataset(
        address datasetOwner,
        string calldata datasetName,
        bytes calldata datasetMultiaddr,
        bytes32 datasetChecksum
    ) external returns (address) {
        return _create(datasetOwner, _encode(datasetName, datasetMultiaddr, datasetChecksum));
    }

    /// @notice The address that `createDataset` gives, or gave, for these arguments.
    function predictDataset(
        address datasetOwner,
        string calldata datasetName,
        bytes calldata datasetMultiaddr,
        bytes32 datasetChecksum
    ) external view returns (address) {
        return _predict(datasetOwner, _encode(datasetName, datasetMultiaddr, datasetChecksum));
    }

    /// @dev As `Dataset` reads it.
    function _encode(string calldata datasetName, bytes calldata datasetMultiaddr, bytes32 datasetChecksum)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(datasetChecksum, uint24(bytes(datasetName).length), datasetName, datasetMultiaddr);
    }
}
