// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Intruder, TalkativeToken, TreacherousJudge} from "./base/Intruder.sol";

/// @notice Whoever's code the hub calls, calling back gains nothing: what is over cannot be done twice, and what the
/// stranger may do anyhow gives the same as doing it afterwards.
contract ReentrancyTest is Market {
    bytes private constant DATA = hex"c0ffee";
    Intruder private _intruder;

    function setUp() public override {
        super.setUp();
        _intruder = new Intruder();
        vm.prank(admin);
        hub.setCallbackGas(2_000_000); // as much as there can be
        vm.prank(requester);
        hub.transfer(address(_intruder), 100e9);
    }

    function plan(IHub where, bytes memory attempt) private {
        bytes[] memory attempts = new bytes[](1);
        attempts[0] = attempt;
        _intruder.plan(address(where), attempts);
    }

    /// @dev Sums over everybody, the intruder included.
    function assertBooks(IHub where, uint256 held) private view {
        address[15] memory known = everybody();
        uint256 balances = where.balanceOf(address(where)) + where.balanceOf(address(_intruder));
        uint256 frozen = where.frozenOf(address(_intruder));
        for (uint256 i = 0; i < known.length; ++i) {
            balances += where.balanceOf(known[i]);
            frozen += where.frozenOf(known[i]);
        }
        assertEq(balances, where.totalSupply(), "sum of balances");
        assertEq(frozen, where.balanceOf(address(where)), "what is frozen is covered");
        assertTrue(where.totalSupply() <= held, "tokens held");
    }

    /// @dev Everybody's account, to compare two histories.
    function fingerprint() private view returns (bytes32 print) {
        address[15] memory known = everybody();
        Account memory a = hub.viewAccount(address(_intruder));
        print = keccak256(abi.encode(a, hub.totalSupply(), rlc.balanceOf(address(_intruder))));
        for (uint256 i = 0; i < known.length; ++i) {
            print = keccak256(abi.encode(print, hub.viewAccount(known[i]), hub.viewScore(known[i])));
        }
    }

    // ------------------------------------------------------------------ callback

    /// @dev A deal of two tasks whose workerpool is the intruder's and whose callback it is too.
    function ownDeal() private returns (bytes32 dealid) {
        vm.prank(scheduler);
        pools.transferFrom(scheduler, address(_intruder), uint160(pool));
        Orders memory o = makeOrders();
        o.request.callback = address(_intruder);
        o.request.volume = 2;
        o = signOrders(o);
        vm.prank(address(_intruder));
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.workerpool, OrderOperationKind.SIGN, ""));
        return matchOrders(o);
    }

    function authorizeByConsent(address worker, bytes32 taskid) private returns (bytes memory) {
        // The intruder has no ERC-1271, so the broker authorizes in its place.
        vm.prank(admin);
        hub.setTeeBroker(broker);
        return authorize(broker, worker, taskid, enclave);
    }

    function revealed(bytes32 taskid) private {
        bytes32 digest = keccak256(DATA);
        address worker = workers[0];
        bytes memory authorization = authorizeByConsent(worker, taskid);
        bytes memory proof = enclaveSign(worker, taskid, digest);
        vm.prank(worker);
        hub.contribute(
            taskid, resultHash(taskid, digest), resultSeal(worker, taskid, digest), enclave, proof, authorization
        );
        reveal(worker, taskid, digest);
    }

    function finalizeByIntruder(bytes32 taskid) private {
        _intruder.call(address(hub), abi.encodeCall(IHub.finalize, (taskid, RESULTS, DATA)));
        assertEq(_intruder.outcomes(), 1, "it was called, and tried once");
    }

    /// @dev Scheduler, callback and attacker in one: it may finalize, so only the state of the task can stop it.
    function test_a_callback_cannot_touch_the_task_that_calls_it() external {
        bytes32 dealid = ownDeal();
        bytes32 taskid = hub.initialize(dealid, 0);
        revealed(taskid);
        bytes[7] memory attempts;
        attempts[0] = abi.encodeCall(IHub.finalize, (taskid, RESULTS, DATA));
        attempts[1] = abi.encodeCall(IHub.reopen, (taskid));
        attempts[2] = abi.encodeCall(IHub.claim, (taskid));
        attempts[3] = abi.encodeCall(IHub.initialize, (dealid, 0));
        attempts[4] = abi.encodeCall(IHub.reveal, (taskid, keccak256(DATA)));
        bytes32[] memory list = new bytes32[](1);
        list[0] = taskid;
        attempts[5] = abi.encodeCall(IHub.claimArray, (list));
        list[0] = dealid;
        attempts[6] = abi.encodeCall(IHub.initializeAndClaimArray, (list, new uint256[](1)));
        uint256 state = vm.snapshotState();
        for (uint256 i = 0; i < attempts.length; ++i) {
            plan(hub, attempts[i]);
            finalizeByIntruder(taskid);
            assertTrue(!_intruder.admitted(0), string.concat("attempt ", vm.toString(i)));
            assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.COMPLETED), "status");
            assertBooks(hub, rlc.balanceOf(address(hub)));
            vm.revertToState(state);
        }
    }

    function test_a_worker_that_is_the_callback_cannot_be_paid_twice() external {
        Orders memory o = makeOrders();
        o.request.callback = address(_intruder);
        bytes32 taskid = openTask(o);
        bytes memory authorization = authorize(scheduler, address(_intruder), taskid, address(0));
        bytes memory once = abi.encodeCall(
            IHub.contributeAndFinalize, (taskid, keccak256(DATA), RESULTS, DATA, address(0), "", authorization)
        );
        plan(hub, once);
        uint256 before = hub.balanceOf(address(_intruder));
        _intruder.call(address(hub), once);
        assertEq(_intruder.outcomes(), 1, "it tried");
        assertTrue(!_intruder.admitted(0), "twice");
        assertEq(hub.balanceOf(address(_intruder)) - before, POOL_PRICE * 95 / 100, "paid once");
        assertBooks(hub, rlc.balanceOf(address(hub)));
    }

    /// @dev Acting from inside a callback = acting right after it.
    function test_what_a_callback_may_do_gives_the_same_as_afterwards() external {
        bytes32 dealid = ownDeal();
        bytes32 taskid;
        bytes32 late = openTask(makeOtherOrders());
        vm.warp(START + 10 * T);
        Orders memory own = requestOfIntruder();
        taskid = revealedTask();

        bytes[7] memory attempts;
        attempts[0] = abi.encodeCall(IHub.withdraw, (hub.balanceOf(address(_intruder)) / 2));
        attempts[1] = abi.encodeCall(IHub.transfer, (stranger, 1e9));
        attempts[2] = abi.encodeCall(IHub.claim, (late));
        attempts[3] = abi.encodeCall(IHub.initialize, (dealid, 1));
        attempts[4] = abi.encodeCall(IHub.approve, (stranger, 1e9));
        attempts[5] = abi.encodeCall(IHub.matchOrders, (own.app, own.dataset, own.workerpool, own.request));
        attempts[6] = abi.encodeCall(IHub.sponsorMatchOrders, (own.app, own.dataset, own.workerpool, own.request));
        uint256 state = vm.snapshotState();
        for (uint256 i = 0; i < attempts.length; ++i) {
            plan(hub, attempts[i]);
            finalizeByIntruder(taskid);
            assertTrue(_intruder.admitted(0), string.concat("allowed ", vm.toString(i)));
            bytes32 inside = fingerprint();
            assertBooks(hub, rlc.balanceOf(address(hub)));
            vm.revertToState(state);

            _intruder.plan(address(hub), new bytes[](0));
            _intruder.call(address(hub), abi.encodeCall(IHub.finalize, (taskid, RESULTS, DATA)));
            _intruder.call(address(hub), attempts[i]);
            assertEq(fingerprint(), inside, string.concat("the same as afterwards: ", vm.toString(i)));
            vm.revertToState(state);
        }
    }

    /// @dev Of another workerpool, since the intruder owns the usual one by now.
    function makeOtherOrders() private returns (Orders memory o) {
        o = makeOrders();
        o.workerpool.workerpool = pools.createWorkerpool(scheduler, vm.toString(uint256(o.app.salt)));
    }

    /// @dev Orders whose request is the intruder's, with its consent on-chain.
    function requestOfIntruder() private returns (Orders memory o) {
        o = makeOtherOrders();
        o.request.requester = address(_intruder);
        o.app.sign = signBy(appOwner, digestOf(Typed.hash(o.app)));
        o.dataset.sign = signBy(datasetOwner, digestOf(Typed.hash(o.dataset)));
        o.workerpool.sign = signBy(scheduler, digestOf(Typed.hash(o.workerpool)));
        vm.prank(address(_intruder));
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.SIGN, ""));
    }

    /// @dev A task of the intruder's workerpool that can be finalized into its callback.
    function revealedTask() private returns (bytes32 taskid) {
        Orders memory o = makeOrders();
        o.request.callback = address(_intruder);
        o.app.sign = signBy(appOwner, digestOf(Typed.hash(o.app)));
        o.dataset.sign = signBy(datasetOwner, digestOf(Typed.hash(o.dataset)));
        o.request.sign = signBy(requester, digestOf(Typed.hash(o.request)));
        vm.prank(address(_intruder));
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.workerpool, OrderOperationKind.SIGN, ""));
        taskid = hub.initialize(matchOrders(o), 0);
        revealed(taskid);
    }

    // ------------------------------------------------------------------ judges

    /// @dev ERC-1271 and ERC-734 are asked by static calls: a judge that acts is a judge that fails.
    function test_a_judge_cannot_act() external {
        TreacherousJudge judge = new TreacherousJudge();
        vm.prank(requester);
        hub.transfer(address(judge), 100e9);
        Orders memory o = makeOrders();
        o.request.requester = address(judge);
        o = signOrders(o);
        judge.plan(address(hub), abi.encodeCall(IHub.withdraw, (1)), false);
        expectReason("iExecV5-matchOrders-0x50");
        matchOrders(o);
        judge.plan(address(hub), abi.encodeCall(IHub.withdraw, (1)), true);
        uint256 before = hub.totalSupply();
        matchOrders(o);
        assertEq(hub.totalSupply(), before, "it said yes, but could not withdraw meanwhile");
    }

    function test_a_group_cannot_act() external {
        TreacherousJudge group = new TreacherousJudge();
        Orders memory o = makeOrders();
        o.app.requesterrestrict = address(group);
        o = signOrders(o);
        group.plan(address(hub), abi.encodeCall(IHub.transfer, (address(this), 0)), false);
        expectReason("iExecV5-matchOrders-0x15");
        matchOrders(o);
    }

    /// @dev The same orders cannot be sold twice from inside their own match.
    function test_a_judge_cannot_match_inside_the_match() external {
        TreacherousJudge judge = new TreacherousJudge();
        vm.prank(requester);
        hub.transfer(address(judge), 100e9);
        Orders memory o = makeOrders();
        o.request.requester = address(judge);
        o = signOrders(o);
        bytes memory again = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        judge.plan(address(hub), again, true);
        matchOrders(o);
        assertEq(hub.viewConsumed(digestOf(Typed.hash(o.app))), 1, "sold once");
        assertEq(hub.frozenOf(address(judge)), TASK_PRICE, "paid once");
    }

    // ------------------------------------------------------------------ token

    function test_a_token_that_tells_both_sides_lets_nobody_count_twice() external {
        TalkativeToken token = new TalkativeToken();
        IHub other = deployHub(address(token), address(0), false);
        token.mint(address(_intruder), 100e9);
        token.mint(requester, 100e9);
        vm.prank(requester);
        other.deposit(50e9);

        address self = address(_intruder);
        bytes[6] memory entries;
        entries[0] = abi.encodeCall(IHub.deposit, (10e9));
        entries[1] = abi.encodeCall(IHub.depositFor, (10e9, self));
        entries[2] = abi.encodeCall(IHub.withdraw, (10e9));
        entries[3] = abi.encodeCall(IHub.withdrawTo, (10e9, self));
        entries[4] = abi.encodeCall(IHub.transfer, (self, 10e9));
        entries[5] = abi.encodeCall(IHub.receiveApproval, (self, 10e9, address(token), ""));
        _intruder.call(address(other), abi.encodeCall(IHub.deposit, (20e9)));
        uint256 state = vm.snapshotState();
        for (uint256 i = 0; i < entries.length; ++i) {
            for (uint256 j = 0; j < entries.length; ++j) {
                intrudeToken(other, token, entries[i], entries[j]);
                vm.revertToState(state);
            }
        }
    }

    /// @dev The intruder calls `outer`, and `inner` whenever the token tells it.
    function intrudeToken(IHub other, TalkativeToken token, bytes memory outer, bytes memory inner) private {
        address self = address(_intruder);
        plan(other, inner);
        _intruder.call(address(other), outer);
        assertEq(token.balanceOf(self) + other.balanceOf(self), 100e9, "neither more nor less than it had");
        assertEq(other.totalSupply(), token.balanceOf(address(other)), "every unit is backed");
        assertEq(other.balanceOf(requester), 50e9, "others keep theirs");
    }

    function test_withdrawing_all_while_withdrawing_all_fails() external {
        TalkativeToken token = new TalkativeToken();
        IHub other = deployHub(address(token), address(0), false);
        token.mint(address(_intruder), 100e9);
        _intruder.call(address(other), abi.encodeCall(IHub.deposit, (100e9)));
        token.mint(address(other), 100e9); // somebody else's, so that the token would not refuse
        plan(other, abi.encodeCall(IHub.withdraw, (100e9)));
        _intruder.call(address(other), abi.encodeCall(IHub.withdraw, (100e9)));
        assertTrue(_intruder.visits() != 0 && !_intruder.admitted(0), "it was told, tried, and was refused");
        assertEq(token.balanceOf(address(_intruder)), 100e9, "once");
    }

    // ------------------------------------------------------------------ spenders and receivers

    /// @dev approveAndCall of the stake tells the spender, which may spend its allowance once.
    function test_a_spender_spends_its_allowance_once() external {
        bytes[] memory attempts = new bytes[](2);
        attempts[0] = abi.encodeCall(IHub.transferFrom, (requester, address(_intruder), 5e9));
        attempts[1] = attempts[0];
        _intruder.plan(address(hub), attempts);
        uint256 before = hub.balanceOf(address(_intruder));
        vm.prank(requester);
        hub.approveAndCall(address(_intruder), 5e9, "");
        assertTrue(_intruder.admitted(0) && !_intruder.admitted(1), "once");
        assertEq(hub.balanceOf(address(_intruder)) - before, 5e9, "as much as allowed");
    }

    /// @dev The receiver of an asset is its owner already when it is asked, and can give it on; nobody loses track.
    function test_the_receiver_of_an_asset_may_pass_it_on_at_once() external {
        bytes[] memory attempts = new bytes[](1);
        attempts[0] = abi.encodeWithSignature(
            "transferFrom(address,address,uint256)", address(_intruder), stranger, uint160(app)
        );
        _intruder.plan(address(apps), attempts);
        vm.prank(appOwner);
        apps.safeTransferFrom(appOwner, address(_intruder), uint160(app));
        assertTrue(_intruder.admitted(0), "passed on");
        assertEq(apps.ownerOf(uint160(app)), stranger, "owner");
        assertEq(apps.balanceOf(address(_intruder)), 0, "nothing stays in its list");
        assertEq(apps.tokenOfOwnerByIndex(stranger, 0), uint160(app), "in the list of the new owner");
    }
}
