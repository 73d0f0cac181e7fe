// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealModel} from "./Trading.sol";
import {TaskModels} from "./TaskModels.sol";
import "../base/Market.sol";

/// @title Boost deals of the same orders: matched, pushed in one go, claimed
abstract contract Boosting is TaskModels {
    bytes32[] private _boosts;
    /// @dev Deals with tasks left.
    bytes32[] private _left;

    function tradeBoost() internal {
        Attempt memory a = prepare();
        if (a.o.request.trust > 1 && !oneIn(8)) return tradeClassic(a);
        bool good = foreseen(a) && a.o.request.trust <= 1;
        bool own = a.sponsor == a.o.request.requester;
        bytes memory data = own
            ? abi.encodeCall(IHub.matchOrdersBoost, (a.o.app, a.o.dataset, a.o.workerpool, a.o.request))
            : abi.encodeCall(IHub.sponsorMatchOrdersBoost, (a.o.app, a.o.dataset, a.o.workerpool, a.o.request));
        bytes memory answer = call(own ? stranger : a.sponsor, data, good, "Boost match");
        if (!good) return;
        bytes32 dealid = newDeal(a, answer);
        DealModel storage d = book(a, dealid);
        _boosts.push(dealid);
        _left.push(dealid);
        count("Boost matched");
        count(own ? "Boost deal made" : "Boost deal sponsored");
        DealBoost memory shown = hub.viewDealBoost(dealid);
        checkBoost(a, d, shown);
        d.shown = keccak256(abi.encode(shown));
    }

    function checkBoost(Attempt memory a, DealModel storage d, DealBoost memory shown) private view {
        assertEq(shown.appOwner, d.appOwner, "app owner");
        assertEq(shown.appPrice, d.appPrice, "app price");
        assertEq(shown.datasetOwner, d.datasetOwner, "dataset owner");
        assertEq(shown.datasetPrice, d.datasetPrice, "dataset price");
        assertEq(shown.workerpoolOwner, d.scheduler, "workerpool owner");
        assertEq(shown.workerpoolPrice, d.poolPrice, "workerpool price");
        assertEq(shown.workerReward, workerReward(d), "worker's reward");
        assertEq(shown.requester, a.o.request.requester, "requester");
        assertEq(shown.sponsor, d.sponsor, "sponsor");
        assertEq(shown.callback, d.callback, "callback");
        assertEq(shown.deadline, d.start + 7 * T, "deadline");
        assertEq(shown.botFirst, d.first, "first");
        assertEq(shown.botSize, d.size, "size");
    }

    function workerReward(DealModel storage d) private view returns (uint256) {
        return d.poolPrice * (100 - d.schedulerRatio) / 100;
    }

    // ------------------------------------------------------------------ tasks

    /// @dev Some deals nobody works for.
    function forgottenBoost(bytes32 dealid) private pure returns (bool) {
        return uint256(dealid) % 6 == 0;
    }

    /// @dev Pushes the next result of some deal, or claims it when it is late.
    function finishBoost() internal returns (bool) {
        (bool found, uint256 place) = boostLeft();
        if (!found) return false;
        bytes32 dealid = _left[place];
        DealModel storage d = dealOf[dealid];
        bool late = block.timestamp >= d.start + 7 * T;
        bool data = d.callback != address(0);
        address worker = anyOf(workers);
        uint256 index = d.opened;
        call(worker, pushData(dealid, index, worker, data), !late, "Boost push");
        call(stranger, abi.encodeCall(IHub.claimBoost, (dealid, index)), late, "Boost claim");
        if (oneIn(8)) {
            call(worker, pushData(dealid, d.size, worker, data), false, "Boost push beyond");
            call(worker, pushData(dealid, index, worker, data), false, "Boost push twice");
        }
        if (++d.opened == d.size) {
            _left[place] = _left[_left.length - 1];
            _left.pop();
        }
        uint256 price = d.appPrice + d.datasetPrice + d.poolPrice;
        uint256 stake = d.poolPrice * 30 / 100;
        if (late) {
            unlock(d.sponsor, price);
            seize(d.scheduler, stake);
            feedKitty(stake);
            count("Boost claimed");
            return true;
        }
        paySellers(d);
        reward(worker, workerReward(d));
        reward(d.scheduler, d.poolPrice - workerReward(d));
        count("Boost pushed");
        return true;
    }

    function pushData(bytes32 dealid, uint256 index, address worker, bool withData)
        private
        view
        returns (bytes memory)
    {
        bytes32 taskid = keccak256(abi.encodePacked(dealid, index));
        DealModel storage d = dealOf[dealid];
        address teeBroker = hub.teebroker();
        address by = d.tee && teeBroker != address(0) ? teeBroker : d.scheduler;
        bytes memory data = withData ? bytes("data") : bytes("");
        bytes memory proof;
        if (d.tee) {
            bytes32 digest = keccak256(withData ? data : RESULTS);
            proof = signMessageBy(enclave, keccak256(abi.encodePacked(worker, taskid, digest)));
        }
        address challenge = d.tee ? enclave : address(0);
        bytes memory authorization = authorize(by, worker, taskid, challenge);
        return abi.encodeCall(IHub.pushResultBoost, (dealid, index, RESULTS, data, authorization, challenge, proof));
    }

    /// @dev A deal with something to do, beginning anywhere.
    function boostLeft() private returns (bool, uint256) {
        uint256 start = roll(_left.length + 1);
        for (uint256 i = 0; i < _left.length; ++i) {
            uint256 place = (start + i) % _left.length;
            if (!forgottenBoost(_left[place]) || block.timestamp >= dealOf[_left[place]].start + 7 * T) {
                return (true, place);
            }
        }
        return (false, 0);
    }

    // ------------------------------------------------------------------ what must always hold

    function checkBoosts() public view {
        for (uint256 i = 0; i < _boosts.length; ++i) {
            DealBoost memory shown = hub.viewDealBoost(_boosts[i]);
            assertEq(keccak256(abi.encode(shown)), dealOf[_boosts[i]].shown, "Boost deal");
        }
    }

    /// @dev What unfinished tasks of Boost deals hold.
    function heldByBoosts() internal view override returns (uint256 held) {
        for (uint256 i = 0; i < _boosts.length; ++i) {
            DealModel storage d = dealOf[_boosts[i]];
            uint256 each = d.appPrice + d.datasetPrice + d.poolPrice + d.poolPrice * 30 / 100;
            held += each * (d.size - d.opened);
        }
    }
}
