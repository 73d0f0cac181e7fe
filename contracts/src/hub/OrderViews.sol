// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {Signatures} from "./Signatures.sol";

/// @title Questions about orders and signatures
abstract contract OrderViews is Signatures, OrderVolumes {
    using OrderHashing for AppOrder;
    using OrderHashing for DatasetOrder;
    using OrderHashing for WorkerpoolOrder;
    using OrderHashing for RequestOrder;

    /// @notice Whether `signature` of `hash` is by `account`: ECDSA of 65 or 64 bytes for a key, ERC-1271 for a
    /// contract. Reverts "invalid-signature-format" for another length by a key.
    function verifySignature(address account, bytes32 hash, bytes calldata signature) external view returns (bool) {
        return _isSignature(account, hash, signature);
    }

    /// @notice Whether `account` signed the order of this hash on-chain.
    function verifyPresignature(address account, bytes32 hash) external view returns (bool) {
        return _isPresignature(account, hash);
    }

    /// @notice Either of the two.
    function verifyPresignatureOrSignature(address account, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bool)
    {
        return _isPresignatureOrSignature(account, hash, signature);
    }

    /// @notice Runs of the order already sold; its volume when it was closed.
    function viewConsumed(bytes32 orderHash) external view returns (uint256 consumed) {
        return _soldOfRequest(orderHash, _orders[orderHash]);
    }

    /// @notice Who signed the order on-chain, or zero.
    function viewPresigned(bytes32 orderHash) external view returns (address signer) {
        return _orders[orderHash].presigner();
    }

    /// @notice Number of tasks that a match of these orders would have now, other checks aside.
    function computeDealVolume(
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external view returns (uint256 volume) {
        volume = _remaining(_typedDataHash(appOrder.hash()), appOrder.volume);
        if (datasetOrder.dataset != address(0)) {
            volume = _min(volume, _remaining(_typedDataHash(datasetOrder.hash()), datasetOrder.volume));
        }
        volume = _min(volume, _remaining(_typedDataHash(workerpoolOrder.hash()), workerpoolOrder.volume));
        volume = _min(volume, _remainingTasks(_typedDataHash(requestOrder.hash()), requestOrder.volume));
    }
}
