// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/BoostMarket.sol";
import {Completion, SignedContribution} from "../src/interfaces/Batches.sol";

/// @notice Gas of what `Gas.t.sol` does not measure of orders, deals and tasks: the other operations on orders, publishing,
/// and the forms that do many steps at once.
/// forge-config: default.isolate = true
contract GasStepsTest is BoostMarket {
    bytes32 private constant DIGEST = keccak256("result");
    string private constant CONTRIBUTION =
        "Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)";

    function setUp() public override {
        super.setUp();
        signAndMatch(makeOrders()); // stays open: requester and scheduler have frozen funds
    }

    function snap(string memory name) private {
        vm.snapshotGasLastCall(name);
    }

    // ------------------------------------------------------------------ orders

    function test_managing() external {
        Orders memory o = makeOrders();
        manage(o, OrderOperationKind.SIGN, "SIGN");
        manage(o, OrderOperationKind.CLOSE, "CLOSE");
    }

    function manage(Orders memory o, OrderOperationKind kind, string memory name) private {
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, kind, ""));
        snap(string.concat("manageAppOrder ", name, " by owner"));
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, kind, ""));
        snap(string.concat("manageDatasetOrder ", name, " by owner"));
        vm.prank(scheduler);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.workerpool, kind, ""));
        snap(string.concat("manageWorkerpoolOrder ", name, " by owner"));
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, kind, ""));
        snap(string.concat("manageRequestOrder ", name, " by requester"));
    }

    function test_managing_by_signature() external {
        Orders memory o = makeOrders();
        bytes32 operation = Typed.operation("App", Typed.APP, Typed.hash(o.app), OrderOperationKind.SIGN);
        bytes memory sign = signBy(appOwner, digestOf(operation));
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.SIGN, sign));
        snap("manageAppOrder SIGN by signature");
    }

    function test_publishing() external {
        Orders memory o = signOrders(makeOrders());
        hub.broadcastAppOrder(o.app);
        snap("broadcastAppOrder");
        hub.broadcastDatasetOrder(o.dataset);
        snap("broadcastDatasetOrder");
        hub.broadcastWorkerpoolOrder(o.workerpool);
        snap("broadcastWorkerpoolOrder");
        hub.broadcastRequestOrder(o.request);
        snap("broadcastRequestOrder");
    }

    // ------------------------------------------------------------------ many at once

    function bag(uint256 size) private returns (Orders memory o) {
        o = makeOrders();
        o.request.volume = size;
    }

    function tenTasks(bytes32 dealid)
        private
        pure
        returns (bytes32[] memory dealids, uint256[] memory indexes, bytes32[] memory taskids)
    {
        (dealids, indexes, taskids) = (new bytes32[](10), new uint256[](10), new bytes32[](10));
        for (uint256 i = 0; i < 10; ++i) {
            (dealids[i], indexes[i], taskids[i]) = (dealid, i, keccak256(abi.encodePacked(dealid, i)));
        }
    }

    function test_opening_and_claiming_ten() external {
        (bytes32[] memory dealids, uint256[] memory indexes, bytes32[] memory taskids) = tenTasks(signAndMatch(bag(10)));
        hub.initializeArray(dealids, indexes);
        snap("initializeArray (10)");
        vm.warp(START + 10 * T);
        hub.claimArray(taskids);
        snap("claimArray (10, the first feeds an empty kitty)");
        vm.warp(START);
        (dealids, indexes,) = tenTasks(signAndMatch(bag(10)));
        vm.warp(START + 10 * T);
        hub.initializeAndClaimArray(dealids, indexes);
        snap("initializeAndClaimArray (10)");
    }

    function test_contributions_of_three_workers() external {
        Orders memory o = makeOrders();
        o.request.trust = 5;
        bytes32 taskid = openTask(o);
        SignedContribution[] memory list = new SignedContribution[](3);
        for (uint256 i = 0; i < 3; ++i) {
            list[i] = signed(workers[i], taskid);
        }
        vm.prank(scheduler);
        hub.contributeArray(list);
        snap("contributeArray (3 workers, consensus)");
    }

    function signed(address worker, bytes32 taskid) private view returns (SignedContribution memory c) {
        c.taskid = taskid;
        c.worker = worker;
        c.resultHash = resultHash(taskid, DIGEST);
        c.resultSeal = resultSeal(worker, taskid, DIGEST);
        c.authorizationSign = authorize(scheduler, worker, taskid, address(0));
        bytes32 typeHash = keccak256(bytes(CONTRIBUTION));
        c.workerSign = signBy(
            worker, digestOf(keccak256(abi.encode(typeHash, taskid, worker, c.resultHash, c.resultSeal, address(0))))
        );
    }

    function test_ten_results_of_open_tasks() external {
        Orders memory o = signOrders(withTee(bag(10)));
        bytes32 dealid = hub.matchOrdersAndInitialize(o.app, o.dataset, o.workerpool, o.request, 10);
        snap("matchOrdersAndInitialize, 4 fresh orders, 10 tasks");
        (,, bytes32[] memory taskids) = tenTasks(dealid);
        Completion[] memory list = new Completion[](10);
        for (uint256 i = 0; i < 10; ++i) {
            list[i].taskid = taskids[i];
            list[i].resultDigest = DIGEST;
            list[i].results = RESULTS;
            list[i].enclaveChallenge = enclave;
            list[i].enclaveSign = enclaveSign(workers[0], taskids[i], DIGEST);
            list[i].authorizationSign = authorize(scheduler, workers[0], taskids[i], enclave);
        }
        vm.prank(workers[0]);
        hub.contributeAndFinalizeArray(list);
        snap("contributeAndFinalizeArray (10) TEE, dataset");
    }

    function test_bundle() external {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IHub.transfer, (sponsor, 1));
        calls[1] = calls[0];
        vm.prank(requester);
        hub.multicall(calls);
        snap("multicall (2 transfers)");
    }

    function test_sponsored_boost() external {
        Orders memory o = signOrders(withTee(makeOrders()));
        vm.prank(sponsor);
        hub.sponsorMatchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        snap("sponsorMatchOrdersBoost, 4 fresh, TEE, dataset");
    }
}
