// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

/// @notice Signing and closing orders: four kinds, by transaction and by signature.
contract OrderManagementTest is Market {
    string[4] private _kinds = ["App", "Dataset", "Workerpool", "Request"];

    function owners() private view returns (address[4] memory) {
        return [appOwner, datasetOwner, scheduler, requester];
    }

    function structHash(Orders memory o, uint256 kind) private pure returns (bytes32) {
        if (kind == 0) return Typed.hash(o.app);
        if (kind == 1) return Typed.hash(o.dataset);
        if (kind == 2) return Typed.hash(o.workerpool);
        return Typed.hash(o.request);
    }

    function typeOf(uint256 kind) private pure returns (string memory) {
        if (kind == 0) return Typed.APP;
        if (kind == 1) return Typed.DATASET;
        if (kind == 2) return Typed.WORKERPOOL;
        return Typed.REQUEST;
    }

    function manage(Orders memory o, uint256 kind, OrderOperationKind what, bytes memory sign) private {
        if (kind == 0) hub.manageAppOrder(AppOrderOperation(o.app, what, sign));
        if (kind == 1) hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, what, sign));
        if (kind == 2) hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.workerpool, what, sign));
        if (kind == 3) hub.manageRequestOrder(RequestOrderOperation(o.request, what, sign));
    }

    function operationSign(Orders memory o, uint256 kind, OrderOperationKind what, address by)
        private
        view
        returns (bytes memory)
    {
        return signBy(by, digestOf(Typed.operation(_kinds[kind], typeOf(kind), structHash(o, kind), what)));
    }

    function assertSigned(bytes32 orderHash, uint256 kind) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event");
        assertEq(logs[0].topics[0], keccak256(bytes(string.concat("Signed", _kinds[kind], "Order(bytes32)"))), "event");
        assertEq(logs[0].data, abi.encode(orderHash), "hash");
        assertEq(hub.viewPresigned(orderHash), owners()[kind], "presigned by");
        assertEq(hub.viewConsumed(orderHash), 0, "not consumed");
    }

    function assertClosed(bytes32 orderHash, uint256 kind, uint256 volume) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event");
        assertEq(logs[0].topics[0], keccak256(bytes(string.concat("Closed", _kinds[kind], "Order(bytes32)"))), "event");
        assertEq(logs[0].data, abi.encode(orderHash), "hash");
        assertEq(hub.viewConsumed(orderHash), volume, "consumed");
        assertEq(hub.viewPresigned(orderHash), address(0), "not presigned");
    }

    function test_owner_signs_and_closes_by_transaction() external {
        for (uint256 kind = 0; kind < 4; ++kind) {
            Orders memory o = makeOrders();
            vm.recordLogs();
            vm.prank(owners()[kind]);
            manage(o, kind, OrderOperationKind.SIGN, "");
            assertSigned(digestOf(structHash(o, kind)), kind);

            o = makeOrders();
            vm.recordLogs();
            vm.prank(owners()[kind]);
            manage(o, kind, OrderOperationKind.CLOSE, "");
            assertClosed(digestOf(structHash(o, kind)), kind, kind == 3 ? 1 : 1_000);
        }
    }

    function test_anybody_brings_the_owners_signature() external {
        for (uint256 kind = 0; kind < 4; ++kind) {
            Orders memory o = makeOrders();
            bytes memory sign = operationSign(o, kind, OrderOperationKind.SIGN, owners()[kind]);
            vm.recordLogs();
            vm.prank(stranger);
            manage(o, kind, OrderOperationKind.SIGN, sign);
            assertSigned(digestOf(structHash(o, kind)), kind);

            o = makeOrders();
            sign = operationSign(o, kind, OrderOperationKind.CLOSE, owners()[kind]);
            vm.recordLogs();
            vm.prank(stranger);
            manage(o, kind, OrderOperationKind.CLOSE, sign);
            assertClosed(digestOf(structHash(o, kind)), kind, kind == 3 ? 1 : 1_000);
        }
    }

    function test_nobody_else() external {
        for (uint256 kind = 0; kind < 4; ++kind) {
            Orders memory o = makeOrders();
            bytes memory byStranger = operationSign(o, kind, OrderOperationKind.CLOSE, stranger);
            bytes memory otherOperation = operationSign(o, kind, OrderOperationKind.SIGN, owners()[kind]);
            bytes memory orderSign = signBy(owners()[kind], digestOf(structHash(o, kind)));
            vm.prank(stranger);
            expectReason("invalid-sender-or-signature");
            manage(o, kind, OrderOperationKind.CLOSE, byStranger);
            vm.prank(stranger);
            expectReason("invalid-sender-or-signature");
            manage(o, kind, OrderOperationKind.CLOSE, otherOperation);
            vm.prank(stranger);
            expectReason("invalid-sender-or-signature"); // a signature of the order is not one of its withdrawal
            manage(o, kind, OrderOperationKind.CLOSE, orderSign);
            vm.prank(stranger);
            expectReason("invalid-signature-format");
            manage(o, kind, OrderOperationKind.CLOSE, "");
        }
    }

    function test_closing_a_partly_sold_order_ends_it() external {
        Orders memory o = makeOrders();
        o.request.volume = 5;
        o.workerpool.volume = 2;
        o = signOrders(o);
        matchOrders(o);
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.CLOSE, ""));
        o.workerpool.salt = keccak256("more");
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
    }
}
