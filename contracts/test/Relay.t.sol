// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

/// @notice Orders published in the log.
contract RelayTest is Market {
    event BroadcastAppOrder(AppOrder apporder);
    event BroadcastDatasetOrder(DatasetOrder datasetorder);
    event BroadcastWorkerpoolOrder(WorkerpoolOrder workerpoolorder);
    event BroadcastRequestOrder(RequestOrder requestorder);

    function test_each_order_is_in_its_event_whole() external {
        Orders memory o = signOrders(makeOrders());
        vm.recordLogs();
        hub.broadcastAppOrder(o.app);
        hub.broadcastDatasetOrder(o.dataset);
        hub.broadcastWorkerpoolOrder(o.workerpool);
        hub.broadcastRequestOrder(o.request);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 4, "events");
        assertLog(logs[0], BroadcastAppOrder.selector, abi.encode(o.app));
        assertLog(logs[1], BroadcastDatasetOrder.selector, abi.encode(o.dataset));
        assertLog(logs[2], BroadcastWorkerpoolOrder.selector, abi.encode(o.workerpool));
        assertLog(logs[3], BroadcastRequestOrder.selector, abi.encode(o.request));
    }

    function test_anybody_may_publish_and_nothing_follows() external {
        Orders memory o = makeOrders();
        vm.prank(stranger);
        hub.broadcastRequestOrder(o.request);
        bytes32 hash = digestOf(Typed.hash(o.request));
        assertEq(hub.viewPresigned(hash), address(0), "not signed");
        assertEq(hub.viewConsumed(hash), 0, "not consumed");
    }

    function assertLog(Log memory log, bytes32 topic, bytes memory data) private view {
        assertEq(log.emitter, address(hub), "emitter");
        assertEq(log.topics.length, 1, "topics");
        assertEq(log.topics[0], topic, "event");
        assertEq(log.data, data, "order");
    }
}
