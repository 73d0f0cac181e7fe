// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

/// @notice Settings, categories, reputation: what the owner may do, and that nobody else may.
contract ConfigurationTest is Market {
    function test_only_the_owner() external {
        bytes[6] memory calls = [
            abi.encodeCall(IHub.createCategory, ("n", "d", 1)),
            abi.encodeCall(IHub.createCategories, (new Category[](0))),
            abi.encodeCall(IHub.setTeeBroker, (stranger)),
            abi.encodeCall(IHub.setCallbackGas, (1)),
            abi.encodeCall(IHub.transferOwnership, (stranger)),
            abi.encodeCall(IHub.renounceOwnership, ())
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(stranger);
            (bool success, bytes memory data) = address(hub).call(calls[i]);
            assertTrue(!success, "refused");
            assertEq(data, abi.encodeWithSignature("Error(string)", "Ownable: caller is not the owner"), "reason");
        }
    }

    function test_ownership_moves_and_ends() external {
        vm.recordLogs();
        vm.prank(admin);
        hub.transferOwnership(broker);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs[0].topics[0], keccak256("OwnershipTransferred(address,address)"), "event");
        assertEq(hub.owner(), broker, "owner");
        expectReason("Ownable: caller is not the owner");
        vm.prank(admin);
        hub.setTeeBroker(broker);
        expectReason("Ownable: new owner is the zero address");
        vm.prank(broker);
        hub.transferOwnership(address(0));
        vm.prank(broker);
        hub.renounceOwnership();
        assertEq(hub.owner(), address(0), "nobody");
        expectReason("Ownable: caller is not the owner");
        vm.prank(admin);
        hub.setTeeBroker(broker);
    }

    function test_callback_gas_is_bounded() external {
        assertEq(hub.callbackgas(), 200_000, "default");
        vm.prank(admin);
        hub.setCallbackGas(0);
        assertEq(hub.callbackgas(), 0, "zero");
        vm.prank(admin);
        hub.setCallbackGas(2_000_000);
        assertEq(hub.callbackgas(), 2_000_000, "most");
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSignature("CallbackGasTooHigh(uint256,uint256)", 2_000_001, 2_000_000));
        hub.setCallbackGas(2_000_001);
    }

    function test_tee_broker() external {
        assertEq(hub.teebroker(), address(0), "none");
        vm.prank(admin);
        hub.setTeeBroker(broker);
        assertEq(hub.teebroker(), broker, "broker");
    }

    function test_categories() external {
        vm.recordLogs();
        vm.prank(admin);
        uint256 id = hub.createCategory("M", "{\"a\":1}", 3600);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(id, 2, "id");
        assertEq(hub.countCategory(), 3, "count");
        assertEq(logs[0].topics[0], keccak256("CreateCategory(uint256,string,string,uint256)"), "event");
        assertEq(logs[0].data, abi.encode(2, "M", "{\"a\":1}", 3600), "fields");
        Category memory c = hub.viewCategory(2);
        assertEq(c.name, "M", "name");
        assertEq(c.description, "{\"a\":1}", "description");
        assertEq(c.workClockTimeRef, 3600, "time reference");
        (string memory name, string memory description, uint256 timeref) = hub.viewCategoryABILegacy(2);
        assertEq(name, c.name, "name");
        assertEq(description, c.description, "description");
        assertEq(timeref, c.workClockTimeRef, "time reference");
        expectEmptyRevert();
        hub.viewCategory(3);
        expectEmptyRevert();
        hub.viewCategoryABILegacy(3);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSignature("TimeReferenceOutOfRange(uint256)", 0));
        hub.createCategory("never", "", 0);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSignature("TimeReferenceOutOfRange(uint256)", 1 << 32));
        hub.createCategory("for ever", "", 1 << 32);
    }

    function test_longest_category_works() external {
        vm.prank(admin);
        uint256 id = hub.createCategory("136 years", "", type(uint32).max);
        Orders memory o = makeOrders();
        o.workerpool.category = id;
        o.request.category = id;
        bytes32 taskid = openTask(o);
        contribute(workers[0], taskid, keccak256("x"));
        assertEq(hub.viewTask(taskid).revealDeadline, START + 2 * uint256(type(uint32).max), "reveal deadline");
        assertEq(hub.viewTask(taskid).finalDeadline, START + 10 * uint256(type(uint32).max), "final deadline");
    }

    function test_configured_for_ever() external {
        expectReason("already-configured");
        vm.prank(admin);
        hub.configure(address(0), "", "", 9, address(0), address(0), address(0), address(0));
        // Registries cannot be exchanged.
        vm.prank(admin);
        (bool success,) =
            address(hub).call(abi.encodeWithSignature("changeRegistries(address,address,address)", admin, admin, admin));
        assertTrue(!success, "changeRegistries");
    }

    function test_the_hub_tells_what_it_was_made_with_and_of_what() external view {
        (bool told, bytes memory answer) = address(hub).staticcall(abi.encodeWithSignature("configuration()"));
        assertTrue(told, "configuration");
        assertEq(
            answer,
            abi.encode(address(rlc), address(apps), address(datasets), address(pools), address(0), admin, false),
            "token, registries, previous hub, owner, strict"
        );
        address[4] memory all;
        (all[0], all[1], all[2], all[3]) = hub.pieces();
        for (uint256 i = 0; i < 4; ++i) {
            (told, answer) = all[i].staticcall(abi.encodeWithSignature("configuration()"));
            assertTrue(told && answer.length == 7 * 32, "a piece, made with the same");
            assertEq(abi.decode(answer, (address)), address(rlc), "token");
            for (uint256 j = 0; j < i; ++j) {
                assertTrue(all[i] != all[j], "each is another contract");
            }
        }
    }

    function test_constants() external view {
        assertEq(hub.contribution_deadline_ratio(), 7, "contribution");
        assertEq(hub.reveal_deadline_ratio(), 2, "reveal");
        assertEq(hub.final_deadline_ratio(), 10, "final");
        assertEq(hub.workerpool_stake_ratio(), 30, "stake");
        assertEq(hub.kitty_ratio(), 10, "kitty");
        assertEq(hub.kitty_min(), 1e9, "kitty min");
        assertEq(hub.groupmember_purpose(), 4, "purpose");
        assertEq(hub.kitty_address(), address(uint160(bytes20(keccak256("iExecKitty"))) - 1), "kitty address");
    }

    function test_score_is_imported_once_and_only_upwards() external {
        bytes32 digest = keccak256("x");
        Orders memory o = makeOrders();
        o.request.trust = 3;
        bytes32 taskid = openTask(o);
        for (uint256 i = 0; i < 2; ++i) {
            contribute(workers[i], taskid, digest);
        }
        for (uint256 i = 0; i < 2; ++i) {
            reveal(workers[i], taskid, digest);
        }
        finalize(taskid);
        IHub next = deployHub(address(hub));
        next.importScore(workers[0]);
        assertEq(next.viewScore(workers[0]), 1, "imported");
        expectReason("score-already-imported");
        next.importScore(workers[0]);
        next.importScore(workers[5]);
        assertEq(next.viewScore(workers[5]), 0, "nothing to import");
        expectEmptyRevert(); // no previous hub
        hub.importScore(workers[0]);

        // A previous hub that lies cannot overflow a score.
        IHub greedy = deployHub(address(new BoastfulHub()));
        greedy.importScore(workers[0]);
        assertEq(greedy.viewScore(workers[0]), type(uint64).max / 2, "clamped");
    }
}

contract BoastfulHub {
    function viewScore(address) external pure returns (uint256) {
        return type(uint256).max;
    }
}
