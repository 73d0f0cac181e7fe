// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/BoostMarket.sol";
import {Log} from "./base/Test.sol";

/// @notice What could be done to Boost deals of the original, and cannot be done here, in either setting.
abstract contract AttacksBoost is BoostMarket {
    // ------------------------------------------------------------------ the sponsor's money

    /// @dev The original seized the requester's lock for a task that a sponsor paid: the push failed, or burnt what the
    /// requester had locked for something else while the sponsor's money stayed frozen for ever.
    function test_a_sponsored_task_is_paid_by_its_sponsor() external {
        bytes32 own = signAndMatchBoost(makeOrders()); // the requester has other funds locked
        Orders memory o = signOrders(makeOrders());
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        remember();
        push(workers[0], dealid, 0);
        assertDelta(sponsor, 0, -int256(TASK_PRICE), "sponsor");
        assertDelta(requester, 0, 0, "requester");
        push(workers[0], own, 0);
        assertDelta(requester, 0, -int256(TASK_PRICE), "requester pays its own");
        assertEq(hub.frozenOf(sponsor), 0, "nothing of the sponsor stays frozen");
        assertSolvent();
    }

    function test_a_sponsored_task_needs_no_money_of_the_requester() external {
        vm.prank(requester);
        hub.withdraw(DEPOSIT);
        Orders memory o = signOrders(makeOrders());
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        push(workers[0], dealid, 0);
        assertEq(hub.frozenOf(sponsor), 0, "paid");
    }

    function test_a_claim_gives_the_sponsor_its_money_back() external {
        Orders memory o = signOrders(makeOrders());
        remember();
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        vm.warp(START + 7 * T);
        hub.claimBoost(dealid, 0);
        assertDelta(sponsor, 0, 0, "sponsor");
        assertDelta(requester, 0, 0, "requester");
    }

    // ------------------------------------------------------------------ a dataset that is not there

    /// @dev In the original anybody could attach an unsigned dataset order without dataset but with a price: it was charged
    /// at the match and never released.
    function test_a_dataset_that_is_not_there_costs_nothing() external {
        Orders memory o = withoutDataset(makeOrders());
        o.request.datasetmaxprice = DATASET_PRICE;
        o = signOrders(o);
        o.dataset.datasetprice = DATASET_PRICE;
        remember();
        vm.prank(stranger);
        bytes32 dealid = matchBoost(o);
        assertDelta(requester, -int256(APP_PRICE + POOL_PRICE), int256(APP_PRICE + POOL_PRICE), "requester");
        assertEq(hub.viewDealBoost(dealid).datasetPrice, 0, "price");
        push(workers[0], dealid, 0);
        assertEq(hub.frozenOf(requester), 0, "nothing stays frozen");
        assertSolvent();
    }

    // ------------------------------------------------------------------ the kitty, see below

    function slash() internal returns (uint256 penalty) {
        Orders memory o = makeOrders();
        o.request.volume = 10;
        bytes32 dealid = signAndMatchBoost(o);
        vm.warp(block.timestamp + 7 * T);
        for (uint256 i = 0; i < 10; ++i) {
            hub.claimBoost(dealid, i);
        }
        penalty = hub.frozenOf(hub.kitty_address());
        assertEq(penalty, 10 * SCHEDULER_STAKE, "penalty");
    }

    /// @dev Three free tasks of the scheduler with itself.
    function farm() internal {
        for (uint256 i = 0; i < 3; ++i) {
            Orders memory o = withoutDataset(makeOrders());
            (o.app.appprice, o.workerpool.workerpoolprice) = (0, 0);
            push(workers[0], signAndMatchBoost(o), 0);
        }
    }

    // ------------------------------------------------------------------ the same results twice, signatures elsewhere

    function test_an_authorization_is_good_for_its_worker_and_task_alone() external {
        Orders memory o = makeOrders();
        o.request.volume = 2;
        bytes32 dealid = signAndMatchBoost(o);
        bytes memory authorization = authorize(scheduler, workers[0], taskOf(dealid, 0), address(0));
        expectReason("PocoBoost: Invalid contribution authorization signature");
        vm.prank(workers[1]);
        hub.pushResultBoost(dealid, 0, RESULTS, "", authorization, address(0), "");
        expectReason("PocoBoost: Invalid contribution authorization signature");
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 1, RESULTS, "", authorization, address(0), "");
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 0, RESULTS, "", authorization, address(0), "");
        expectReason("PocoBoost: Task status not unset");
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 0, RESULTS, "", authorization, address(0), "");
    }
}

/// @notice The usual setting.
contract AttacksBoostTest is AttacksBoost {
    /// @dev The original paid a tenth of the kitty, at least 1 RLC, for any task: whoever was slashed took everything back by
    /// free tasks that it gave to itself.
    function test_free_tasks_do_not_drain_the_kitty() external {
        uint256 penalty = slash();
        farm();
        assertEq(hub.frozenOf(hub.kitty_address()), penalty, "the kitty keeps it");
    }
}

/// @notice The strict setting: the sponsor and the dataset as above, the kitty as in the original.
contract AttacksBoostStrictTest is AttacksBoost {
    function deployHub(address previousHub) internal override returns (IHub) {
        return deployHub(address(rlc), previousHub, true);
    }

    function test_the_kitty_pays_as_in_the_original() external {
        uint256 penalty = slash();
        assertEq(penalty, 3e9, "three times the least part");
        vm.recordLogs();
        farm();
        assertEq(hub.frozenOf(hub.kitty_address()), 0, "drained");
        Log[] memory logs = vm.getRecordedLogs();
        bool seized;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != keccak256("Seize(address,uint256,bytes32)")) continue;
            (address who, uint256 amount,) = abi.decode(logs[i].data, (address, uint256, bytes32));
            if (who == hub.kitty_address()) {
                seized = true;
                assertEq(amount, 1e9, "part");
            }
        }
        assertTrue(seized, "seized from the kitty");
        assertSolvent();
    }
}
