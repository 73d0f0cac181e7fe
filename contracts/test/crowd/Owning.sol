// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Orderbook} from "./Orderbook.sol";
import "../base/Market.sol";

/// @title What owners do: sell assets, change policies, close orders; and what the owner of the hub may do
abstract contract Owning is Orderbook {
    function own() internal {
        uint256 kind = roll(8);
        if (kind == 0) return sellApp();
        if (kind == 1) return sellDataset();
        if (kind == 2) return sellPool();
        if (kind == 3) return changePolicy();
        if (kind == 4) return closeApp();
        if (kind == 5) return closePool();
        if (kind == 6) return oneIn(2) ? closeDataset() : closeRequest();
        if (oneIn(2)) return importScore();
        // The broker comes and goes, and callbacks get more or less gas.
        call(admin, abi.encodeCall(IHub.setTeeBroker, (oneIn(2) ? broker : address(0))), true, "setTeeBroker");
        call(admin, abi.encodeCall(IHub.setCallbackGas, (50_000 + roll(150_000))), true, "setCallbackGas");
    }

    /// @dev Orders and consents of the seller stop counting; running deals keep paying the seller.
    function sellApp() private {
        address owner = apps.ownerOf(uint160(app));
        vm.prank(owner);
        apps.transferFrom(owner, anyOf(owners), uint160(app));
        count("asset sold");
    }

    function sellDataset() private {
        address owner = datasets.ownerOf(uint160(dataset));
        vm.prank(owner);
        datasets.transferFrom(owner, anyOf(owners), uint160(dataset));
        count("asset sold");
    }

    function sellPool() private {
        address which = anyOf(poolList);
        address owner = pools.ownerOf(uint160(which));
        vm.prank(owner);
        pools.transferFrom(owner, anyOf(schedulers), uint160(which));
        count("asset sold");
    }

    /// @dev Stakes of nothing, of a part, of more than the price; scheduler's share from nothing to all.
    function changePolicy() private {
        address which = anyOf(poolList);
        uint256 stakeRatio = oneIn(6) ? 0 : roll(150);
        uint256 rewardRatio = oneIn(6) ? 100 : roll(30);
        vm.prank(pools.ownerOf(uint160(which)));
        (bool done,) = which.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", stakeRatio, rewardRatio));
        assertTrue(done, "changePolicy");
        WorkerpoolView memory policy = hub.viewWorkerpool(which);
        assertEq(policy.m_workerStakeRatioPolicy, stakeRatio, "stake ratio");
        assertEq(policy.m_schedulerRewardRatioPolicy, rewardRatio, "reward ratio");
        count("policy changed");
    }

    mapping(address worker => bool) private _imported;

    /// @dev Once per worker, and only upwards.
    function importScore() private {
        address worker = anyOf(workers);
        uint256 points = roll(60);
        reputation.set(worker, points);
        call(stranger, abi.encodeCall(IHub.importScore, (worker)), !_imported[worker], "importScore");
        if (!_imported[worker] && points > score[worker]) score[worker] = points;
        _imported[worker] = true;
        count("score imported");
    }
}
