// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistryEntry} from "../interfaces/External.sol";
import {
    AppOrder,
    AppOrderOperation,
    DatasetOrder,
    DatasetOrderOperation,
    OrderOperationKind,
    RequestOrder,
    RequestOrderOperation,
    WorkerpoolOrder,
    WorkerpoolOrderOperation
} from "../interfaces/Orders.sol";
import {OrderHashing} from "./OrderHashing.sol";
import {OrderRecord} from "./OrderRecord.sol";
import {OrderVolumes} from "./OrderVolumes.sol";
import {Signatures} from "./Signatures.sol";

/// @title Orders consented to, or withdrawn, on-chain
/// @notice `manageXOrder` is for the owner of the asset (the requester for requests): as caller, or by its signature of
/// the typed operation. Otherwise it reverts "invalid-sender-or-signature" or "invalid-signature-format".
/// SIGN makes the order valid without signature; CLOSE makes it sold out.
abstract contract OrderManagement is Signatures, OrderVolumes {
    using OrderHashing for AppOrder;
    using OrderHashing for DatasetOrder;
    using OrderHashing for WorkerpoolOrder;
    using OrderHashing for RequestOrder;
    using OrderHashing for AppOrderOperation;
    using OrderHashing for DatasetOrderOperation;
    using OrderHashing for WorkerpoolOrderOperation;
    using OrderHashing for RequestOrderOperation;

    event SignedAppOrder(bytes32 appHash);
    event SignedDatasetOrder(bytes32 datasetHash);
    event SignedWorkerpoolOrder(bytes32 workerpoolHash);
    event SignedRequestOrder(bytes32 requestHash);
    event ClosedAppOrder(bytes32 appHash);
    event ClosedDatasetOrder(bytes32 datasetHash);
    event ClosedWorkerpoolOrder(bytes32 workerpoolHash);
    event ClosedRequestOrder(bytes32 requestHash);

    /// @notice Signs or closes an order of the owner of the app. Emits SignedAppOrder or ClosedAppOrder.
    /// Reverts "invalid-sender-or-signature", "invalid-signature-format".
    function manageAppOrder(AppOrderOperation calldata o) external {
        address owner_ = IRegistryEntry(o.order.app).owner();
        _checkSender(owner_, o.hash(), o.sign);
        bytes32 orderHash = _typedDataHash(o.order.hash());
        if (_manage(o.operation, orderHash, owner_, o.order.volume)) emit SignedAppOrder(orderHash);
        else emit ClosedAppOrder(orderHash);
    }

    /// @notice Signs or closes an order of the owner of the dataset. Emits SignedDatasetOrder or ClosedDatasetOrder.
    /// Reverts "invalid-sender-or-signature", "invalid-signature-format".
    function manageDatasetOrder(DatasetOrderOperation calldata o) external {
        address owner_ = IRegistryEntry(o.order.dataset).owner();
        _checkSender(owner_, o.hash(), o.sign);
        bytes32 orderHash = _typedDataHash(o.order.hash());
        if (_manage(o.operation, orderHash, owner_, o.order.volume)) emit SignedDatasetOrder(orderHash);
        else emit ClosedDatasetOrder(orderHash);
    }

    /// @notice Signs or closes an order of the owner of the workerpool. Emits SignedWorkerpoolOrder or ClosedWorkerpoolOrder.
    /// Reverts "invalid-sender-or-signature", "invalid-signature-format".
    function manageWorkerpoolOrder(WorkerpoolOrderOperation calldata o) external {
        address owner_ = IRegistryEntry(o.order.workerpool).owner();
        _checkSender(owner_, o.hash(), o.sign);
        bytes32 orderHash = _typedDataHash(o.order.hash());
        if (_manage(o.operation, orderHash, owner_, o.order.volume)) emit SignedWorkerpoolOrder(orderHash);
        else emit ClosedWorkerpoolOrder(orderHash);
    }

    /// @notice Signs or closes an order of the requester. Emits SignedRequestOrder or ClosedRequestOrder.
    /// Reverts "invalid-sender-or-signature", "invalid-signature-format".
    function manageRequestOrder(RequestOrderOperation calldata o) external {
        address requester = o.order.requester;
        _checkSender(requester, o.hash(), o.sign);
        bytes32 orderHash = _typedDataHash(o.order.hash());
        if (_manage(o.operation, orderHash, requester, o.order.volume)) emit SignedRequestOrder(orderHash);
        else emit ClosedRequestOrder(orderHash);
    }

    function _checkSender(address account, bytes32 operationHash, bytes calldata sign) private view {
        require(
            msg.sender == account || _isSignature(account, _typedDataHash(operationHash), sign),
            "invalid-sender-or-signature"
        );
    }

    /// @dev Whether the order was signed, rather than closed.
    function _manage(OrderOperationKind kind, bytes32 orderHash, address account, uint256 volume)
        private
        returns (bool signed)
    {
        signed = kind == OrderOperationKind.SIGN;
        OrderRecord record = _orders[orderHash];
        _orders[orderHash] = signed ? record.withPresigner(account) : _withSold(orderHash, record, volume);
    }
}
