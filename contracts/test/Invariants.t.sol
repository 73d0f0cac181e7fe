// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

/// @title Requesters, schedulers, honest and lying workers, acting at random while time passes
/// @notice Each action picks what it can do from what there is, so most calls succeed.
contract Crowd is Market {
    bytes32[] private _deals;
    bytes32[] private _tasks;
    mapping(bytes32 dealid => bytes32) private _dealHash;
    mapping(bytes32 dealid => uint256) private _opened;
    mapping(bytes32 taskid => TaskStatus) private _lastStatus;
    mapping(bytes32 taskid => mapping(address => bytes32)) private _digests;
    mapping(bytes32 orderHash => uint256) private _volumes;
    bytes32[] private _orderHashes;
    bool private _wrongEdge;

    // ------------------------------------------------------------------ actions

    function buy(uint256 appPrice, uint256 poolPrice, uint8 volume, uint8 trust, bool sponsored, bool data) external {
        Orders memory o = makeOrders();
        if (!data) o = withoutDataset(o);
        o.app.appprice = appPrice % 3e9;
        o.request.appmaxprice = o.app.appprice;
        o.workerpool.workerpoolprice = poolPrice % 5e9;
        o.request.workerpoolmaxprice = o.workerpool.workerpoolprice;
        o.request.volume = volume % 4 + 1;
        o.workerpool.volume = volume % 3 + 1;
        o.request.trust = trust % 9;
        o = signOrders(o);
        bytes32 dealid;
        if (sponsored) {
            vm.prank(sponsor);
            dealid = hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request);
        } else {
            dealid = matchOrders(o);
        }
        _deals.push(dealid);
        _dealHash[dealid] = keccak256(abi.encode(hub.viewDeal(dealid)));
        note(digestOf(Typed.hash(o.request)), o.request.volume);
        note(digestOf(Typed.hash(o.workerpool)), o.workerpool.volume);
    }

    function open(uint256 which) external watched {
        bytes32 dealid = pick(_deals, which);
        Deal memory d = hub.viewDeal(dealid);
        require(_opened[dealid] < d.botSize, "all open");
        _tasks.push(hub.initialize(dealid, d.botFirst + _opened[dealid]++));
    }

    function work(uint256 whichTask, uint256 whichWorker, uint8 opinion) external watched {
        bytes32 taskid = pickOpen(whichTask);
        address worker = pickIdle(taskid, whichWorker);
        bytes32 digest = keccak256(abi.encode("opinion", opinion % 8 == 0)); // one in eight lies
        _digests[taskid][worker] = digest;
        contribute(worker, taskid, digest);
    }

    function show(uint256 whichTask) external watched {
        for (uint256 n = 0; n < _tasks.length; ++n) {
            bytes32 taskid = _tasks[(whichTask % _tasks.length + n) % _tasks.length];
            Task memory t = hub.viewTask(taskid);
            if (t.status != TaskStatus.REVEALING || block.timestamp >= t.revealDeadline) continue;
            for (uint256 i = 0; i < t.contributors.length; ++i) {
                Contribution memory c = hub.viewContribution(taskid, t.contributors[i]);
                if (c.status == ContributionStatus.CONTRIBUTED && c.resultHash == t.consensusValue) {
                    reveal(t.contributors[i], taskid, _digests[taskid][t.contributors[i]]);
                    return;
                }
            }
        }
        revert("all revealed");
    }

    function publish(uint256 whichTask) external watched {
        finalize(pickRevealed(whichTask));
    }

    function workAndPublish(uint256 whichTask, uint256 whichWorker) external watched {
        bytes32 taskid = pickUntouched(whichTask);
        address worker = workers[whichWorker % workers.length];
        bytes memory authorization = authorize(scheduler, worker, taskid, address(0));
        vm.prank(worker);
        hub.contributeAndFinalize(taskid, keccak256("r"), RESULTS, "", address(0), "", authorization);
    }

    function reject(uint256 whichTask) external watched {
        bytes32 taskid = pickTask(whichTask, TaskStatus.REVEALING);
        uint256 deadline = hub.viewTask(taskid).revealDeadline;
        if (block.timestamp < deadline) vm.warp(deadline);
        vm.prank(scheduler);
        hub.reopen(taskid);
    }

    function giveUp(uint256 whichTask) external watched {
        for (uint256 i = 0; i < _tasks.length; ++i) {
            bytes32 taskid = _tasks[(whichTask % _tasks.length + i) % _tasks.length];
            Task memory t = hub.viewTask(taskid);
            if (t.status != TaskStatus.ACTIVE && t.status != TaskStatus.REVEALING) continue;
            if (block.timestamp < t.finalDeadline) {
                if (whichTask % 4 != 0) continue; // rarely let time run out
                vm.warp(t.finalDeadline);
            }
            hub.claim(taskid);
            return;
        }
        revert("nothing to claim");
    }

    function wait_(uint16 seconds_) external {
        vm.warp(block.timestamp + seconds_ % 100);
    }

    function move(uint256 from, uint256 to, uint256 amount) external {
        address[15] memory people = everybody();
        address sender = people[from % 15];
        require(sender != hub.kitty_address(), "nobody has its key");
        amount = amount % (hub.balanceOf(sender) / 10 + 1);
        vm.prank(sender);
        hub.transfer(people[to % 15], amount);
    }

    function cashOutAndIn(uint256 who, uint256 amount) external {
        address[15] memory people = everybody();
        address person_ = people[who % 15];
        require(person_ != hub.kitty_address(), "nobody has its key");
        amount = amount % (hub.balanceOf(person_) + 1);
        vm.prank(person_);
        hub.withdraw(amount);
        amount = rlc.balanceOf(person_) / 2;
        vm.prank(person_);
        rlc.approveAndCall(address(hub), amount, "");
    }

    // ------------------------------------------------------------------ what must always hold

    function checkLedger() external view {
        assertSolvent();
    }

    /// @dev What is frozen is exactly what deals and tasks still hold.
    function checkFrozen() external view {
        uint256 sellersAndKitty = 0;
        for (uint256 i = 0; i < _deals.length; ++i) {
            Deal memory d = hub.viewDeal(_deals[i]);
            uint256 perTask = d.app.price + d.dataset.price + d.workerpool.price + d.workerpool.price * 30 / 100;
            for (uint256 j = 0; j < d.botSize; ++j) {
                Task memory t = hub.viewTask(keccak256(abi.encodePacked(_deals[i], d.botFirst + j)));
                if (t.status == TaskStatus.COMPLETED || t.status == TaskStatus.FAILED) continue;
                sellersAndKitty += perTask + t.contributors.length * d.workerStake;
            }
        }
        sellersAndKitty += hub.frozenOf(hub.kitty_address());
        assertEq(hub.balanceOf(address(hub)), sellersAndKitty, "frozen of running deals, tasks and the kitty");
    }

    function checkDealsNeverChange() external view {
        for (uint256 i = 0; i < _deals.length; ++i) {
            assertEq(keccak256(abi.encode(hub.viewDeal(_deals[i]))), _dealHash[_deals[i]], "deal");
        }
    }

    function checkVolumes() external view {
        for (uint256 i = 0; i < _orderHashes.length; ++i) {
            assertTrue(hub.viewConsumed(_orderHashes[i]) <= _volumes[_orderHashes[i]], "consumed");
        }
    }

    function checkStatusGraph() external view {
        assertTrue(!_wrongEdge, "edge of the status graph");
        for (uint256 i = 0; i < _tasks.length; ++i) {
            Task memory t = hub.viewTask(_tasks[i]);
            assertTrue(t.contributionDeadline <= t.finalDeadline, "deadlines");
            assertTrue(t.revealCounter <= t.winnerCounter, "reveals");
            assertTrue(t.winnerCounter <= t.contributors.length, "winners");
        }
    }

    /// @dev Remembers a forbidden change of status rather than reverting, which would undo it.
    modifier watched() {
        _;
        for (uint256 i = 0; i < _tasks.length; ++i) {
            TaskStatus before = _lastStatus[_tasks[i]];
            TaskStatus now_ = hub.viewTask(_tasks[i]).status;
            if (before == now_) continue;
            _lastStatus[_tasks[i]] = now_;
            bool ends = now_ == TaskStatus.COMPLETED || now_ == TaskStatus.FAILED;
            bool allowed = (before == TaskStatus.UNSET && now_ == TaskStatus.ACTIVE)
                || (before == TaskStatus.ACTIVE && (now_ == TaskStatus.REVEALING || ends))
                || (before == TaskStatus.REVEALING && (now_ == TaskStatus.ACTIVE || ends));
            if (!allowed) _wrongEdge = true;
        }
    }

    // ------------------------------------------------------------------ picking

    function note(bytes32 orderHash, uint256 volume) private {
        _orderHashes.push(orderHash);
        _volumes[orderHash] = volume;
    }

    function pick(bytes32[] storage list, uint256 which) private view returns (bytes32) {
        require(list.length != 0, "none yet");
        return list[which % list.length];
    }

    /// @dev A task that takes contributions.
    function pickOpen(uint256 which) private view returns (bytes32) {
        for (uint256 i = 0; i < _tasks.length; ++i) {
            bytes32 taskid = _tasks[(which % _tasks.length + i) % _tasks.length];
            Task memory t = hub.viewTask(taskid);
            if (t.status == TaskStatus.ACTIVE && block.timestamp < t.contributionDeadline) return taskid;
        }
        revert("no open task");
    }

    /// @dev An open task of trust 1 without contributors.
    function pickUntouched(uint256 which) private view returns (bytes32) {
        for (uint256 i = 0; i < _tasks.length; ++i) {
            bytes32 taskid = _tasks[(which % _tasks.length + i) % _tasks.length];
            Task memory t = hub.viewTask(taskid);
            if (
                t.status == TaskStatus.ACTIVE && block.timestamp < t.contributionDeadline && t.contributors.length == 0
                    && hub.viewDeal(t.dealid).trust == 1
            ) return taskid;
        }
        revert("no untouched task");
    }

    /// @dev A task whose winners have all revealed, or some when time is up.
    function pickRevealed(uint256 which) private view returns (bytes32) {
        for (uint256 i = 0; i < _tasks.length; ++i) {
            bytes32 taskid = _tasks[(which % _tasks.length + i) % _tasks.length];
            Task memory t = hub.viewTask(taskid);
            if (t.status != TaskStatus.REVEALING || block.timestamp >= t.finalDeadline || t.revealCounter == 0) {
                continue;
            }
            if (t.revealCounter == t.winnerCounter || block.timestamp >= t.revealDeadline) return taskid;
        }
        revert("no revealed task");
    }

    /// @dev A worker that has not contributed to the task.
    function pickIdle(bytes32 taskid, uint256 which) private view returns (address worker) {
        for (uint256 i = 0; i < workers.length; ++i) {
            worker = workers[(which % workers.length + i) % workers.length];
            if (hub.viewContribution(taskid, worker).status == ContributionStatus.UNSET) return worker;
        }
        revert("everybody contributed");
    }

    function pickTask(uint256 which, TaskStatus status) private view returns (bytes32) {
        for (uint256 i = 0; i < _tasks.length; ++i) {
            bytes32 taskid = _tasks[(which % _tasks.length + i) % _tasks.length];
            if (hub.viewTask(taskid).status == status) return taskid;
        }
        revert("no such task");
    }
}

