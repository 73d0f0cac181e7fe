// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {
    AppOrder,
    AppOrderOperation,
    DatasetOrder,
    DatasetOrderOperation,
    RequestOrder,
    RequestOrderOperation,
    WorkerpoolOrder,
    WorkerpoolOrderOperation
} from "../interfaces/Orders.sol";

/// @title EIP-712 struct hashes of orders and order operations
/// @notice In calldata the static fields of an order lie in the order of its EIP-712 type, so they are copied at once.
/// That copies them unchecked, which is safe: an address with dirty upper bits gives a hash that nobody signed, and
/// the typed reads of the same fields revert on it.
library OrderHashing {
    string private constant APP =
        "AppOrder(address app,uint256 appprice,uint256 volume,bytes32 tag,address datasetrestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    string private constant DATASET =
        "DatasetOrder(address dataset,uint256 datasetprice,uint256 volume,bytes32 tag,address apprestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    string private constant WORKERPOOL =
        "WorkerpoolOrder(address workerpool,uint256 workerpoolprice,uint256 volume,bytes32 tag,uint256 category,uint256 trust,address apprestrict,address datasetrestrict,address requesterrestrict,bytes32 salt)";
    string private constant REQUEST =
        "RequestOrder(address app,uint256 appmaxprice,address dataset,uint256 datasetmaxprice,address workerpool,uint256 workerpoolmaxprice,address requester,uint256 volume,bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,string params,bytes32 salt)";

    bytes32 internal constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant APP_TYPEHASH = keccak256(bytes(APP));
    bytes32 internal constant DATASET_TYPEHASH = keccak256(bytes(DATASET));
    bytes32 internal constant WORKERPOOL_TYPEHASH = keccak256(bytes(WORKERPOOL));
    bytes32 internal constant REQUEST_TYPEHASH = keccak256(bytes(REQUEST));
    bytes32 internal constant APP_OPERATION_TYPEHASH =
        keccak256(bytes(string.concat("AppOrderOperation(AppOrder order,uint256 operation)", APP)));
    bytes32 internal constant DATASET_OPERATION_TYPEHASH =
        keccak256(bytes(string.concat("DatasetOrderOperation(DatasetOrder order,uint256 operation)", DATASET)));
    bytes32 internal constant WORKERPOOL_OPERATION_TYPEHASH = keccak256(
        bytes(string.concat("WorkerpoolOrderOperation(WorkerpoolOrder order,uint256 operation)", WORKERPOOL))
    );
    bytes32 internal constant REQUEST_OPERATION_TYPEHASH =
        keccak256(bytes(string.concat("RequestOrderOperation(RequestOrder order,uint256 operation)", REQUEST)));

    function hash(AppOrder calldata order) internal pure returns (bytes32) {
        return _hashWords(APP_TYPEHASH, _position(order), 8);
    }

    function hash(DatasetOrder calldata order) internal pure returns (bytes32) {
        return _hashWords(DATASET_TYPEHASH, _position(order), 8);
    }

    function hash(WorkerpoolOrder calldata order) internal pure returns (bytes32) {
        return _hashWords(WORKERPOOL_TYPEHASH, _position(order), 10);
    }

    function hash(RequestOrder calldata order) internal pure returns (bytes32 result) {
        bytes32 typeHash = REQUEST_TYPEHASH;
        bytes32 paramsHash = keccak256(bytes(order.params));
        bytes32 salt = order.salt;
        // 13 words from `app` to `callback`, then the hash of `params` in place of its offset, then the salt.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), order, 0x1a0)
            mstore(add(free, 0x1c0), paramsHash)
            mstore(add(free, 0x1e0), salt)
            result := keccak256(free, 0x200)
        }
    }

    function hash(AppOrderOperation calldata o) internal pure returns (bytes32) {
        return keccak256(abi.encode(APP_OPERATION_TYPEHASH, hash(o.order), o.operation));
    }

    function hash(DatasetOrderOperation calldata o) internal pure returns (bytes32) {
        return keccak256(abi.encode(DATASET_OPERATION_TYPEHASH, hash(o.order), o.operation));
    }

    function hash(WorkerpoolOrderOperation calldata o) internal pure returns (bytes32) {
        return keccak256(abi.encode(WORKERPOOL_OPERATION_TYPEHASH, hash(o.order), o.operation));
    }

    function hash(RequestOrderOperation calldata o) internal pure returns (bytes32) {
        return keccak256(abi.encode(REQUEST_OPERATION_TYPEHASH, hash(o.order), o.operation));
    }

    /// @dev keccak256(typeHash, the first `words` words of calldata at `position`).
    function _hashWords(bytes32 typeHash, uint256 position, uint256 words) private pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), position, mul(words, 0x20))
            result := keccak256(free, add(mul(words, 0x20), 0x20))
        }
    }

    function _position(AppOrder calldata order) private pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := order
        }
    }

    function _position(DatasetOrder calldata order) private pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := order
        }
    }

    function _position(WorkerpoolOrder calldata order) private pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := order
        }
    }
}
