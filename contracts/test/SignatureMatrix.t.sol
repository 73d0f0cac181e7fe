// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {House} from "./base/House.sol";

/// @notice Every place where the hub believes a signature, with every kind of good and bad one.
contract SignatureMatrixTest is Market {
    enum Place {
        APP,
        DATASET,
        POOL,
        REQUEST,
        APP_OPERATION,
        DATASET_OPERATION,
        POOL_OPERATION,
        REQUEST_OPERATION,
        AUTHORIZATION,
        ENCLAVE,
        BOTH_IN_ONE
    }

    uint256 private constant PLACES = 11;
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant DIGEST = keccak256("result");

    Orders private _fresh;
    bytes32 private _taskid;
    address private _worker;
    address private _challenge;

    function setUp() public override {
        super.setUp();
        _worker = workers[0];
        _challenge = enclave;
        prepare(signOrders(withTee(makeOrders())), signOrders(makeOrders()));
    }

    /// @dev One deal with an open task for an enclave, and orders that are not matched yet.
    function prepare(Orders memory matched, Orders memory fresh) private {
        _taskid = hub.initialize(matchOrders(matched), 0);
        _fresh = fresh;
    }

    // ------------------------------------------------------------------ the places

    function signerOf(Place place) private view returns (address) {
        if (place == Place.APP || place == Place.APP_OPERATION) return appOwner;
        if (place == Place.DATASET || place == Place.DATASET_OPERATION) return datasetOwner;
        if (place == Place.REQUEST || place == Place.REQUEST_OPERATION) return requester;
        if (place == Place.ENCLAVE) return enclave;
        return scheduler;
    }

    function operationHash(Place place) private view returns (bytes32) {
        OrderOperationKind close = OrderOperationKind.CLOSE;
        if (place == Place.APP_OPERATION) return Typed.operation("App", Typed.APP, Typed.hash(_fresh.app), close);
        if (place == Place.DATASET_OPERATION) {
            return Typed.operation("Dataset", Typed.DATASET, Typed.hash(_fresh.dataset), close);
        }
        if (place == Place.POOL_OPERATION) {
            return Typed.operation("Workerpool", Typed.WORKERPOOL, Typed.hash(_fresh.workerpool), close);
        }
        return Typed.operation("Request", Typed.REQUEST, Typed.hash(_fresh.request), close);
    }

    /// @dev EIP-712 struct hash of what is signed at the place, zero where it is a message by EIP-191.
    function structHash(Place place) private view returns (bytes32) {
        if (place == Place.APP) return Typed.hash(_fresh.app);
        if (place == Place.DATASET) return Typed.hash(_fresh.dataset);
        if (place == Place.POOL) return Typed.hash(_fresh.workerpool);
        if (place == Place.REQUEST) return Typed.hash(_fresh.request);
        return place < Place.AUTHORIZATION ? operationHash(place) : bytes32(0);
    }

    /// @dev What is signed at the place.
    function hashOf(Place place) private view returns (bytes32) {
        if (place < Place.AUTHORIZATION) return digestOf(structHash(place));
        bytes32 message = place == Place.ENCLAVE
            ? keccak256(abi.encodePacked(resultHash(_taskid, DIGEST), resultSeal(_worker, _taskid, DIGEST)))
            : keccak256(abi.encodePacked(_worker, _taskid, _challenge));
        return keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", message));
    }

    function callAt(Place place, bytes memory sign) private view returns (bytes memory) {
        Orders memory o = _fresh;
        if (place == Place.APP) o.app.sign = sign;
        if (place == Place.DATASET) o.dataset.sign = sign;
        if (place == Place.POOL) o.workerpool.sign = sign;
        if (place == Place.REQUEST) o.request.sign = sign;
        if (place <= Place.REQUEST) {
            return abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        }
        OrderOperationKind close = OrderOperationKind.CLOSE;
        if (place == Place.APP_OPERATION) {
            return abi.encodeCall(IHub.manageAppOrder, (AppOrderOperation(o.app, close, sign)));
        }
        if (place == Place.DATASET_OPERATION) {
            return abi.encodeCall(IHub.manageDatasetOrder, (DatasetOrderOperation(o.dataset, close, sign)));
        }
        if (place == Place.POOL_OPERATION) {
            return abi.encodeCall(IHub.manageWorkerpoolOrder, (WorkerpoolOrderOperation(o.workerpool, close, sign)));
        }
        return abi.encodeCall(IHub.manageRequestOrder, (RequestOrderOperation(o.request, close, sign)));
    }

    function workAt(Place place, bytes memory sign) private view returns (bytes memory) {
        bytes memory proof = place == Place.ENCLAVE ? sign : enclaveSign(_worker, _taskid, DIGEST);
        bytes memory authorization = place == Place.ENCLAVE ? signBy(scheduler, hashOf(Place.AUTHORIZATION)) : sign;
        if (place == Place.BOTH_IN_ONE) {
            return abi.encodeCall(
                IHub.contributeAndFinalize, (_taskid, DIGEST, RESULTS, "", _challenge, proof, authorization)
            );
        }
        return abi.encodeCall(
            IHub.contribute,
            (
                _taskid,
                resultHash(_taskid, DIGEST),
                resultSeal(_worker, _taskid, DIGEST),
                _challenge,
                proof,
                authorization
            )
        );
    }

    /// @dev Whether the hub believes `sign` at the place; nothing stays of it.
    function believed(Place place, bytes memory sign) private returns (bool performed) {
        bytes memory data = place < Place.AUTHORIZATION ? callAt(place, sign) : workAt(place, sign);
        uint256 state = vm.snapshotState();
        vm.prank(place < Place.AUTHORIZATION ? stranger : _worker);
        (performed,) = address(hub).call{gas: 5_000_000}(data);
        vm.revertToState(state);
    }

    function assertBelieved(Place place, bytes memory sign, bool expected, string memory what) private {
        string memory where = string.concat(what, " at place ", vm.toString(uint256(place)));
        assertTrue(believed(place, sign) == expected, where);
    }

    // ------------------------------------------------------------------ keys

    function test_65_and_64_bytes_are_believed_everywhere() external {
        for (uint256 i = 0; i < PLACES; ++i) {
            Place place = Place(i);
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[signerOf(place)], hashOf(place));
            assertBelieved(place, abi.encodePacked(r, s, v), true, "65 bytes");
            assertBelieved(place, abi.encodePacked(r, s | bytes32(uint256(v - 27) << 255)), true, "64 bytes");
            assertBelieved(place, abi.encodePacked(r, s | bytes32(uint256(28 - v) << 255)), false, "other parity");
        }
    }

    function test_malleable_twins_and_other_v_are_believed_nowhere() external {
        for (uint256 i = 0; i < PLACES; ++i) {
            Place place = Place(i);
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[signerOf(place)], hashOf(place));
            bytes32 twin = bytes32(CURVE_ORDER - uint256(s));
            assertBelieved(place, abi.encodePacked(r, twin, v == 27 ? 28 : 27), false, "high s");
            assertBelieved(place, abi.encodePacked(r, s, v - 27), false, "v of 0 or 1");
            assertBelieved(place, abi.encodePacked(r, s, v + 2), false, "v of 29 or 30");
            assertBelieved(place, abi.encodePacked(r, s, v == 27 ? 28 : 27), false, "other v");
            assertBelieved(place, abi.encodePacked(bytes32(0), bytes32(0), v), false, "zeros");
        }
    }

    function test_other_lengths_are_believed_nowhere() external {
        for (uint256 i = 0; i < PLACES; ++i) {
            Place place = Place(i);
            bytes memory good = signBy(signerOf(place), hashOf(place));
            assertBelieved(place, "", false, "nothing");
            assertBelieved(place, abi.encodePacked(good, bytes1(0)), false, "66 bytes");
            assertBelieved(place, abi.encodePacked(good, good), false, "130 bytes");
            assertBelieved(place, new bytes(32), false, "32 bytes");
            assertBelieved(place, new bytes(63), false, "63 bytes");
        }
    }

    function test_signatures_of_somebody_else_are_believed_nowhere() external {
        for (uint256 i = 0; i < PLACES; ++i) {
            Place place = Place(i);
            assertBelieved(place, signBy(stranger, hashOf(place)), false, "a stranger");
            assertBelieved(place, signBy(_worker, hashOf(place)), false, "the worker itself");
            assertBelieved(place, signBy(admin, hashOf(place)), false, "the owner of the hub");
            Place next = Place((i + 1) % PLACES);
            assertBelieved(
                place, signBy(signerOf(place), hashOf(next)), hashOf(next) == hashOf(place), "about another thing"
            );
        }
    }

    function test_signatures_for_another_chain_or_hub_are_believed_nowhere() external {
        for (uint256 i = 0; i < uint256(Place.AUTHORIZATION); ++i) {
            Place place = Place(i);
            bytes32 chain = Typed.domainSeparator(address(hub), block.chainid + 1);
            bytes32 hub_ = Typed.domainSeparator(address(this), block.chainid);
            bytes memory sign = signBy(signerOf(place), Typed.digest(chain, structHash(place)));
            assertBelieved(place, sign, false, "another chain");
            sign = signBy(signerOf(place), Typed.digest(hub_, structHash(place)));
            assertBelieved(place, sign, false, "another hub");
            sign = signMessageBy(signerOf(place), structHash(place));
            assertBelieved(place, sign, false, "a message instead of typed data");
        }
    }

    function test_every_hub_on_a_fork_has_a_domain_of_its_own() external {
        bytes memory before = signBy(requester, hashOf(Place.REQUEST));
        assertBelieved(Place.REQUEST, before, true, "before the fork");
        vm.chainId(block.chainid + 7);
        assertBelieved(Place.REQUEST, before, false, "replayed after the fork");
    }

    function test_an_authorization_is_for_one_worker_one_task_and_one_challenge() external {
        bytes memory sign = signBy(scheduler, hashOf(Place.AUTHORIZATION));
        assertBelieved(Place.AUTHORIZATION, sign, true, "as signed");
        _worker = workers[1];
        assertBelieved(Place.AUTHORIZATION, sign, false, "another worker");
        _worker = workers[0];
        bytes32 taskid = _taskid;
        _taskid = openTask(withTee(makeOrders()));
        assertBelieved(Place.AUTHORIZATION, sign, false, "another task");
        _taskid = taskid;
        _challenge = stranger;
        assertBelieved(Place.AUTHORIZATION, sign, false, "another challenge");
    }

    function test_a_named_broker_alone_authorizes_enclaves() external {
        vm.prank(admin);
        hub.setTeeBroker(broker);
        assertBelieved(Place.AUTHORIZATION, signBy(scheduler, hashOf(Place.AUTHORIZATION)), false, "scheduler");
        assertBelieved(Place.AUTHORIZATION, signBy(broker, hashOf(Place.AUTHORIZATION)), true, "broker");
        assertBelieved(Place.BOTH_IN_ONE, signBy(scheduler, hashOf(Place.BOTH_IN_ONE)), false, "scheduler");
        assertBelieved(Place.BOTH_IN_ONE, signBy(broker, hashOf(Place.BOTH_IN_ONE)), true, "broker");
    }

    // ------------------------------------------------------------------ contracts

    /// @dev Everything belongs to one contract: assets, request, and the key of the enclave.
    function moveIn() private returns (House house) {
        house = new House();
        vm.prank(appOwner);
        apps.transferFrom(appOwner, address(house), uint160(app));
        vm.prank(datasetOwner);
        datasets.transferFrom(datasetOwner, address(house), uint160(dataset));
        vm.prank(scheduler);
        pools.transferFrom(scheduler, address(house), uint160(pool));
        vm.prank(requester);
        hub.transfer(address(house), 100e9);
        Orders memory matched = withTee(makeOrders());
        Orders memory fresh = makeOrders();
        matched.request.requester = address(house);
        fresh.request.requester = address(house);
        _challenge = address(house);
        prepare(matched, fresh);
    }

    function test_contracts_are_asked_everywhere_and_only_a_clear_yes_counts() external {
        House house = moveIn();
        for (uint256 i = 0; i < PLACES; ++i) {
            Place place = Place(i);
            for (uint256 j = 0; j <= uint256(type(House.Answer).max); ++j) {
                House.Answer answer = House.Answer(j);
                if (answer == House.Answer.BURN_GAS) continue; // below
                house.set(hashOf(place), answer);
                bool yes = answer == House.Answer.YES || answer == House.Answer.YES_AND_MUCH_MORE;
                assertBelieved(place, "whatever", yes, string.concat("answer ", vm.toString(j)));
            }
        }
    }

    function test_a_contract_that_burns_all_gas_is_not_believed() external {
        House house = moveIn();
        house.set(hashOf(Place.REQUEST), House.Answer.BURN_GAS);
        assertBelieved(Place.REQUEST, "whatever", false, "gas is burnt");
    }

    function test_a_contract_cannot_fall_back_to_a_key() external {
        House house = moveIn();
        house.set(hashOf(Place.REQUEST), House.Answer.NO);
        keyOf[address(house)] = keyOf[requester];
        assertBelieved(Place.REQUEST, signBy(requester, hashOf(Place.REQUEST)), false, "signed by its deployer");
    }

    // ------------------------------------------------------------------ consents on-chain

    function test_consents_end_with_ownership_and_return_with_it() external {
        Orders memory o = makeOrders();
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.SIGN, ""));
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, OrderOperationKind.SIGN, ""));
        vm.prank(scheduler);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.workerpool, OrderOperationKind.SIGN, ""));
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.SIGN, ""));
        _fresh = o;
        assertBelieved(Place.APP, "", true, "all consented");

        vm.prank(appOwner);
        apps.transferFrom(appOwner, stranger, uint160(app));
        assertBelieved(Place.APP, new bytes(65), false, "consent of the former owner of the app");
        assertBelieved(Place.APP, signBy(appOwner, hashOf(Place.APP)), false, "signature of the former owner");
        assertBelieved(Place.APP, signBy(stranger, hashOf(Place.APP)), true, "signature of the new owner");
        vm.prank(stranger);
        apps.transferFrom(stranger, appOwner, uint160(app));
        assertBelieved(Place.APP, "", true, "owner again");

        vm.prank(datasetOwner);
        datasets.transferFrom(datasetOwner, stranger, uint160(dataset));
        assertBelieved(Place.DATASET, new bytes(65), false, "consent of the former owner of the dataset");
        vm.prank(stranger);
        datasets.transferFrom(stranger, datasetOwner, uint160(dataset));
        vm.prank(scheduler);
        pools.transferFrom(scheduler, stranger, uint160(pool));
        assertBelieved(Place.POOL, new bytes(65), false, "consent of the former owner of the workerpool");
    }

    /// @dev A first match may remember who signed; it must not outlive the ownership.
    function test_a_match_before_a_sale_does_not_vouch_after_it() external {
        Orders memory o = signOrders(makeOrders());
        matchOrders(o);
        o.request.salt = keccak256("next");
        _fresh = signOrders(o);
        vm.prank(appOwner);
        apps.transferFrom(appOwner, stranger, uint160(app));
        assertBelieved(Place.APP, _fresh.app.sign, false, "sold since");
        vm.prank(stranger);
        apps.transferFrom(stranger, appOwner, uint160(app));
        assertBelieved(Place.APP, _fresh.app.sign, true, "bought back");
    }
}
