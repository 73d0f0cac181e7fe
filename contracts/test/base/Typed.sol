// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "../../src/interfaces/Orders.sol";

/// @title EIP-712 as the standard writes it, field by field
/// @notice Independent of the product's hashing, which copies calldata.
library Typed {
    string internal constant APP = "AppOrder(address app,uint256 appprice,uint256 volume,bytes32 tag,"
        "address datasetrestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    string internal constant DATASET = "DatasetOrder(address dataset,uint256 datasetprice,uint256 volume,bytes32 tag,"
        "address apprestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    string internal constant WORKERPOOL = "WorkerpoolOrder(address workerpool,uint256 workerpoolprice,uint256 volume,"
        "bytes32 tag,uint256 category,uint256 trust,address apprestrict,address datasetrestrict,"
        "address requesterrestrict,bytes32 salt)";
    string internal constant REQUEST = "RequestOrder(address app,uint256 appmaxprice,address dataset,"
        "uint256 datasetmaxprice,address workerpool,uint256 workerpoolmaxprice,address requester,uint256 volume,"
        "bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,string params,bytes32 salt)";

    function domainSeparator(address hub, uint256 chainId) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("iExecODB"),
                keccak256("5.0.0"),
                chainId,
                hub
            )
        );
    }

    function digest(bytes32 domain, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function hash(AppOrder memory o) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(APP)),
                o.app,
                o.appprice,
                o.volume,
                o.tag,
                o.datasetrestrict,
                o.workerpoolrestrict,
                o.requesterrestrict,
                o.salt
            )
        );
    }

    function hash(DatasetOrder memory o) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(DATASET)),
                o.dataset,
                o.datasetprice,
                o.volume,
                o.tag,
                o.apprestrict,
                o.workerpoolrestrict,
                o.requesterrestrict,
                o.salt
            )
        );
    }

    function hash(WorkerpoolOrder memory o) internal pure returns (bytes32) {
        return keccak256(
            bytes.concat(
                abi.encode(keccak256(bytes(WORKERPOOL)), o.workerpool, o.workerpoolprice, o.volume, o.tag),
                abi.encode(o.category, o.trust, o.apprestrict, o.datasetrestrict, o.requesterrestrict, o.salt)
            )
        );
    }

    function hash(RequestOrder memory o) internal pure returns (bytes32) {
        return keccak256(
            bytes.concat(
                abi.encode(keccak256(bytes(REQUEST)), o.app, o.appmaxprice, o.dataset, o.datasetmaxprice),
                abi.encode(o.workerpool, o.workerpoolmaxprice, o.requester, o.volume, o.tag, o.category, o.trust),
                abi.encode(o.beneficiary, o.callback, keccak256(bytes(o.params)), o.salt)
            )
        );
    }

    function operation(string memory kind, string memory order, bytes32 orderHash, OrderOperationKind what)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(operationType(kind, order), orderHash, uint256(what)));
    }

    /// @param kind "App", "Dataset", "Workerpool" or "Request".
    function operationType(string memory kind, string memory order) internal pure returns (bytes32) {
        return keccak256(bytes(string.concat(kind, "OrderOperation(", kind, "Order order,uint256 operation)", order)));
    }
}
