// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice The orders that people sign off-chain (EIP-712), as the ABI carries them. Prices in nRLC.
/// @dev Field order is part of the signed type; the hashing in `OrderHashing` relies on it.

/// @notice Sells `volume` runs of an application.
struct AppOrder {
    address app;
    uint256 appprice;
    uint256 volume;
    bytes32 tag;
    address datasetrestrict;
    address workerpoolrestrict;
    address requesterrestrict;
    bytes32 salt;
    bytes sign;
}

/// @notice Sells `volume` uses of a dataset.
struct DatasetOrder {
    address dataset;
    uint256 datasetprice;
    uint256 volume;
    bytes32 tag;
    address apprestrict;
    address workerpoolrestrict;
    address requesterrestrict;
    bytes32 salt;
    bytes sign;
}

/// @notice Sells `volume` executions of at most `category`, replicated up to `trust`.
struct WorkerpoolOrder {
    address workerpool;
    uint256 workerpoolprice;
    uint256 volume;
    bytes32 tag;
    uint256 category;
    uint256 trust;
    address apprestrict;
    address datasetrestrict;
    address requesterrestrict;
    bytes32 salt;
    bytes sign;
}

/// @notice Buys `volume` executions.
struct RequestOrder {
    address app;
    uint256 appmaxprice;
    address dataset;
    uint256 datasetmaxprice;
    address workerpool;
    uint256 workerpoolmaxprice;
    address requester;
    uint256 volume;
    bytes32 tag;
    uint256 category;
    uint256 trust;
    address beneficiary;
    address callback;
    string params;
    bytes32 salt;
    bytes sign;
}

/// @notice What `manageXOrder` does with an order: publish the owner's consent on-chain, or withdraw the order.
enum OrderOperationKind {
    SIGN,
    CLOSE
}

struct AppOrderOperation {
    AppOrder order;
    OrderOperationKind operation;
    bytes sign;
}

struct DatasetOrderOperation {
    DatasetOrder order;
    OrderOperationKind operation;
    bytes sign;
}

struct WorkerpoolOrderOperation {
    WorkerpoolOrder order;
    OrderOperationKind operation;
    bytes sign;
}

struct RequestOrderOperation {
    RequestOrder order;
    OrderOperationKind operation;
    bytes sign;
}
