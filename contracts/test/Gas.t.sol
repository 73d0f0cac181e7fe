// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Completion} from "../src/interfaces/Batches.sol";

/// @notice Gas of each transaction, as a receipt would show it (every call is a transaction of its own, slots cold), in a
/// busy market: requester and scheduler have another deal running, workers are known and funded, app, dataset and
/// workerpool orders were matched before, the request is new. Written to `snapshots/GasTest.json`, which is checked in.
/// forge-config: default.isolate = true
contract GasTest is Market {
    bytes32 private constant DIGEST = keccak256("result");
    bytes private constant DATA =
        hex"00000000000000000000000000000000000000000000000000000000000000aa00000000000000000000000000000000000000000000000000000000000000bb";
    Orders private _standing;

    function setUp() public override {
        super.setUp();
        Orders memory o = makeOrders();
        o.request.trust = 5;
        bytes32 taskid = openTask(o);
        for (uint256 i = 0; i < 5; ++i) {
            if (i > 1) contribute(workers[i], taskid, DIGEST);
        }
        for (uint256 i = 2; i < 5; ++i) {
            reveal(workers[i], taskid, DIGEST);
        }
        finalize(taskid);
        for (uint256 round = 0; round < 2; ++round) {
            taskid = openTask(trusting(3));
            contribute(workers[0], taskid, DIGEST);
            contribute(workers[1], taskid, DIGEST);
            reveal(workers[0], taskid, DIGEST);
            reveal(workers[1], taskid, DIGEST);
            finalize(taskid);
        }
        signAndMatch(makeOrders()); // stays open: requester and scheduler have frozen funds
        _standing = withTee(signOrders(makeOrders()));
        matchOrders(signOrders(_standing));
    }

    function trusting(uint256 trust) private returns (Orders memory o) {
        o = makeOrders();
        o.request.trust = trust;
    }

    /// @dev App, dataset and workerpool orders that were matched before, and a new request.
    function reused() private returns (Orders memory o) {
        o = _standing;
        o.request = makeOrders().request;
        return signOrders(o);
    }

    function reusedWithoutDataset() private returns (Orders memory o) {
        o = _standing;
        delete o.dataset;
        o.request = withoutDataset(makeOrders()).request;
        return signOrders(o);
    }

    function snap(string memory name) private {
        vm.snapshotGasLastCall(name);
    }

    function test_assets() external {
        apps.createApp(stranger, "app name", "DOCKER", "docker.io/iexechub/vanityeth:1.1.1", keccak256("i"), "");
        snap("createApp (first of owner)");
        apps.createApp(stranger, "app nam2", "DOCKER", "docker.io/iexechub/vanityeth:1.1.1", keccak256("i"), "");
        snap("createApp (next)");
        datasets.createDataset(datasetOwner, "cat photos", "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ", 0);
        snap("createDataset (next)");
        pools.createWorkerpool(scheduler, "my workerpool");
        snap("createWorkerpool (next)");
        vm.prank(scheduler);
        (bool ok,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", 36, 6));
        snap("changePolicy");
        assertTrue(ok, "changePolicy");
    }

    function test_accounts() external {
        vm.prank(admin);
        rlc.transfer(requester, 10e9);
        vm.prank(requester);
        hub.withdraw(1e9);
        snap("withdraw");
        vm.prank(requester);
        rlc.approveAndCall(address(hub), 0.5e9, "");
        snap("RLC.approveAndCall -> deposit");
        vm.prank(requester);
        rlc.approve(address(hub), 0.5e9);
        snap("RLC.approve");
        vm.prank(requester);
        hub.deposit(0.4e9);
        snap("deposit (next)");
    }

    function test_matching() external {
        Orders memory o = signOrders(withTee(makeOrders()));
        matchOrders(o);
        snap("matchOrders, dataset, 4 fresh orders");
        o = reused();
        matchOrders(o);
        snap("matchOrders, dataset, app+ds+wp reused");
        o = reusedWithoutDataset();
        matchOrders(o);
        snap("matchOrders, no dataset, app+wp reused");
        o = reused();
        o.request.callback = stranger;
        matchOrders(signOrders(o));
        snap("matchOrders, dataset, callback");
        o = reused();
        vm.prank(sponsor);
        hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request);
        snap("sponsorMatchOrders, dataset, reused (sponsor's first)");
    }

    function test_one_worker_with_dataset() external {
        bytes32 dealid = matchOrders(reused());
        bytes32 taskid = hub.initialize(dealid, 0);
        snap("initialize");
        contribute(workers[0], taskid, DIGEST, enclave);
        snap("contribute TEE, single worker, consensus");

        dealid = signAndMatch(trusting(1));
        taskid = hub.initialize(dealid, 0);
        contribute(workers[1], taskid, DIGEST);
        snap("contribute, single worker, consensus");
        reveal(workers[1], taskid, DIGEST);
        snap("reveal (first)");
        finalize(taskid);
        snap("finalize, 1 worker, dataset");

        taskid = openTask(withoutDataset(trusting(1)));
        contribute(workers[0], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        finalize(taskid);
        snap("finalize, 1 worker, no dataset");
    }

    function test_three_workers_trust_5() external {
        bytes32 taskid = openTask(trusting(5));
        contribute(workers[0], taskid, DIGEST);
        snap("contribute 1/3");
        contribute(workers[1], taskid, DIGEST);
        snap("contribute 2/3");
        contribute(workers[2], taskid, DIGEST);
        snap("contribute 3/3 (consensus)");
        reveal(workers[0], taskid, DIGEST);
        reveal(workers[1], taskid, DIGEST);
        snap("reveal (next)");
        reveal(workers[2], taskid, DIGEST);
        finalize(taskid);
        snap("finalize, 3 workers");
    }

    function test_contributeAndFinalize() external {
        bytes32 taskid = hub.initialize(matchOrders(reused()), 0);
        bytes memory authorization = authorize(scheduler, workers[0], taskid, enclave);
        bytes memory enclaveSignature = enclaveSign(workers[0], taskid, DIGEST);
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", enclave, enclaveSignature, authorization);
        snap("contributeAndFinalize TEE, dataset");

        taskid = openTask(withoutDataset(trusting(1)));
        authorization = authorize(scheduler, workers[0], taskid, address(0));
        vm.prank(workers[0]);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", address(0), "", authorization);
        snap("contributeAndFinalize no TEE, no dataset");
    }

    function test_bag_of_ten_in_an_enclave() external {
        Orders memory o = reused();
        o.request.volume = 10;
        bytes32 dealid = matchOrders(signOrders(o));
        snap("matchOrders, dataset, volume 10");
        uint256[] memory indexes = new uint256[](10);
        Completion[] memory completions = new Completion[](10);
        for (uint256 i = 0; i < 10; ++i) {
            bytes32 taskid = keccak256(abi.encodePacked(dealid, i));
            indexes[i] = i;
            completions[i].taskid = taskid;
            completions[i].resultDigest = DIGEST;
            completions[i].results = RESULTS;
            completions[i].enclaveChallenge = enclave;
            completions[i].enclaveSign = enclaveSign(workers[0], taskid, DIGEST);
            completions[i].authorizationSign = authorize(scheduler, workers[0], taskid, enclave);
        }
        vm.prank(workers[0]);
        hub.initializeAndContributeAndFinalizeArray(dealid, indexes, completions);
        snap("initializeAndContributeAndFinalizeArray(10) TEE, dataset");

        o = reused();
        hub.matchOrdersAndInitialize(o.app, o.dataset, o.workerpool, o.request, 1);
        snap("matchOrdersAndInitialize, dataset, app+ds+wp reused");
    }

    /// @dev Long params and many workers: what a worker pays must stay far below what it is ready to spend.
    function test_twenty_contributors_and_4_kB_of_params() external {
        Orders memory o = trusting(1e6);
        o.workerpool.trust = 1e6;
        o.request.params = string(new bytes(4_096));
        bytes32 taskid = openTask(o);
        for (uint256 i = 0; i < 20; ++i) {
            address worker = person(0x1000 + i);
            fund(worker);
            contribute(worker, taskid, DIGEST);
        }
        assertTrue(snapBelow("contribute 20/20, trust 1,000,000, 4 kB params", 300_000), "contribute");
        for (uint256 i = 0; i < 20; ++i) {
            reveal(vm.addr(0x1000 + i), taskid, DIGEST);
            if (i == 0) assertTrue(snapBelow("reveal 1/20", 60_000), "reveal");
        }
        snap("reveal 20/20");
        finalize(taskid);
        snap("finalize, 20 workers (their first scores)");
    }

    function snapBelow(string memory name, uint256 limit) private returns (bool) {
        return vm.snapshotGasLastCall(name) < limit;
    }

    function test_ends() external {
        bytes32 untouched = openTask(trusting(1));
        bytes32 one = openTask(trusting(5));
        contribute(workers[0], one, DIGEST);
        bytes32 silent = openTask(trusting(1));
        contribute(workers[1], silent, DIGEST);
        vm.warp(START + 2 * T);
        vm.prank(scheduler);
        hub.reopen(silent);
        snap("reopen (1 contributor)");
        vm.warp(START + 10 * T);
        hub.claim(silent); // the kitty exists from here on
        hub.claim(untouched);
        snap("claim, no contribution");
        hub.claim(one);
        snap("claim, 1 contributor");

        vm.warp(START + 11 * T);
        bytes32 taskid = openTask(trusting(1));
        contribute(workers[0], taskid, DIGEST);
        reveal(workers[0], taskid, DIGEST);
        finalize(taskid);
        snap("finalize, kitty > 0 (last of it)");
    }

    function test_orders() external {
        Orders memory o = makeOrders();
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.SIGN, ""));
        snap("manageAppOrder SIGN by owner");
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.CLOSE, ""));
        snap("manageRequestOrder CLOSE by requester");
    }

    function contribute(address worker, bytes32 taskid, bytes32 digest, address challenge) private {
        bytes memory authorization = authorize(scheduler, worker, taskid, challenge);
        bytes memory enclaveSignature = enclaveSign(worker, taskid, digest);
        vm.prank(worker);
        hub.contribute(
            taskid,
            resultHash(taskid, digest),
            resultSeal(worker, taskid, digest),
            challenge,
            enclaveSignature,
            authorization
        );
    }
}

/// @notice What a proxy in front of the hub adds to a transaction: compare with the same names of `GasTest`.
/// forge-config: default.isolate = true
contract GasBehindProxyTest is Market {
    function deployHub(address previousHub) internal override returns (IHub) {
        address implementation = address(super.deployHub(previousHub));
        return IHub(vm.deployCode("ERC1967Proxy.sol:ERC1967Proxy", abi.encode(implementation, admin)));
    }

    function test_initialize_and_reveal() external {
        bytes32 dealid = signAndMatch(makeOrders());
        bytes32 taskid = hub.initialize(dealid, 0);
        vm.snapshotGasLastCall("initialize");
        contribute(workers[0], taskid, keccak256("result"));
        reveal(workers[0], taskid, keccak256("result"));
        vm.snapshotGasLastCall("reveal (first)");
    }
}
