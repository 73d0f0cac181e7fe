// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "../../src/interfaces/IHub.sol";
import "../../src/interfaces/IRegistries.sol";
import "../../src/interfaces/Orders.sol";
import "../../src/interfaces/Views.sol";
import {Test} from "./Test.sol";
import {Typed} from "./Typed.sol";

/// @notice The four orders of a match.
struct Orders {
    AppOrder app;
    DatasetOrder dataset;
    WorkerpoolOrder workerpool;
    RequestOrder request;
}

/// @title A market with one of everything, and people with keys and money
/// @notice Prices per task: app 0.1, dataset 0.2, workerpool 1 RLC; worker stake 35 %, scheduler's share 5 %.
abstract contract Market is Test {
    uint256 internal constant RLC_UNIT = 1e9;
    uint256 internal constant APP_PRICE = 0.1e9;
    uint256 internal constant DATASET_PRICE = 0.2e9;
    uint256 internal constant POOL_PRICE = 1e9;
    uint256 internal constant TASK_PRICE = APP_PRICE + DATASET_PRICE + POOL_PRICE;
    uint256 internal constant SCHEDULER_STAKE = 0.3e9;
    uint256 internal constant WORKER_STAKE = 0.35e9;
    uint256 internal constant DEPOSIT = 1_000e9;
    uint256 internal constant START = 1_700_000_000;
    /// @dev Time reference in seconds of category 0, which the default orders ask for.
    uint256 internal constant T = 300;
    /// @dev Whether hubs behave as the original where its weak points are closed.
    bool internal constant STRICT_BY_DEFAULT = false;
    bytes32 internal constant TEE = bytes32(uint256(1));
    bytes internal constant RESULTS =
        '{ "storage": "ipfs", "location": "/ipfs/QmWfXJxiMWGf1tQYw6Ehjp3UaLJYcjwzuFbLCPb2tLzzsD" }';

    IHub internal hub;
    IRLC internal rlc;
    IAppRegistry internal apps;
    IDatasetRegistry internal datasets;
    IWorkerpoolRegistry internal pools;

    /// @dev Keys by address, so that whoever must sign can.
    mapping(address => uint256) internal keyOf;
    address internal admin = person(0xA1);
    address internal appOwner = person(0xA2);
    address internal datasetOwner = person(0xA3);
    address internal scheduler = person(0xA4);
    address internal requester = person(0xA5);
    address internal sponsor = person(0xA6);
    address internal broker = person(0xA7);
    address internal enclave = person(0xA8);
    address internal stranger = person(0xA9);
    address[] internal workers;

    address internal app;
    address internal dataset;
    address internal pool;

    uint256 private _salt;

    function setUp() public virtual {
        vm.warp(START);
        for (uint256 i = 0; i < 6; ++i) {
            workers.push(person(0xB0 + i));
        }
        deployContracts();
        app = apps.createApp(appOwner, "app", "DOCKER", "repo/app", keccak256("image"), "");
        dataset = datasets.createDataset(datasetOwner, "data", "/ipfs/data", keccak256("file"));
        pool = pools.createWorkerpool(scheduler, "pool");
        vm.prank(scheduler);
        (bool ok,) = pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", 35, 5));
        assertTrue(ok, "changePolicy");
        fund(requester);
        fund(scheduler);
        fund(sponsor);
        for (uint256 i = 0; i < workers.length; ++i) {
            fund(workers[i]);
        }
    }

    function deployContracts() internal virtual {
        rlc = IRLC(vm.deployCode("RLC.sol:RLC", abi.encode(admin)));
        apps =
            IAppRegistry(vm.deployCode("AppRegistry.sol:AppRegistry", abi.encode(admin, "uri/app/", address(0), true)));
        datasets = IDatasetRegistry(
            vm.deployCode("DatasetRegistry.sol:DatasetRegistry", abi.encode(admin, "uri/dataset/", address(0), true))
        );
        pools = IWorkerpoolRegistry(
            vm.deployCode("WorkerpoolRegistry.sol:WorkerpoolRegistry", abi.encode(admin, "uri/pool/", address(0), true))
        );
        hub = deployHub(address(0));
        createCategories();
    }

    /// @param previousHub whose scores can be imported, or zero.
    function deployHub(address previousHub) internal virtual returns (IHub) {
        return deployHub(address(rlc), previousHub, STRICT_BY_DEFAULT);
    }

    /// @param token zero for a hub that stakes the chain's coin.
    function deployHub(address token, address previousHub, bool strict) internal returns (IHub) {
        address accounts = vm.deployCode(
            token != address(0) ? "HubAccounts.sol:HubAccounts" : "HubNativeAccounts.sol:HubNativeAccounts",
            abi.encode(token, address(apps), address(datasets), address(pools), previousHub, admin, strict)
        );
        address boost = vm.deployCode("HubBoost.sol:HubBoost", abi.encode(accounts));
        address orders = vm.deployCode("HubOrders.sol:HubOrders", abi.encode(boost));
        address extension = vm.deployCode("HubExtension.sol:HubExtension", abi.encode(orders));
        return IHub(vm.deployCode("Hub.sol:Hub", abi.encode(extension)));
    }

    function createCategories() internal {
        Category[] memory categories = new Category[](2);
        categories[0] = Category("XS", "{}", T);
        categories[1] = Category("S", "{}", 1200);
        vm.prank(admin);
        hub.createCategories(categories);
    }

    // ------------------------------------------------------------------ people

    function person(uint256 key) internal returns (address who) {
        who = vm.addr(key);
        keyOf[who] = key;
    }

    function fund(address who) internal virtual {
        vm.prank(admin);
        rlc.transfer(who, DEPOSIT);
        vm.prank(who);
        rlc.approveAndCall(address(hub), DEPOSIT, "");
    }

    function signBy(address who, bytes32 digest) internal view returns (bytes memory) {
        require(keyOf[who] != 0, "test: nobody's key");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[who], digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev EIP-191 signature of a hash.
    function signMessageBy(address who, bytes32 hash) internal view returns (bytes memory) {
        return signBy(who, keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", hash)));
    }

    // ------------------------------------------------------------------ orders

    /// @dev Unsigned orders with dataset, volume 1, trust 1, no tag.
    function makeOrders() internal returns (Orders memory o) {
        o.app.app = app;
        o.app.appprice = APP_PRICE;
        o.app.volume = 1_000;
        o.app.salt = bytes32(++_salt);
        o.dataset.dataset = dataset;
        o.dataset.datasetprice = DATASET_PRICE;
        o.dataset.volume = 1_000;
        o.dataset.salt = bytes32(_salt);
        o.workerpool.workerpool = pool;
        o.workerpool.workerpoolprice = POOL_PRICE;
        o.workerpool.volume = 1_000;
        o.workerpool.tag = TEE;
        o.workerpool.trust = 1_000;
        o.workerpool.salt = bytes32(_salt);
        o.request.app = app;
        o.request.appmaxprice = APP_PRICE;
        o.request.dataset = dataset;
        o.request.datasetmaxprice = DATASET_PRICE;
        o.request.workerpoolmaxprice = POOL_PRICE;
        o.request.requester = requester;
        o.request.volume = 1;
        o.request.trust = 1;
        o.request.beneficiary = requester;
        o.request.params = '{"iexec_args":"--width 640","iexec_result_storage_provider":"ipfs"}';
        o.request.salt = bytes32(_salt);
    }

    function withoutDataset(Orders memory o) internal pure returns (Orders memory) {
        delete o.dataset;
        o.request.dataset = address(0);
        o.request.datasetmaxprice = 0;
        return o;
    }

    function withTee(Orders memory o) internal pure returns (Orders memory) {
        o.app.tag = TEE;
        return o;
    }

    function signOrders(Orders memory o) internal view returns (Orders memory) {
        o.app.sign = signBy(appOwner, digestOf(Typed.hash(o.app)));
        if (o.dataset.dataset != address(0)) o.dataset.sign = signBy(datasetOwner, digestOf(Typed.hash(o.dataset)));
        o.workerpool.sign = signBy(scheduler, digestOf(Typed.hash(o.workerpool)));
        o.request.sign = signBy(requester, digestOf(Typed.hash(o.request)));
        return o;
    }

    /// @dev EIP-712 digest of a struct hash in the hub's domain.
    function digestOf(bytes32 structHash) internal view returns (bytes32) {
        return Typed.digest(Typed.domainSeparator(address(hub), block.chainid), structHash);
    }

    function matchOrders(Orders memory o) internal returns (bytes32 dealid) {
        return hub.matchOrders(o.app, o.dataset, o.workerpool, o.request);
    }

    function signAndMatch(Orders memory o) internal returns (bytes32 dealid) {
        return matchOrders(signOrders(o));
    }

    /// @dev The first task of a fresh deal of these orders.
    function openTask(Orders memory o) internal returns (bytes32 taskid) {
        bytes32 dealid = signAndMatch(o);
        return hub.initialize(dealid, 0);
    }

    // ------------------------------------------------------------------ work

    function authorize(address by, address worker, bytes32 taskid, address challenge)
        internal
        view
        returns (bytes memory)
    {
        return signMessageBy(by, keccak256(abi.encodePacked(worker, taskid, challenge)));
    }

    function resultHash(bytes32 taskid, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(taskid, digest));
    }

    function resultSeal(address worker, bytes32 taskid, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(worker, taskid, digest));
    }

    function contribute(address worker, bytes32 taskid, bytes32 digest) internal {
        bytes memory authorization = authorize(scheduler, worker, taskid, address(0));
        vm.prank(worker);
        hub.contribute(
            taskid, resultHash(taskid, digest), resultSeal(worker, taskid, digest), address(0), "", authorization
        );
    }

    function reveal(address worker, bytes32 taskid, bytes32 digest) internal {
        vm.prank(worker);
        hub.reveal(taskid, digest);
    }

    function finalize(bytes32 taskid) internal {
        vm.prank(scheduler);
        hub.finalize(taskid, RESULTS, "");
    }

    /// @dev Contribution, reveal and finalization by one worker.
    function complete(address worker, bytes32 taskid) internal {
        bytes32 digest = keccak256("result");
        contribute(worker, taskid, digest);
        reveal(worker, taskid, digest);
        finalize(taskid);
    }

    function enclaveSign(address worker, bytes32 taskid, bytes32 digest) internal view returns (bytes memory) {
        return signMessageBy(
            enclave, keccak256(abi.encodePacked(resultHash(taskid, digest), resultSeal(worker, taskid, digest)))
        );
    }

    // ------------------------------------------------------------------ ledger

    mapping(address => Account) private _before;

    /// @dev Remembers the account of everybody, for `assertDelta`.
    function remember() internal {
        address[15] memory people = everybody();
        for (uint256 i = 0; i < people.length; ++i) {
            _before[people[i]] = hub.viewAccount(people[i]);
        }
    }

    /// @dev Change of free and frozen nRLC since `remember`.
    function assertDelta(address who, int256 stake, int256 locked, string memory name) internal view {
        Account memory a = hub.viewAccount(who);
        assertEq(
            uint256(int256(a.stake) - int256(_before[who].stake)), uint256(stake), string.concat(name, ": free delta")
        );
        assertEq(
            uint256(int256(a.locked) - int256(_before[who].locked)),
            uint256(locked),
            string.concat(name, ": frozen delta")
        );
    }

    /// @dev Sum of balances = supply <= tokens held; balance of the hub = sum of frozen amounts.
    function assertSolvent() internal view {
        address[15] memory people = everybody();
        uint256 balances = hub.balanceOf(address(hub));
        uint256 frozen = 0;
        for (uint256 i = 0; i < people.length; ++i) {
            balances += hub.balanceOf(people[i]);
            frozen += hub.frozenOf(people[i]);
        }
        assertEq(balances, hub.totalSupply(), "sum of balances");
        assertEq(frozen, hub.balanceOf(address(hub)), "sum of frozen");
        assertTrue(hub.totalSupply() <= holdings(), "backed by what the hub holds");
    }

    /// @dev What the hub holds in nRLC.
    function holdings() internal view virtual returns (uint256) {
        return rlc.balanceOf(address(hub));
    }

    function everybody() internal view returns (address[15] memory) {
        return [
            admin,
            appOwner,
            datasetOwner,
            scheduler,
            requester,
            sponsor,
            broker,
            stranger,
            hub.kitty_address(),
            workers[0],
            workers[1],
            workers[2],
            workers[3],
            workers[4],
            workers[5]
        ];
    }
}
