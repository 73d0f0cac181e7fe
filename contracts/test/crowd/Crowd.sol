// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Consumer} from "../base/Actors.sol";
import {Boosting} from "./Boosting.sol";
import {Burglar} from "./Consumers.sol";
import {Holding} from "./Holding.sol";
import {Mischief} from "./Mischief.sol";
import {Owning} from "./Owning.sol";
import {Stage} from "./Stage.sol";

/// @title Requesters, sponsors, schedulers, honest and lying workers, owners, holders and vandals, acting at random
/// @notice Each action looks for something it can do. When there is nothing, the crowd moves on to what makes work:
/// opening tasks, then trading.
contract Crowd is Mischief, Boosting, Holding, Owning {
    Burglar private _burglar;

    /// @param native_ whether the hub stakes the chain's coin.
    constructor(bool strict_, bool native_) Stage(strict_, native_) {}

    function setUp() public override {
        super.setUp();
        _burglar = new Burglar();
        consumers =
            [address(new Consumer()), address(new Consumer()), address(new Consumer()), address(_burglar), stranger];
        Consumer(consumers[1]).set(Consumer.Mood.REVERT);
        Consumer(consumers[2]).set(Consumer.Mood.BURN_GAS);
    }

    function buy(uint256 seed) external step(seed) {
        trade();
    }

    function buyBoost(uint256 seed) external step(seed) {
        tradeBoost();
    }

    function buyAndOpen(uint256 seed) external step(seed) {
        tradeAndOpen();
    }

    function contributeTogether(uint256 seed) external step(seed) {
        if (!workTogether() && !open()) drain();
    }

    function completeInBatches(uint256 seed) external step(seed) {
        bool opening = oneIn(2);
        if (opening && openAndCompleteMany()) return;
        if (!completeMany() && !openAndCompleteMany() && !open()) drain();
    }

    function pushBoost(uint256 seed) external step(seed) {
        if (!finishBoost()) tradeBoost();
    }

    function openTask(uint256 seed) external step(seed) {
        if (!open()) drain();
    }

    function contribute(uint256 seed) external step(seed) {
        if (!work() && !open()) drain();
    }

    function reveal(uint256 seed) external step(seed) {
        if (!show() && !work() && !open()) drain();
    }

    function finalize(uint256 seed) external step(seed) {
        if (!publish() && !show() && !work() && !open()) drain();
    }

    function contributeAndFinalize(uint256 seed) external step(seed) {
        if (!workAndPublish() && !open()) drain();
    }

    function reopen(uint256 seed) external step(seed) {
        if (!reject() && !publish() && !work() && !open()) drain();
    }

    function claim(uint256 seed) external step(seed) {
        if (!giveUp() && !publish() && !show() && !open()) drain();
    }

    function hold(uint256 seed) external step(seed) {
        holdMoney();
    }

    function manage(uint256 seed) external step(seed) {
        own();
    }

    function vandalize(uint256 seed) external step(seed) {
        misbehave();
    }

    /// @notice Waits for the next deadline of some task: to the second before it, or to it.
    function wait_(uint256 seed) external step(seed) {
        if (running.length == 0) return passTime(roll(100));
        bytes32 taskid = running[roll(running.length)];
        uint256 deadline = taskOf[taskid].revealDeadline;
        if (deadline <= block.timestamp) deadline = contributionDeadline(taskid);
        if (deadline <= block.timestamp) deadline = finalDeadline(taskid);
        if (deadline > block.timestamp && deadline < block.timestamp + 400) {
            passTime(deadline - block.timestamp - roll(2));
        } else {
            passTime(roll(100));
        }
    }

    /// @dev Work is done elsewhere: finish something or buy more.
    function drain() private {
        if (!giveUp() && !publish() && !show()) trade();
    }

    /// @notice Everything that there ever was is as it should be.
    function checkAll() external view {
        checkLedger();
        checkDeals();
        checkBoosts();
        checkVolumes();
        checkTasks();
        assertEq(_burglar.loot(), 0, "a callback got back in");
    }
}
