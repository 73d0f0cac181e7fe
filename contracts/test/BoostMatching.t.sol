// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/BoostMarket.sol";
import {ContractAccount, Group} from "./base/Actors.sol";
import {Log} from "./base/Test.sol";

/// @notice Boost matches: what they do, and every refusal.
contract BoostMatchingTest is BoostMarket {
    // ------------------------------------------------------------------ what a match does

    function test_deal_carries_what_the_orders_say() external {
        Orders memory o = withTee(makeOrders());
        o.request.callback = stranger;
        o.request.volume = 3;
        o.request.category = 1;
        o.workerpool.category = 1;
        o.workerpool.tag = bytes32(uint256(1) << 255 | 0x4d);
        o.request.tag = bytes32(uint256(1) << 255 | 0x4d);
        o.app.tag = TEE;
        bytes32 dealid = signAndMatchBoost(o);
        assertEq(dealid, keccak256(abi.encodePacked(digestOf(Typed.hash(o.request)), uint256(0))), "dealid");
        DealBoost memory d = hub.viewDealBoost(dealid);
        assertEq(d.appOwner, appOwner, "app owner");
        assertEq(d.appPrice, APP_PRICE, "app price");
        assertEq(d.datasetOwner, datasetOwner, "dataset owner");
        assertEq(d.datasetPrice, DATASET_PRICE, "dataset price");
        assertEq(d.workerpoolOwner, scheduler, "pool owner");
        assertEq(d.workerpoolPrice, POOL_PRICE, "pool price");
        assertEq(d.requester, requester, "requester");
        assertEq(d.workerReward, WORKER_REWARD, "worker reward");
        assertEq(d.callback, stranger, "callback");
        assertEq(d.deadline, START + 7 * 1200, "deadline");
        assertEq(d.botFirst, 0, "first");
        assertEq(d.botSize, 3, "size");
        assertEq(uint24(d.shortTag), 0x4d, "low end of the tag");
        assertEq(d.sponsor, requester, "sponsor");
        assertEq(hub.viewDeal(dealid).requester, address(0), "no ordinary deal");
    }

    function test_what_is_not_there_reads_as_zeros() external {
        assertEq(abi.encode(hub.viewDealBoost("none")), new bytes(14 * 32), "no deal");
        bytes32 ordinary = signAndMatch(makeOrders());
        assertEq(abi.encode(hub.viewDealBoost(ordinary)), new bytes(14 * 32), "an ordinary deal is none");
        DealBoost memory d = hub.viewDealBoost(signAndMatchBoost(withoutDataset(makeOrders())));
        assertEq(d.datasetOwner, address(0), "dataset owner");
        assertEq(d.callback, address(0), "callback");
    }

    function test_every_form_of_a_deal_reads_back() external {
        for (uint256 form = 0; form < 8; ++form) {
            Orders memory o = makeOrders();
            if (form & 1 == 0) o = withoutDataset(o);
            if (form & 2 != 0) o.request.callback = stranger;
            o = signOrders(o);
            vm.prank(form & 4 != 0 ? sponsor : requester);
            bytes32 dealid = hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
            DealBoost memory d = hub.viewDealBoost(dealid);
            assertEq(d.datasetOwner, form & 1 != 0 ? datasetOwner : address(0), "dataset owner");
            assertEq(d.datasetPrice, form & 1 != 0 ? DATASET_PRICE : 0, "dataset price");
            assertEq(d.callback, form & 2 != 0 ? stranger : address(0), "callback");
            assertEq(d.sponsor, form & 4 != 0 ? sponsor : requester, "sponsor");
            assertEq(d.requester, requester, "requester");
            assertEq(d.botSize, 1, "size");
        }
    }

    function test_match_locks_and_emits_in_order() external {
        Orders memory o = makeOrders();
        o.request.volume = 2;
        o.request.beneficiary = stranger;
        o = signOrders(o);
        remember();
        vm.recordLogs();
        bytes32 dealid = matchBoost(o);
        Log[] memory logs = vm.getRecordedLogs();
        assertDelta(requester, -int256(2 * TASK_PRICE), int256(2 * TASK_PRICE), "requester");
        assertDelta(scheduler, -int256(2 * SCHEDULER_STAKE), int256(2 * SCHEDULER_STAKE), "scheduler");
        assertSolvent();
        assertEq(logs.length, 6, "number of logs");
        assertLog(logs[0], "Transfer(address,address,uint256)", abi.encode(2 * TASK_PRICE));
        assertLog(logs[1], "Lock(address,uint256)", abi.encode(requester, 2 * TASK_PRICE));
        assertLog(logs[2], "Transfer(address,address,uint256)", abi.encode(2 * SCHEDULER_STAKE));
        assertLog(logs[3], "Lock(address,uint256)", abi.encode(scheduler, 2 * SCHEDULER_STAKE));
        assertLog(
            logs[4],
            "SchedulerNoticeBoost(address,bytes32,address,address,uint256,bytes32,string,address)",
            abi.encode(dealid, app, dataset, uint256(0), bytes32(0), o.request.params, stranger)
        );
        assertEq(logs[4].topics[1], bytes32(uint256(uint160(pool))), "notified pool");
        assertLog(
            logs[5],
            "OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)",
            abi.encode(
                dealid,
                digestOf(Typed.hash(o.app)),
                digestOf(Typed.hash(o.dataset)),
                digestOf(Typed.hash(o.workerpool)),
                digestOf(Typed.hash(o.request)),
                uint256(2)
            )
        );
    }

    function test_sponsor_pays_and_is_named() external {
        Orders memory o = signOrders(makeOrders());
        remember();
        vm.recordLogs();
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        Log[] memory logs = vm.getRecordedLogs();
        assertDelta(sponsor, -int256(TASK_PRICE), int256(TASK_PRICE), "sponsor");
        assertDelta(requester, 0, 0, "requester");
        assertEq(hub.viewDealBoost(dealid).sponsor, sponsor, "sponsor");
        assertEq(hub.viewDealBoost(dealid).requester, requester, "requester");
        assertLog(logs[6], "DealSponsoredBoost(bytes32,address)", abi.encode(dealid, sponsor));
    }

    function test_trust_zero_and_one_whatever_the_pool_offers() external {
        for (uint256 trust = 0; trust < 2; ++trust) {
            Orders memory o = makeOrders();
            o.request.trust = trust;
            o.workerpool.trust = 0;
            signAndMatchBoost(o);
        }
    }

    function test_consent_by_transaction_and_by_contracts() external {
        Orders memory o = signOrders(makeOrders());
        o.app.sign = "";
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.SIGN, ""));
        matchBoost(o);

        ContractAccount account = new ContractAccount();
        vm.prank(admin);
        rlc.transfer(requester, TASK_PRICE);
        vm.prank(requester);
        rlc.approve(address(hub), TASK_PRICE);
        vm.prank(requester);
        hub.depositFor(TASK_PRICE, address(account));
        o = makeOrders();
        o.request.requester = address(account);
        o = signOrders(o);
        expectReason("PocoBoost: Invalid request order signature");
        matchBoost(o);
        account.accept(digestOf(Typed.hash(o.request)));
        matchBoost(o);
        assertEq(hub.frozenOf(address(account)), TASK_PRICE, "the contract pays");
    }

    // ------------------------------------------------------------------ volumes, shared with ordinary deals

    function test_ordinary_and_boost_deals_share_the_volumes() external {
        Orders memory o = makeOrders();
        o.request.volume = 6;
        o.workerpool.volume = 2;
        o = signOrders(o);
        bytes32 requestHash = digestOf(Typed.hash(o.request));
        matchBoost(o);
        assertEq(hub.viewConsumed(requestHash), 2, "after Boost");
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.app))), 2, "of the app order");
        o.workerpool.salt = keccak256("second");
        o = signOrders(o);
        bytes32 dealid = matchOrders(o);
        assertEq(hub.viewDeal(dealid).botFirst, 2, "ordinary begins where Boost ended");
        assertEq(hub.viewConsumed(requestHash), 4, "after both");
        o.workerpool.salt = keccak256("third");
        o = signOrders(o);
        dealid = matchBoost(o);
        assertEq(hub.viewDealBoost(dealid).botFirst, 4, "and again");
        assertEq(dealid, keccak256(abi.encodePacked(requestHash, uint256(4))), "dealid");
        assertEq(hub.viewConsumed(requestHash), 6, "all");
        o.workerpool.salt = keccak256("fourth");
        o = signOrders(o);
        expectReason("PocoBoost: One or more orders consumed");
        matchBoost(o);
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
    }

    function test_an_ordinary_deal_first() external {
        Orders memory o = makeOrders();
        o.request.volume = 5;
        o.app.volume = 3;
        o = signOrders(o);
        matchOrders(o);
        o.app.salt = keccak256("second");
        o = signOrders(o);
        bytes32 dealid = matchBoost(o);
        assertEq(hub.viewDealBoost(dealid).botFirst, 3, "first");
        assertEq(hub.viewDealBoost(dealid).botSize, 2, "size");
    }

    function test_closed_orders() external {
        Orders memory o = signOrders(makeOrders());
        matchBoost(o);
        Orders memory next = o;
        next.request.salt = keccak256("next");
        next = signOrders(next);
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(next.request, OrderOperationKind.CLOSE, ""));
        expectReason("PocoBoost: One or more orders consumed");
        matchBoost(next);
    }

    function test_more_tasks_than_are_numbered() external {
        Orders memory o = withoutDataset(makeOrders());
        (o.app.appprice, o.workerpool.workerpoolprice) = (0, 0);
        (o.app.volume, o.workerpool.volume, o.request.volume) = (1 << 17, 65_536, 1 << 17);
        o = signOrders(o);
        vm.expectRevert(abi.encodeWithSignature("TooManyTasks(uint256,uint256)", 0, 65_536));
        matchBoost(o);
        o.workerpool.volume = 65_535;
        o = signOrders(o);
        assertEq(hub.viewDealBoost(matchBoost(o)).botSize, 65_535, "the most");
        o.workerpool.salt = keccak256("second");
        o.workerpool.volume = 1;
        o = signOrders(o);
        assertEq(hub.viewDealBoost(matchBoost(o)).botFirst, 65_535, "the last first");
        o.workerpool.salt = keccak256("third");
        o = signOrders(o);
        vm.expectRevert(abi.encodeWithSignature("TooManyTasks(uint256,uint256)", 65_536, 1));
        matchBoost(o);
    }

    // ------------------------------------------------------------------ refusals

    function test_every_refusal_has_its_text() external {
        for (uint256 i = 0; i < 27; ++i) {
            (Orders memory o, string memory reason) = refused(i);
            expectReason(string.concat("PocoBoost: ", reason));
            matchBoost(o);
        }
    }

    function refused(uint256 which) private returns (Orders memory o, string memory reason) {
        o = makeOrders();
        address nobody = address(new Group());
        if (which == 0) (o.request.trust, reason) = (2, "Bad trust level");
        if (which == 1) (o.request.category, reason) = (1, "Category mismatch");
        if (which == 2) (o.request.category, o.workerpool.category, reason) = (2, 2, "Unknown category");
        if (which == 3) (o.request.appmaxprice, reason) = (APP_PRICE - 1, "Overpriced app");
        if (which == 4) (o.request.datasetmaxprice, reason) = (DATASET_PRICE - 1, "Overpriced dataset");
        if (which == 5) (o.request.workerpoolmaxprice, reason) = (POOL_PRICE - 1, "Overpriced workerpool");
        if (which == 6) (o.app.tag, reason) = (bytes32(uint256(0x10)), "Workerpool tag does not match demand");
        if (which == 7) (o.request.tag, reason) = (TEE, "App tag does not match demand");
        if (which == 8) (o.request.app, reason) = (stranger, "App mismatch");
        if (which == 9) (o.request.dataset, reason) = (stranger, "Dataset mismatch");
        if (which == 10) (o.request.workerpool, reason) = (nobody, "Workerpool restricted by request order");
        if (which == 11) (o.app.datasetrestrict, reason) = (nobody, "Dataset restricted by app order");
        if (which == 12) (o.app.workerpoolrestrict, reason) = (stranger, "Workerpool restricted by app order");
        if (which == 13) (o.app.requesterrestrict, reason) = (stranger, "Requester restricted by app order");
        if (which == 14) (o.dataset.apprestrict, reason) = (nobody, "App restricted by dataset order");
        if (which == 15) (o.dataset.workerpoolrestrict, reason) = (nobody, "Workerpool restricted by dataset order");
        if (which == 16) (o.dataset.requesterrestrict, reason) = (nobody, "Requester restricted by dataset order");
        if (which == 17) (o.workerpool.apprestrict, reason) = (stranger, "App restricted by workerpool order");
        if (which == 18) (o.workerpool.datasetrestrict, reason) = (nobody, "Dataset restricted by workerpool order");
        if (which == 19) {
            (o.workerpool.requesterrestrict, reason) = (nobody, "Requester restricted by workerpool order");
        }
        // What is not registered: an asset of another registry, a contract of something else, and no contract at all.
        if (which == 20) (o.app.app, o.request.app, reason) = (dataset, dataset, "App not registered");
        if (which == 21) (o.dataset.dataset, o.request.dataset, reason) = (nobody, nobody, "Dataset not registered");
        if (which == 22) (o.workerpool.workerpool, reason) = (stranger, "Workerpool not registered");
        o = signOrders(o);
        if (which == 23) (o.app.sign, reason) = (o.request.sign, "Invalid app order signature");
        if (which == 24) (o.dataset.sign, reason) = (o.app.sign, "Invalid dataset order signature");
        if (which == 25) (o.workerpool.sign, reason) = (o.app.sign, "Invalid workerpool order signature");
        if (which == 26) (o.request.sign, reason) = (o.app.sign, "Invalid request order signature");
    }

    function test_a_policy_that_an_order_insists_on() external {
        Orders memory o = makeOrders();
        bytes8 magic = bytes8(keccak256("iExec PoCo workerpool policy, 1"));
        o.workerpool.salt = bytes32(abi.encodePacked(magic, uint64(35), uint8(5), bytes15("any")));
        o = signOrders(o);
        matchBoost(o);
        vm.prank(scheduler);
        (bool ok,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", 35, 6));
        assertTrue(ok, "policy");
        o.request.salt = keccak256("next");
        o = signOrders(o);
        vm.expectRevert(abi.encodeWithSignature("PolicyChanged(uint256,uint256)", 35, 6));
        matchBoost(o);
    }

    function test_too_little_money() external {
        Orders memory o = makeOrders();
        o.request.volume = 1_000;
        o = signOrders(o);
        expectReason("IexecEscrow: Transfer amount exceeds balance");
        matchBoost(o);
        vm.prank(stranger);
        expectReason("IexecEscrow: Transfer amount exceeds balance");
        hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        vm.prank(scheduler);
        hub.withdraw(DEPOSIT);
        o.request.volume = 1;
        o = signOrders(o);
        expectReason("IexecEscrow: Transfer amount exceeds balance");
        matchBoost(o);
    }

    function test_the_framework_of_a_dataset_does_not_count() external {
        Orders memory o = withTee(makeOrders());
        o.app.tag = bytes32(uint256(0x05));
        o.workerpool.tag = bytes32(uint256(0x05));
        o.dataset.tag = bytes32(uint256(0x03));
        assertEq(uint24(hub.viewDealBoost(signAndMatchBoost(o)).shortTag), 0x05, "tag");
    }

    function assertLog(Log memory log, string memory signature, bytes memory data) private pure {
        assertEq(log.topics[0], keccak256(bytes(signature)), signature);
        assertEq(log.data, data, signature);
    }
}
