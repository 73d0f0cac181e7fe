// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Market.sol";

/// @title A market whose deals are of the Boost kind
abstract contract BoostMarket is Market {
    uint256 internal constant WORKER_REWARD = POOL_PRICE * 95 / 100;

    function matchBoost(Orders memory o) internal returns (bytes32 dealid) {
        return hub.matchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
    }

    function signAndMatchBoost(Orders memory o) internal returns (bytes32 dealid) {
        return matchBoost(signOrders(o));
    }

    function taskOf(bytes32 dealid, uint256 index) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(dealid, index));
    }

    /// @dev The worker hands in RESULTS without enclave and callback.
    function push(address worker, bytes32 dealid, uint256 index) internal {
        bytes memory authorization = authorize(scheduler, worker, taskOf(dealid, index), address(0));
        vm.prank(worker);
        hub.pushResultBoost(dealid, index, RESULTS, "", authorization, address(0), "");
    }

    /// @dev The worker hands in RESULTS from the enclave, authorized by `by`.
    function pushFromEnclave(address by, address worker, bytes32 dealid, bytes memory callbackData) internal {
        bytes32 taskid = taskOf(dealid, 0);
        bytes32 digest = keccak256(callbackData.length == 0 ? RESULTS : callbackData);
        bytes memory authorization = authorize(by, worker, taskid, enclave);
        bytes memory sign = signMessageBy(enclave, keccak256(abi.encodePacked(worker, taskid, digest)));
        vm.prank(worker);
        hub.pushResultBoost(dealid, 0, RESULTS, callbackData, authorization, enclave, sign);
    }

    function statusOf(bytes32 dealid, uint256 index) internal view returns (TaskStatus) {
        return hub.viewTask(taskOf(dealid, index)).status;
    }
}
