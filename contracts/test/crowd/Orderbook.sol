// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Ledger} from "./Ledger.sol";
import "../base/Market.sol";

/// @notice What the tests know of an order.
struct OrderModel {
    uint256 volume;
    uint256 sold;
    /// Whose signature the order carries.
    address signer;
    /// Who consented on-chain last.
    address presigner;
}

/// @title Standing orders: signed in every way there is, sold piece by piece, closed
abstract contract Orderbook is Ledger {
    uint256 private constant SHELF = 4;

    AppOrder[] internal appOrders;
    DatasetOrder[] internal datasetOrders;
    WorkerpoolOrder[] internal poolOrders;
    RequestOrder[] internal requestOrders;
    mapping(bytes32 orderHash => OrderModel) internal orders;
    bytes32[] internal orderHashes;
    address[] internal consumers;

    // ------------------------------------------------------------------ publishing

    function publishApp() internal returns (uint256 place) {
        AppOrder memory o = makeOrders().app;
        o.appprice = anyPrice(2e9);
        o.volume = 1 + roll(12);
        if (oneIn(4)) o.tag = TEE;
        address owner = apps.ownerOf(uint160(app));
        bytes32 hash = digestOf(Typed.hash(o));
        if (oneIn(4)) {
            bytes32 operation = Typed.operation("App", Typed.APP, Typed.hash(o), OrderOperationKind.SIGN);
            (address who, bytes memory sign) = consent(owner, operation);
            call(
                who,
                abi.encodeCall(IHub.manageAppOrder, (AppOrderOperation(o, OrderOperationKind.SIGN, sign))),
                true,
                "sign app order"
            );
            o.sign = presigned(hash, owner);
        } else {
            o.sign = signature(owner, hash);
        }
        note(hash, o.volume, owner);
        if (appOrders.length < SHELF) {
            appOrders.push(o);
            return appOrders.length - 1;
        }
        appOrders[place = roll(SHELF)] = o;
    }

    function publishDataset() internal returns (uint256 place) {
        DatasetOrder memory o = makeOrders().dataset;
        o.datasetprice = anyPrice(2e9);
        o.volume = 1 + roll(12);
        address owner = datasets.ownerOf(uint160(dataset));
        bytes32 hash = digestOf(Typed.hash(o));
        if (oneIn(4)) {
            bytes32 operation = Typed.operation("Dataset", Typed.DATASET, Typed.hash(o), OrderOperationKind.SIGN);
            (address who, bytes memory sign) = consent(owner, operation);
            call(
                who,
                abi.encodeCall(IHub.manageDatasetOrder, (DatasetOrderOperation(o, OrderOperationKind.SIGN, sign))),
                true,
                "sign dataset order"
            );
            o.sign = presigned(hash, owner);
        } else {
            o.sign = signature(owner, hash);
        }
        note(hash, o.volume, owner);
        if (datasetOrders.length < SHELF) {
            datasetOrders.push(o);
            return datasetOrders.length - 1;
        }
        datasetOrders[place = roll(SHELF)] = o;
    }

    function publishPool() internal returns (uint256 place) {
        WorkerpoolOrder memory o = makeOrders().workerpool;
        o.workerpool = anyOf(poolList);
        o.workerpoolprice = anyPrice(5e9);
        o.volume = 1 + roll(8);
        address owner = pools.ownerOf(uint160(o.workerpool));
        bytes32 hash = digestOf(Typed.hash(o));
        if (oneIn(4)) {
            bytes32 operation = Typed.operation("Workerpool", Typed.WORKERPOOL, Typed.hash(o), OrderOperationKind.SIGN);
            (address who, bytes memory sign) = consent(owner, operation);
            call(
                who,
                abi.encodeCall(
                    IHub.manageWorkerpoolOrder, (WorkerpoolOrderOperation(o, OrderOperationKind.SIGN, sign))
                ),
                true,
                "sign workerpool order"
            );
            o.sign = presigned(hash, owner);
        } else {
            o.sign = signature(owner, hash);
        }
        note(hash, o.volume, owner);
        if (poolOrders.length < SHELF) {
            poolOrders.push(o);
            return poolOrders.length - 1;
        }
        poolOrders[place = roll(SHELF)] = o;
    }

    function publishRequest() internal returns (uint256 place) {
        Orders memory template = makeOrders();
        RequestOrder memory o = template.request;
        if (oneIn(2)) o.dataset = address(0);
        o.appmaxprice = 2e9;
        o.datasetmaxprice = 2e9;
        o.workerpoolmaxprice = 5e9;
        o.requester = anyOf(requesters);
        o.beneficiary = oneIn(3) ? address(0) : anyOf(requesters);
        if (oneIn(3)) o.callback = anyOf(consumers);
        o.volume = 1 + roll(5);
        o.trust = oneIn(2) ? roll(2) : roll(9);
        bytes32 hash = digestOf(Typed.hash(o));
        if (oneIn(4)) {
            bytes32 operation = Typed.operation("Request", Typed.REQUEST, Typed.hash(o), OrderOperationKind.SIGN);
            (address who, bytes memory sign) = consent(o.requester, operation);
            call(
                who,
                abi.encodeCall(IHub.manageRequestOrder, (RequestOrderOperation(o, OrderOperationKind.SIGN, sign))),
                true,
                "sign request order"
            );
            o.sign = presigned(hash, o.requester);
        } else {
            o.sign = signature(o.requester, hash);
        }
        note(hash, o.volume, o.requester);
        if (requestOrders.length < SHELF) {
            requestOrders.push(o);
            return requestOrders.length - 1;
        }
        requestOrders[place = roll(SHELF)] = o;
    }

    // ------------------------------------------------------------------ closing

    function closeApp() internal {
        if (appOrders.length == 0) publishApp();
        AppOrder memory o = appOrders[roll(appOrders.length)];
        address owner = apps.ownerOf(uint160(app));
        bytes32 operation = Typed.operation("App", Typed.APP, Typed.hash(o), OrderOperationKind.CLOSE);
        (address who, bytes memory sign) = consent(owner, operation);
        bytes memory data = abi.encodeCall(IHub.manageAppOrder, (AppOrderOperation(o, OrderOperationKind.CLOSE, sign)));
        if (sign.length == 0) call(other(who), data, false, "close a foreign app order");
        call(who, data, true, "close app order");
        closed(digestOf(Typed.hash(o)));
    }

    function closePool() internal {
        if (poolOrders.length == 0) publishPool();
        WorkerpoolOrder memory o = poolOrders[roll(poolOrders.length)];
        address owner = pools.ownerOf(uint160(o.workerpool));
        bytes32 operation = Typed.operation("Workerpool", Typed.WORKERPOOL, Typed.hash(o), OrderOperationKind.CLOSE);
        (address who, bytes memory sign) = consent(owner, operation);
        call(
            who,
            abi.encodeCall(IHub.manageWorkerpoolOrder, (WorkerpoolOrderOperation(o, OrderOperationKind.CLOSE, sign))),
            true,
            "close workerpool order"
        );
        closed(digestOf(Typed.hash(o)));
    }

    function closeDataset() internal {
        if (datasetOrders.length == 0) publishDataset();
        DatasetOrder memory o = datasetOrders[roll(datasetOrders.length)];
        address owner = datasets.ownerOf(uint160(dataset));
        bytes32 operation = Typed.operation("Dataset", Typed.DATASET, Typed.hash(o), OrderOperationKind.CLOSE);
        (address who, bytes memory sign) = consent(owner, operation);
        call(
            who,
            abi.encodeCall(IHub.manageDatasetOrder, (DatasetOrderOperation(o, OrderOperationKind.CLOSE, sign))),
            true,
            "close dataset order"
        );
        closed(digestOf(Typed.hash(o)));
    }

    function closeRequest() internal {
        if (requestOrders.length == 0) publishRequest();
        RequestOrder memory o = requestOrders[roll(requestOrders.length)];
        bytes32 operation = Typed.operation("Request", Typed.REQUEST, Typed.hash(o), OrderOperationKind.CLOSE);
        (address who, bytes memory sign) = consent(o.requester, operation);
        bytes memory data =
            abi.encodeCall(IHub.manageRequestOrder, (RequestOrderOperation(o, OrderOperationKind.CLOSE, sign)));
        if (sign.length == 0) call(other(who), data, false, "close a foreign request order");
        call(who, data, true, "close request order");
        closed(digestOf(Typed.hash(o)));
    }

    function closed(bytes32 hash) private {
        orders[hash].sold = orders[hash].volume;
        assertEq(hub.viewConsumed(hash), orders[hash].volume, "a closed order is consumed");
        count("order closed");
    }

    // ------------------------------------------------------------------ what is left

    function remaining(bytes32 hash) internal view returns (uint256) {
        return orders[hash].volume - orders[hash].sold;
    }

    /// @dev Whether `owner` stands behind the order.
    function agreed(bytes32 hash, address owner) internal view returns (bool) {
        return orders[hash].signer == owner || orders[hash].presigner == owner;
    }

    /// @dev Consumed volumes are as modelled, for every order there ever was.
    function checkVolumes() public view {
        for (uint256 i = 0; i < orderHashes.length; ++i) {
            bytes32 hash = orderHashes[i];
            assertEq(hub.viewConsumed(hash), orders[hash].sold, "consumed");
            assertEq(hub.viewPresigned(hash), orders[hash].presigner, "presigned");
            assertTrue(orders[hash].sold <= orders[hash].volume, "never more than its volume");
        }
    }

    // ------------------------------------------------------------------ signing

    /// @dev 65 bytes, or 64 as in EIP-2098.
    function signature(address who, bytes32 hash) private returns (bytes memory) {
        if (oneIn(2)) return signBy(who, hash);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[who], hash);
        return abi.encodePacked(r, uint256(s) | uint256(v - 27) << 255);
    }

    /// @dev Either the owner calls, or a stranger brings its signature of the operation.
    function consent(address owner, bytes32 operation) private returns (address who, bytes memory sign) {
        if (oneIn(2)) return (owner, "");
        return (stranger, signBy(owner, digestOf(operation)));
    }

    /// @dev No signature is needed, but when consent was with another owner the hub must not read nonsense as one.
    function presigned(bytes32 hash, address owner) private returns (bytes memory) {
        orders[hash].presigner = owner;
        count("order presigned");
        return new bytes(65);
    }

    function note(bytes32 hash, uint256 volume, address owner) private {
        OrderModel storage o = orders[hash];
        o.volume = volume;
        if (o.presigner == address(0)) o.signer = owner;
        orderHashes.push(hash);
        count("order published");
    }

    function other(address who) internal view returns (address) {
        return who == stranger ? broker : stranger;
    }
}
