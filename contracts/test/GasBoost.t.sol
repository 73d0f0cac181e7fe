// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/BoostMarket.sol";
import {Consumer} from "./base/Actors.sol";

/// @notice Gas of Boost, measured as in `Gas.t.sol`. Written to `snapshots/GasBoostTest.json`.
/// forge-config: default.isolate = true
contract GasBoostTest is BoostMarket {
    bytes private constant DATA =
        hex"00000000000000000000000000000000000000000000000000000000000000aa00000000000000000000000000000000000000000000000000000000000000bb";
    Orders private _standing;

    function setUp() public override {
        super.setUp();
        bytes32 dealid = signAndMatchBoost(makeOrders());
        push(workers[0], dealid, 0);
        signAndMatchBoost(makeOrders()); // stays open: requester and scheduler have frozen funds
        _standing = signOrders(withTee(makeOrders()));
        matchBoost(_standing);
    }

    function reused() private returns (Orders memory o) {
        o = _standing;
        o.request = makeOrders().request;
        return signOrders(o);
    }

    function snap(string memory name) private returns (uint256) {
        return vm.snapshotGasLastCall(name);
    }

    function test_enclave_and_dataset() external {
        bytes32 dealid = matchBoost(reused());
        uint256 total = snap("matchOrdersBoost TEE, dataset, reused");
        pushFromEnclave(scheduler, workers[0], dealid, "");
        total += snap("pushResultBoost TEE, dataset");
        // The original: 612,235.
        assertTrue(total * 100 <= 612_235 * 60, "S7 at most 0.60 of the original");
        signAndMatchBoost(withTee(makeOrders()));
        snap("matchOrdersBoost, 4 fresh, TEE, dataset");
    }

    function test_enclave_dataset_and_callback() external {
        Orders memory o = reused();
        o.request.callback = address(new Consumer());
        bytes32 dealid = signAndMatchBoost(o);
        snap("matchOrdersBoost TEE, dataset, callback, reused");
        pushFromEnclave(scheduler, workers[0], dealid, DATA);
        snap("pushResultBoost TEE, dataset, callback (64 B)");
    }

    function test_plain() external {
        Orders memory o = _standing;
        delete o.dataset;
        o.app.tag = 0;
        o.request = withoutDataset(makeOrders()).request;
        o = signOrders(o);
        o.request.salt = keccak256("first");
        matchBoost(signOrders(o));
        o.request.salt = keccak256("second");
        bytes32 dealid = matchBoost(signOrders(o));
        snap("matchOrdersBoost, no TEE, no dataset, reused");
        push(workers[0], dealid, 0);
        snap("pushResultBoost, no TEE, no dataset");
    }

    function test_claim() external {
        bytes32 dealid = matchBoost(reused());
        vm.warp(block.timestamp + 7 * T);
        hub.claimBoost(dealid, 0);
        snap("claimBoost");
    }
}
