// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Orderbook} from "./Orderbook.sol";
import "../base/Market.sol";

/// @notice What the tests know of a deal.
struct DealModel {
    /// keccak256 of what the hub showed when the deal was made.
    bytes32 shown;
    address scheduler;
    address sponsor;
    address appOwner;
    address datasetOwner;
    address pool;
    address callback;
    uint256 appPrice;
    uint256 datasetPrice;
    uint256 poolPrice;
    uint256 workerStake;
    uint256 schedulerRatio;
    uint256 trust;
    bool tee;
    uint256 start;
    uint256 first;
    uint256 size;
    uint256 opened;
}

/// @title Orders meet: every deal is foreseen field by field, or its refusal is
abstract contract Trading is Orderbook {
    bytes32[] internal deals;
    mapping(bytes32 dealid => DealModel) internal dealOf;

    /// @dev The orders of one attempt, their hashes, and the volume that they should sell.
    struct Attempt {
        Orders o;
        bytes32 app;
        bytes32 dataset;
        bytes32 pool;
        bytes32 request;
        address sponsor;
        address scheduler;
        uint256 volume;
    }

    function trade() internal {
        Attempt memory a = prepare();
        tradeClassic(a);
    }

    /// @dev What fits, after publishing what is missing; one time in ten, whatever is at hand.
    function prepare() internal returns (Attempt memory a) {
        bool careless = oneIn(10);
        a.o.request = requestOrders[usableRequest(careless)];
        a.request = digestOf(Typed.hash(a.o.request));
        a.o.app = appOrders[usableApp(careless)];
        a.app = digestOf(Typed.hash(a.o.app));
        a.o.workerpool = poolOrders[usablePool(careless)];
        a.pool = digestOf(Typed.hash(a.o.workerpool));
        if (a.o.request.dataset != address(0)) {
            a.o.dataset = datasetOrders[usableDataset(careless)];
            a.dataset = digestOf(Typed.hash(a.o.dataset));
        }
        a.sponsor = oneIn(3) ? anyOf(people) : a.o.request.requester;
        if (a.sponsor == address(hub) || a.sponsor == kitty) a.sponsor = sponsor; // nobody has their key
        a.scheduler = pools.ownerOf(uint160(a.o.workerpool.workerpool));
        a.volume = foreseenVolume(a);
    }

    function tradeClassic(Attempt memory a) internal {
        bool good = foreseen(a);
        bytes memory answer;
        if (a.sponsor == a.o.request.requester) {
            bytes memory data = abi.encodeCall(IHub.matchOrders, (a.o.app, a.o.dataset, a.o.workerpool, a.o.request));
            answer = call(anyOf(people), data, good, "match");
        } else {
            bytes memory data =
                abi.encodeCall(IHub.sponsorMatchOrders, (a.o.app, a.o.dataset, a.o.workerpool, a.o.request));
            answer = call(a.sponsor, data, good, "sponsored match");
            if (good) count("match sponsored");
        }
        if (good) bookClassic(a, newDeal(a, answer));
    }

    function newDeal(Attempt memory a, bytes memory answer) internal view returns (bytes32 dealid) {
        dealid = abi.decode(answer, (bytes32));
        assertEq(dealid, keccak256(abi.encodePacked(a.request, orders[a.request].sold)), "deal id");
        assertEq(dealOf[dealid].shown, 0, "deal is new");
    }

    /// @dev What the match does to the books.
    function book(Attempt memory a, bytes32 dealid) internal returns (DealModel storage d) {
        d = dealOf[dealid];
        d.scheduler = a.scheduler;
        d.sponsor = a.sponsor;
        d.appOwner = apps.ownerOf(uint160(app));
        d.pool = a.o.workerpool.workerpool;
        d.callback = a.o.request.callback;
        d.appPrice = a.o.app.appprice;
        d.poolPrice = a.o.workerpool.workerpoolprice;
        if (a.dataset != 0) {
            d.datasetOwner = datasets.ownerOf(uint160(dataset));
            d.datasetPrice = a.o.dataset.datasetprice;
            orders[a.dataset].sold += a.volume;
        }
        WorkerpoolView memory policy = hub.viewWorkerpool(d.pool);
        d.workerStake = d.poolPrice * policy.m_workerStakeRatioPolicy / 100;
        d.schedulerRatio = policy.m_schedulerRewardRatioPolicy;
        d.trust = a.o.request.trust == 0 ? 1 : a.o.request.trust;
        d.tee = a.o.app.tag == TEE;
        d.start = block.timestamp;
        d.first = orders[a.request].sold;
        d.size = a.volume;
        orders[a.app].sold += a.volume;
        orders[a.pool].sold += a.volume;
        orders[a.request].sold += a.volume;
        lock(d.sponsor, (d.appPrice + d.datasetPrice + d.poolPrice) * a.volume);
        lock(d.scheduler, d.poolPrice * 30 / 100 * a.volume);
    }

    function bookClassic(Attempt memory a, bytes32 dealid) internal {
        DealModel storage d = book(a, dealid);
        deals.push(dealid);
        count("deal made");

        Deal memory shown = hub.viewDeal(dealid);
        checkSellers(a, d, shown);
        checkTerms(a, d, shown);
        d.shown = keccak256(abi.encode(shown));
    }

    function checkSellers(Attempt memory a, DealModel storage d, Deal memory shown) private view {
        assertEq(shown.app.pointer, app, "app");
        assertEq(shown.app.owner, d.appOwner, "app owner");
        assertEq(shown.app.price, d.appPrice, "app price");
        assertEq(shown.dataset.pointer, a.o.request.dataset, "dataset");
        assertEq(shown.dataset.owner, d.datasetOwner, "dataset owner");
        assertEq(shown.dataset.price, d.datasetPrice, "dataset price");
        assertEq(shown.workerpool.pointer, d.pool, "workerpool");
        assertEq(shown.workerpool.owner, d.scheduler, "workerpool owner");
        assertEq(shown.workerpool.price, d.poolPrice, "workerpool price");
        assertEq(shown.workerStake, d.workerStake, "worker stake");
        assertEq(shown.schedulerRewardRatio, d.schedulerRatio, "scheduler's share");
    }

    function checkTerms(Attempt memory a, DealModel storage d, Deal memory shown) private view {
        assertEq(shown.trust, d.trust, "trust");
        assertEq(shown.category, 0, "category");
        assertEq(shown.tag, d.tee ? TEE : bytes32(0), "tag");
        assertEq(shown.requester, a.o.request.requester, "requester");
        assertEq(shown.beneficiary, a.o.request.beneficiary, "beneficiary");
        assertEq(shown.callback, d.callback, "callback");
        assertEq(shown.params, a.o.request.params, "params");
        assertEq(shown.startTime, d.start, "start");
        assertEq(shown.botFirst, d.first, "first");
        assertEq(shown.botSize, d.size, "size");
        assertEq(shown.sponsor, d.sponsor, "sponsor");
    }

    // ------------------------------------------------------------------ foresight

    function foreseenVolume(Attempt memory a) private view returns (uint256 volume) {
        volume = remaining(a.request);
        if (remaining(a.app) < volume) volume = remaining(a.app);
        if (remaining(a.pool) < volume) volume = remaining(a.pool);
        if (a.dataset != 0 && remaining(a.dataset) < volume) volume = remaining(a.dataset);
    }

    function foreseen(Attempt memory a) internal view returns (bool) {
        if (a.volume == 0) return false;
        if (!agreed(a.app, apps.ownerOf(uint160(app))) || !agreed(a.pool, a.scheduler)) return false;
        if (a.dataset != 0 && !agreed(a.dataset, datasets.ownerOf(uint160(dataset)))) return false;
        uint256 price = a.o.app.appprice + a.o.dataset.datasetprice + a.o.workerpool.workerpoolprice;
        uint256 stake = a.o.workerpool.workerpoolprice * 30 / 100 * a.volume;
        if (a.sponsor == a.scheduler) return free[a.sponsor] >= price * a.volume + stake;
        return free[a.sponsor] >= price * a.volume && free[a.scheduler] >= stake;
    }

    function usableRequest(bool careless) private returns (uint256) {
        uint256 count_ = requestOrders.length;
        if (count_ == 0) return publishRequest();
        uint256 first = roll(count_);
        if (careless) return first;
        for (uint256 i = 0; i < count_; ++i) {
            uint256 place = (first + i) % count_;
            if (remaining(digestOf(Typed.hash(requestOrders[place]))) != 0) return place;
        }
        return publishRequest();
    }

    function usableApp(bool careless) private returns (uint256) {
        uint256 count_ = appOrders.length;
        if (count_ == 0) return publishApp();
        uint256 first = roll(count_);
        if (careless) return first;
        address owner = apps.ownerOf(uint160(app));
        for (uint256 i = 0; i < count_; ++i) {
            uint256 place = (first + i) % count_;
            bytes32 hash = digestOf(Typed.hash(appOrders[place]));
            if (remaining(hash) != 0 && agreed(hash, owner)) return place;
        }
        return publishApp();
    }

    function usableDataset(bool careless) private returns (uint256) {
        uint256 count_ = datasetOrders.length;
        if (count_ == 0) return publishDataset();
        uint256 first = roll(count_);
        if (careless) return first;
        address owner = datasets.ownerOf(uint160(dataset));
        for (uint256 i = 0; i < count_; ++i) {
            uint256 place = (first + i) % count_;
            bytes32 hash = digestOf(Typed.hash(datasetOrders[place]));
            if (remaining(hash) != 0 && agreed(hash, owner)) return place;
        }
        return publishDataset();
    }

    function usablePool(bool careless) private returns (uint256) {
        uint256 count_ = poolOrders.length;
        if (count_ == 0) return publishPool();
        uint256 first = roll(count_);
        if (careless) return first;
        for (uint256 i = 0; i < count_; ++i) {
            uint256 place = (first + i) % count_;
            WorkerpoolOrder memory o = poolOrders[place];
            bytes32 hash = digestOf(Typed.hash(o));
            if (remaining(hash) != 0 && agreed(hash, pools.ownerOf(uint160(o.workerpool)))) return place;
        }
        return publishPool();
    }

    // ------------------------------------------------------------------ what must always hold

    /// @dev No deal ever changes.
    function checkDeals() public view {
        for (uint256 i = 0; i < deals.length; ++i) {
            assertEq(keccak256(abi.encode(hub.viewDeal(deals[i]))), dealOf[deals[i]].shown, "deal");
        }
    }
}
