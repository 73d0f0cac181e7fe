// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

contract MatchingTest is Market {
    // ------------------------------------------------------------------ what a match does

    function test_deal_carries_what_the_orders_say() external {
        Orders memory o = makeOrders();
        o.request.callback = stranger;
        o.request.trust = 7;
        o.request.volume = 3;
        o.request.beneficiary = stranger;
        o.request.category = 1;
        o.workerpool.category = 1;
        o = withTee(o);
        bytes32 dealid = signAndMatch(o);

        bytes32 requestHash = digestOf(Typed.hash(o.request));
        assertEq(dealid, keccak256(abi.encodePacked(requestHash, uint256(0))), "dealid");
        Deal memory d = hub.viewDeal(dealid);
        assertEq(d.app.pointer, app, "app");
        assertEq(d.app.owner, appOwner, "app owner");
        assertEq(d.app.price, APP_PRICE, "app price");
        assertEq(d.dataset.pointer, dataset, "dataset");
        assertEq(d.dataset.owner, datasetOwner, "dataset owner");
        assertEq(d.dataset.price, DATASET_PRICE, "dataset price");
        assertEq(d.workerpool.pointer, pool, "pool");
        assertEq(d.workerpool.owner, scheduler, "pool owner");
        assertEq(d.workerpool.price, POOL_PRICE, "pool price");
        assertEq(d.trust, 7, "trust");
        assertEq(d.category, 1, "category");
        assertEq(d.tag, TEE, "tag");
        assertEq(d.requester, requester, "requester");
        assertEq(d.beneficiary, stranger, "beneficiary");
        assertEq(d.callback, stranger, "callback");
        assertEq(d.params, o.request.params, "params");
        assertEq(d.startTime, START, "start");
        assertEq(d.botFirst, 0, "first");
        assertEq(d.botSize, 3, "size");
        assertEq(d.workerStake, WORKER_STAKE, "worker stake");
        assertEq(d.schedulerRewardRatio, 5, "scheduler ratio");
        assertEq(d.sponsor, requester, "sponsor");
    }

    function test_match_locks_and_emits_in_order() external {
        Orders memory o = makeOrders();
        o.request.volume = 2;
        o = signOrders(o);
        remember();
        vm.recordLogs();
        bytes32 dealid = matchOrders(o);
        Log[] memory logs = vm.getRecordedLogs();

        assertDelta(requester, -int256(2 * TASK_PRICE), int256(2 * TASK_PRICE), "requester");
        assertDelta(scheduler, -int256(2 * SCHEDULER_STAKE), int256(2 * SCHEDULER_STAKE), "scheduler");
        assertSolvent();

        assertEq(logs.length, 6, "number of logs");
        assertLog(logs[0], "Transfer(address,address,uint256)", abi.encode(2 * TASK_PRICE));
        assertEq(logs[0].topics[1], bytes32(uint256(uint160(requester))), "from");
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(address(hub)))), "to");
        assertLog(logs[1], "Lock(address,uint256)", abi.encode(requester, 2 * TASK_PRICE));
        assertLog(logs[2], "Transfer(address,address,uint256)", abi.encode(2 * SCHEDULER_STAKE));
        assertLog(logs[3], "Lock(address,uint256)", abi.encode(scheduler, 2 * SCHEDULER_STAKE));
        assertLog(logs[4], "SchedulerNotice(address,bytes32)", abi.encode(dealid));
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

    function test_match_of_zero_prices_still_emits_everything() external {
        Orders memory o = withoutDataset(makeOrders());
        o.app.appprice = 0;
        o.workerpool.workerpoolprice = 0;
        o = signOrders(o);
        vm.recordLogs();
        bytes32 dealid = matchOrders(o);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 6, "number of logs");
        assertLog(logs[1], "Lock(address,uint256)", abi.encode(requester, 0));
        assertEq(hub.viewDeal(dealid).workerStake, 0, "stake");
    }

    function test_match_without_dataset_charges_none() external {
        // An unsigned dataset order with a price but no dataset must cost nothing.
        Orders memory o = withoutDataset(makeOrders());
        o.request.datasetmaxprice = DATASET_PRICE;
        o.dataset.datasetprice = DATASET_PRICE;
        o = signOrders(o);
        remember();
        vm.recordLogs();
        bytes32 dealid = matchOrders(o);
        Log[] memory logs = vm.getRecordedLogs();
        assertDelta(requester, -int256(APP_PRICE + POOL_PRICE), int256(APP_PRICE + POOL_PRICE), "requester");
        Deal memory d = hub.viewDeal(dealid);
        assertEq(d.dataset.pointer, address(0), "dataset");
        assertEq(d.dataset.price, 0, "dataset price");
        (,, bytes32 datasetHash,,,) = abi.decode(logs[5].data, (bytes32, bytes32, bytes32, bytes32, bytes32, uint256));
        assertEq(datasetHash, 0, "dataset hash in OrdersMatched");
    }

    function test_sponsor_pays_and_is_named() external {
        Orders memory o = signOrders(makeOrders());
        remember();
        vm.recordLogs();
        vm.prank(sponsor);
        bytes32 dealid = hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request);
        Log[] memory logs = vm.getRecordedLogs();
        assertDelta(sponsor, -int256(TASK_PRICE), int256(TASK_PRICE), "sponsor");
        assertDelta(requester, 0, 0, "requester");
        assertEq(hub.viewDeal(dealid).sponsor, sponsor, "sponsor of the deal");
        assertEq(hub.viewDeal(dealid).requester, requester, "requester of the deal");
        assertLog(logs[6], "DealSponsored(bytes32,address)", abi.encode(dealid, sponsor));
    }

    function test_trust_zero_becomes_one() external {
        Orders memory o = makeOrders();
        o.request.trust = 0;
        assertEq(hub.viewDeal(signAndMatch(o)).trust, 1, "trust");
    }

    function test_volumes_are_consumed_until_the_smallest_is_gone() external {
        Orders memory o = makeOrders();
        o.request.volume = 10;
        o.workerpool.volume = 4;
        o = signOrders(o);
        assertEq(hub.computeDealVolume(o.app, o.dataset, o.workerpool, o.request), 4, "volume");
        bytes32 first = matchOrders(o);
        assertEq(hub.viewDeal(first).botSize, 4, "first size");
        assertEq(hub.computeDealVolume(o.app, o.dataset, o.workerpool, o.request), 0, "pool order used up");
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);

        o.workerpool.salt = keccak256("another pool order");
        o.workerpool.volume = 100;
        o = signOrders(o);
        bytes32 second = matchOrders(o);
        bytes32 requestHash = digestOf(Typed.hash(o.request));
        assertEq(second, keccak256(abi.encodePacked(requestHash, uint256(4))), "second dealid");
        assertEq(hub.viewDeal(second).botFirst, 4, "second first");
        assertEq(hub.viewDeal(second).botSize, 6, "second size");
        assertEq(hub.viewConsumed(requestHash), 10, "consumed of the request");
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.app))), 10, "consumed of the app order");
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.dataset))), 10, "consumed of the dataset order");
        assertSolvent();
    }

    function test_any_workerpool_may_serve_an_open_request_and_policy_is_taken_at_match() external {
        address second = pools.createWorkerpool(scheduler, "second pool");
        Orders memory o = makeOrders();
        o.workerpool.workerpool = second;
        Deal memory d = hub.viewDeal(signAndMatch(o));
        assertEq(d.workerStake, POOL_PRICE * 30 / 100, "default stake");
        assertEq(d.schedulerRewardRatio, 1, "default ratio");
    }

    function test_asset_sold_between_signature_and_match_invalidates_the_order() external {
        Orders memory o = signOrders(makeOrders());
        vm.prank(appOwner);
        apps.transferFrom(appOwner, stranger, uint160(app));
        expectReason("iExecV5-matchOrders-0x21");
        matchOrders(o);
    }

    function test_terms_of_any_size_read_back() external {
        vm.prank(scheduler);
        (bool ok,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", 1 << 200, 5));
        assertTrue(ok, "policy");
        Orders memory o = makeOrders();
        o.request.trust = 1 << 250;
        o.request.tag = bytes32(uint256(1) << 255);
        o.request.beneficiary = stranger;
        o.request.callback = broker;
        o.workerpool.trust = 1 << 250;
        o.workerpool.tag |= o.request.tag;
        o = signOrders(o);
        vm.prank(sponsor);
        Deal memory d = hub.viewDeal(hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request));
        assertEq(d.app.pointer, app, "app");
        assertEq(d.app.owner, appOwner, "app owner");
        assertEq(d.app.price, APP_PRICE, "app price");
        assertEq(d.dataset.pointer, dataset, "dataset");
        assertEq(d.dataset.owner, datasetOwner, "dataset owner");
        assertEq(d.dataset.price, DATASET_PRICE, "dataset price");
        assertEq(d.workerpool.pointer, pool, "pool");
        assertEq(d.workerpool.owner, scheduler, "pool owner");
        assertEq(d.workerpool.price, POOL_PRICE, "pool price");
        assertEq(d.trust, 1 << 250, "trust");
        assertEq(d.tag, o.request.tag, "tag");
        assertEq(d.category, 0, "category");
        assertEq(d.workerStake, POOL_PRICE * (1 << 200) / 100, "stake");
        assertEq(d.schedulerRewardRatio, 5, "ratio");
        assertEq(d.startTime, START, "start");
        assertEq(d.botSize, 1, "size");
        assertEq(d.requester, requester, "requester");
        assertEq(d.beneficiary, stranger, "beneficiary");
        assertEq(d.callback, broker, "callback");
        assertEq(d.sponsor, sponsor, "sponsor");
        assertEq(d.params, o.request.params, "params");
    }

    function testFuzz_every_deal_reads_back(
        uint256[6] calldata numbers,
        address callback,
        address beneficiary,
        bool sponsored,
        bool withData,
        string calldata params
    ) external {
        Orders memory o = makeOrders();
        if (!withData) o = withoutDataset(o);
        o.request.trust = numbers[0] >> (numbers[0] % 256);
        o.workerpool.trust = type(uint256).max;
        o.request.tag = bytes32(numbers[1] >> (numbers[1] % 256)) & ~TEE;
        o.workerpool.tag = bytes32(type(uint256).max);
        o.app.appprice = numbers[2] % 100e9;
        o.request.appmaxprice = o.app.appprice;
        o.workerpool.workerpoolprice = 0;
        o.request.callback = callback;
        o.request.beneficiary = beneficiary;
        o.request.params = params;
        o.request.volume = numbers[3] % 8 + 1;
        o = signOrders(o);
        if (sponsored) vm.prank(sponsor);
        bytes32 dealid = sponsored
            ? hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request)
            : hub.matchOrders(o.app, o.dataset, o.workerpool, o.request);
        Deal memory d = hub.viewDeal(dealid);
        assertEq(d.trust, o.request.trust == 0 ? 1 : o.request.trust, "trust");
        assertEq(d.tag, o.request.tag, "tag");
        assertEq(d.app.price, o.app.appprice, "app price");
        assertEq(d.dataset.pointer, o.dataset.dataset, "dataset");
        assertEq(d.dataset.price, o.dataset.datasetprice, "dataset price");
        assertEq(d.callback, callback, "callback");
        assertEq(d.beneficiary, beneficiary, "beneficiary");
        assertEq(d.sponsor, sponsored ? sponsor : requester, "sponsor");
        assertEq(d.params, params, "params");
        assertEq(d.botSize, o.request.volume, "size");
    }

    function test_endless_orders() external {
        Orders memory o = withoutDataset(makeOrders());
        o.app.appprice = 0;
        o.workerpool.workerpoolprice = 0;
        o.app.volume = type(uint256).max;
        o.workerpool.volume = 1 << 100;
        o.request.volume = type(uint256).max;
        o = signOrders(o);
        assertEq(hub.computeDealVolume(o.app, o.dataset, o.workerpool, o.request), 1 << 100, "computed volume");
        bytes32 dealid = matchOrders(o);
        assertEq(hub.viewDeal(dealid).botSize, 1 << 100, "size");
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.app))), 1 << 100, "sold of the app");
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.request))), 1 << 100, "sold of the request");
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
        expectEmptyRevert();
        hub.initialize(dealid, 1 << 100);
        bytes32 taskid = hub.initialize(dealid, (1 << 100) - 1);
        assertEq(hub.viewTask(taskid).idx, (1 << 100) - 1, "index");

        // Another pool takes the rest.
        o.workerpool.volume = type(uint256).max;
        o = signOrders(o);
        dealid = matchOrders(o);
        assertEq(hub.viewDeal(dealid).botFirst, 1 << 100, "first");
        assertEq(hub.viewDeal(dealid).botSize, type(uint256).max - (1 << 100), "rest");
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.request))), type(uint256).max, "all sold");
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
        expectEmptyRevert();
        hub.initialize(dealid, type(uint256).max);
        hub.initialize(dealid, type(uint256).max - 1);
    }

    function test_long_params_work_and_longer_ones_are_refused() external {
        Orders memory o = makeOrders();
        uint256 maximum = 23_958;
        bytes memory params = new bytes(maximum);
        params[maximum - 1] = "x";
        o.request.params = string(params);
        assertEq(hub.viewDeal(signAndMatch(o)).params, o.request.params, "the longest");
        o = makeOrders();
        o.request.params = string(new bytes(maximum + 1));
        o = signOrders(o);
        vm.expectRevert(abi.encodeWithSignature("ParamsTooLong(uint256,uint256)", maximum + 1, maximum));
        matchOrders(o);
    }

    function test_a_request_leaves_no_trace_but_its_deal_until_the_second() external {
        Orders memory o = makeOrders();
        o.request.volume = 5;
        o.workerpool.volume = 2;
        bytes32 requestHash = digestOf(Typed.hash(o.request));
        assertEq(hub.viewConsumed(requestHash), 0, "nothing");
        signAndMatch(o);
        assertEq(hub.viewConsumed(requestHash), 2, "first deal");
        o.workerpool.salt = keccak256("second");
        assertEq(hub.viewDeal(signAndMatch(o)).botFirst, 2, "second deal");
        assertEq(hub.viewConsumed(requestHash), 4, "two deals");
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.CLOSE, ""));
        assertEq(hub.viewConsumed(requestHash), 5, "closed");
        o.workerpool.salt = keccak256("third");
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
    }

    function test_a_request_closed_after_its_first_deal_stays_closed() external {
        Orders memory o = makeOrders();
        o.request.volume = 5;
        o.workerpool.volume = 2;
        signAndMatch(o);
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.CLOSE, ""));
        o.workerpool.salt = keccak256("second");
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
    }

    function testFuzz_locked_is_price_times_volume(uint64 appPrice, uint64 poolPrice, uint8 volume) external {
        Orders memory o = makeOrders();
        uint256 v = uint256(volume) % 20 + 1;
        o.app.appprice = uint256(appPrice) % (20 * RLC_UNIT);
        o.request.appmaxprice = o.app.appprice;
        o.workerpool.workerpoolprice = uint256(poolPrice) % (20 * RLC_UNIT);
        o.request.workerpoolmaxprice = o.workerpool.workerpoolprice;
        o.request.volume = v;
        o = signOrders(o);
        remember();
        matchOrders(o);
        uint256 paid = (o.app.appprice + DATASET_PRICE + o.workerpool.workerpoolprice) * v;
        uint256 staked = o.workerpool.workerpoolprice * 30 / 100 * v;
        assertDelta(requester, -int256(paid), int256(paid), "requester");
        assertDelta(scheduler, -int256(staked), int256(staked), "scheduler");
        assertSolvent();
    }

    function assertLog(Log memory log, string memory signature, bytes memory data) private pure {
        assertEq(log.topics[0], keccak256(bytes(signature)), signature);
        assertEq(log.data, data, signature);
    }
}
