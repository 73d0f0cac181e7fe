// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {ContractAccount} from "./base/Actors.sol";

/// @notice The signature matrix: keys, contracts, consents given on-chain; and the EIP-712 types.
contract SignaturesTest is Market {
    bytes32 private constant HASH = keccak256("message");
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function parts() private view returns (uint8 v, bytes32 r, bytes32 s) {
        return vm.sign(keyOf[requester], HASH);
    }

    // ------------------------------------------------------------------ keys

    function test_65_bytes() external view {
        (uint8 v, bytes32 r, bytes32 s) = parts();
        assertTrue(hub.verifySignature(requester, HASH, abi.encodePacked(r, s, v)), "good");
        assertTrue(!hub.verifySignature(stranger, HASH, abi.encodePacked(r, s, v)), "of another");
        assertTrue(!hub.verifySignature(requester, keccak256("other"), abi.encodePacked(r, s, v)), "another hash");
    }

    function test_64_bytes_of_both_parities() external view {
        bool[2] memory seen;
        for (uint256 i = 0; !(seen[0] && seen[1]); ++i) {
            bytes32 hash = keccak256(abi.encode(i));
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[requester], hash);
            seen[v - 27] = true;
            bytes32 vs = s | bytes32(uint256(v - 27) << 255);
            assertTrue(hub.verifySignature(requester, hash, abi.encodePacked(r, vs)), "good");
            assertTrue(!hub.verifySignature(stranger, hash, abi.encodePacked(r, vs)), "of another");
        }
    }

    function test_malleable_twin_is_refused() external view {
        (uint8 v, bytes32 r, bytes32 s) = parts();
        bytes32 twin = bytes32(CURVE_ORDER - uint256(s));
        assertEq(ecrecover(HASH, v == 27 ? 28 : 27, r, twin), requester, "the twin is mathematically good");
        assertTrue(!hub.verifySignature(requester, HASH, abi.encodePacked(r, twin, v == 27 ? 28 : 27)), "refused");
    }

    function test_v_other_than_27_and_28_is_refused() external view {
        (uint8 v, bytes32 r, bytes32 s) = parts();
        for (uint256 bad = 0; bad < 256; ++bad) {
            if (bad == v) continue;
            assertTrue(!hub.verifySignature(requester, HASH, abi.encodePacked(r, s, uint8(bad))), "v");
        }
    }

    function test_zero_account_never_signs() external view {
        // ecrecover answers zero for nonsense: that must not count as the zero address.
        assertTrue(!hub.verifySignature(address(0), HASH, new bytes(65)), "signature");
        assertTrue(!hub.verifyPresignature(address(0), HASH), "consent");
    }

    function test_other_lengths_are_refused_with_a_reason() external {
        uint256[6] memory lengths = [uint256(0), 1, 63, 66, 96, 130];
        for (uint256 i = 0; i < 6; ++i) {
            expectReason("invalid-signature-format");
            hub.verifySignature(requester, HASH, new bytes(lengths[i]));
        }
    }

    function testFuzz_only_the_signer_is_accepted(uint128 key, bytes32 hash, uint8 flip) external view {
        vm.assume(key != 0);
        address signer = vm.addr(key);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        bytes memory signature = abi.encodePacked(r, s, v);
        assertTrue(hub.verifySignature(signer, hash, signature), "signer");
        signature[flip % 65] = ~signature[flip % 65];
        assertTrue(!hub.verifySignature(signer, hash, signature), "damaged");
    }

    // ------------------------------------------------------------------ contracts

    function test_contract_decides_for_itself() external {
        ContractAccount account = new ContractAccount();
        account.accept(HASH);
        assertTrue(hub.verifySignature(address(account), HASH, ""), "any format is the contract's affair");
        assertTrue(!hub.verifySignature(address(account), keccak256("other"), ""), "another hash");
        account.set(ContractAccount.Answer.REVERT);
        assertTrue(!hub.verifySignature(address(account), HASH, ""), "revert");
        account.set(ContractAccount.Answer.SHORT);
        assertTrue(!hub.verifySignature(address(account), HASH, ""), "short answer");
        account.set(ContractAccount.Answer.BOMB);
        assertTrue(!hub.verifySignature{gas: 3_000_000}(address(account), HASH, ""), "long refusal");
        assertTrue(!hub.verifySignature(address(rlc), HASH, ""), "contract without the function");
    }

    function test_contract_buys_and_owns() external {
        ContractAccount buyer = new ContractAccount();
        vm.prank(requester);
        hub.transfer(address(buyer), 10e9);
        Orders memory o = makeOrders();
        o.request.requester = address(buyer);
        o = signOrders(o);
        o.request.sign = "";
        expectReason("iExecV5-matchOrders-0x50");
        matchOrders(o);
        buyer.accept(digestOf(Typed.hash(o.request)));
        assertEq(hub.viewDeal(matchOrders(o)).sponsor, address(buyer), "pays");

        vm.prank(appOwner);
        apps.transferFrom(appOwner, address(buyer), uint160(app));
        o = signOrders(makeOrders());
        expectReason("iExecV5-matchOrders-0x21");
        matchOrders(o);
        buyer.accept(digestOf(Typed.hash(o.app)));
        matchOrders(o);
    }

    // ------------------------------------------------------------------ consents on-chain

    function test_presigned_orders_match_without_signatures() external {
        Orders memory o = makeOrders();
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.SIGN, ""));
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, OrderOperationKind.SIGN, ""));
        vm.prank(scheduler);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.workerpool, OrderOperationKind.SIGN, ""));
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperationKind.SIGN, ""));
        bytes32 appHash = digestOf(Typed.hash(o.app));
        assertTrue(hub.verifyPresignature(appOwner, appHash), "presigned");
        assertTrue(!hub.verifyPresignature(stranger, appHash), "by the owner only");
        assertTrue(hub.verifyPresignatureOrSignature(appOwner, appHash, ""), "either");
        matchOrders(o);
    }

    function test_presignature_ends_with_ownership() external {
        Orders memory o = signOrders(makeOrders());
        o.app.sign = "";
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperationKind.SIGN, ""));
        vm.prank(appOwner);
        apps.transferFrom(appOwner, stranger, uint160(app));
        expectReason("invalid-signature-format"); // not presigned by the new owner, and no signature
        matchOrders(o);
    }

    function test_either_falls_back_to_the_signature() external view {
        bytes memory signature = signBy(requester, HASH);
        assertTrue(hub.verifyPresignatureOrSignature(requester, HASH, signature), "signature");
        assertTrue(!hub.verifyPresignatureOrSignature(stranger, HASH, signature), "of another");
    }

    // ------------------------------------------------------------------ types

    function test_type_hashes_are_the_published_ones() external pure {
        assertEq(
            keccak256(bytes(Typed.APP)), 0x60815a0eeec47dddf1615fe53b31d016c31444e01b9d796db365443a6445d008, "AppOrder"
        );
        assertPrefix(keccak256(bytes(Typed.DATASET)), 0x6cfc932a, "DatasetOrder");
        assertPrefix(keccak256(bytes(Typed.WORKERPOOL)), 0xaa3429fb, "WorkerpoolOrder");
        assertPrefix(keccak256(bytes(Typed.REQUEST)), 0xf24e8530, "RequestOrder");
        assertPrefix(Typed.operationType("App", Typed.APP), 0x0638bb07, "AppOrderOperation");
        assertPrefix(Typed.operationType("Dataset", Typed.DATASET), 0x075eb6f7, "DatasetOrderOperation");
        assertPrefix(Typed.operationType("Workerpool", Typed.WORKERPOOL), 0x322d980b, "WorkerpoolOrderOperation");
        assertPrefix(Typed.operationType("Request", Typed.REQUEST), 0x0ded7b52, "RequestOrderOperation");
    }

    function assertPrefix(bytes32 hash, bytes4 prefix, string memory what) private pure {
        assertEq(bytes32(bytes4(hash)), bytes32(prefix), what);
    }

    function test_domain() external {
        EIP712Domain memory d = hub.domain();
        assertEq(d.name, "iExecODB", "name");
        assertEq(d.version, "5.0.0", "version");
        assertEq(d.chainId, block.chainid, "chain");
        assertEq(d.verifyingContract, address(hub), "contract");
        bytes32 before = hub.eip712domain_separator();
        vm.chainId(134);
        assertEq(hub.eip712domain_separator(), Typed.domainSeparator(address(hub), 134), "after a fork");
        assertTrue(hub.eip712domain_separator() != before, "differs");
        hub.updateDomainSeparator();
    }
}