/// @notice Whatever the crowd does, money and states stay right.
contract InvariantsTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Crowd private _crowd;

    function setUp() external {
        _crowd = new Crowd();
        _crowd.setUp();
        // Something to work on from the first step.
        for (uint256 i = 0; i < 3; ++i) {
            _crowd.buy(1e9, 2e9, uint8(i), uint8(3 * i), i == 1, true);
            _crowd.open(i);
        }
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[16] memory all = [
            Crowd.buy.selector,
            Crowd.open.selector,
            Crowd.open.selector,
            Crowd.work.selector,
            Crowd.work.selector,
            Crowd.work.selector,
            Crowd.work.selector,
            Crowd.show.selector,
            Crowd.show.selector,
            Crowd.publish.selector,
            Crowd.workAndPublish.selector,
            Crowd.reject.selector,
            Crowd.giveUp.selector,
            Crowd.wait_.selector,
            Crowd.move.selector,
            Crowd.cashOutAndIn.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(_crowd);
        targets[0].selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) {
            targets[0].selectors[i] = all[i];
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_crowd);
    }

    function invariant_money_and_states() external view {
        _crowd.checkLedger();
        _crowd.checkFrozen();
        _crowd.checkDealsNeverChange();
        _crowd.checkVolumes();
        _crowd.checkStatusGraph();
    }
}
