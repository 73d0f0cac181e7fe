// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Group} from "./base/Actors.sol";

/// @title Every refusal of a match
contract MatchingRefusalsTest is Market {
    function refuses(Orders memory o, string memory code) private {
        o = signOrders(o);
        expectReason(string.concat("iExecV5-matchOrders-", code));
        matchOrders(o);
    }

    function test_0x00_category_differs() external {
        Orders memory o = makeOrders();
        o.workerpool.category = 1;
        refuses(o, "0x00");
    }

    function test_0x01_no_such_category() external {
        Orders memory o = makeOrders();
        o.workerpool.category = 2;
        o.request.category = 2;
        refuses(o, "0x01");
    }

    function test_0x02_trust_above_the_pools() external {
        Orders memory o = makeOrders();
        o.request.trust = o.workerpool.trust + 1;
        refuses(o, "0x02");
    }

    function test_0x03_app_too_expensive() external {
        Orders memory o = makeOrders();
        o.app.appprice = APP_PRICE + 1;
        refuses(o, "0x03");
    }

    function test_0x04_dataset_too_expensive() external {
        Orders memory o = makeOrders();
        o.dataset.datasetprice = DATASET_PRICE + 1;
        refuses(o, "0x04");
    }

    function test_0x04_price_of_no_dataset_counts_too() external {
        Orders memory o = withoutDataset(makeOrders());
        o.dataset.datasetprice = 1;
        refuses(o, "0x04");
    }

    function test_0x05_workerpool_too_expensive() external {
        Orders memory o = makeOrders();
        o.workerpool.workerpoolprice = POOL_PRICE + 1;
        refuses(o, "0x05");
    }

    function test_0x06_pool_lacks_a_tag() external {
        Orders memory o = makeOrders();
        o.request.tag = bytes32(uint256(0x100));
        refuses(o, "0x06");
        o = makeOrders();
        o.app.tag = bytes32(uint256(0x100));
        refuses(o, "0x06");
        o = makeOrders();
        o.dataset.tag = bytes32(uint256(0x100));
        refuses(o, "0x06");
    }

    function test_framework_bits_of_a_dataset_do_not_count() external {
        Orders memory o = withTee(makeOrders());
        o.dataset.tag = bytes32(uint256(0x0f));
        assertEq(hub.viewDeal(signAndMatch(o)).tag, TEE, "tag");
    }

    function test_0x07_app_not_made_for_enclaves() external {
        Orders memory o = makeOrders();
        o.request.tag = TEE;
        refuses(o, "0x07");
        o = makeOrders();
        o.dataset.tag = TEE;
        refuses(o, "0x07");
    }

    function test_0x10_other_app() external {
        Orders memory o = makeOrders();
        o.request.app = stranger;
        refuses(o, "0x10");
    }

    function test_0x11_other_dataset() external {
        Orders memory o = makeOrders();
        o.request.dataset = stranger;
        refuses(o, "0x11");
    }

    function test_0x11_dataset_not_asked_for() external {
        Orders memory o = makeOrders();
        o.request.dataset = address(0);
        refuses(o, "0x11");
    }

    function test_0x12_to_0x1b_restrictions_by_address() external {
        string[10] memory codes = ["0x12", "0x13", "0x14", "0x15", "0x16", "0x17", "0x18", "0x19", "0x1a", "0x1b"];
        for (uint256 i = 0; i < 10; ++i) {
            Orders memory o = restrict(makeOrders(), i, stranger);
            refuses(o, codes[i]);
        }
    }

    function test_0x12_to_0x1b_restrictions_by_group() external {
        string[10] memory codes = ["0x12", "0x13", "0x14", "0x15", "0x16", "0x17", "0x18", "0x19", "0x1a", "0x1b"];
        Group group = new Group();
        group.set(Group.Answer.REVERT);
        for (uint256 i = 0; i < 10; ++i) {
            refuses(restrict(makeOrders(), i, address(group)), codes[i]);
        }
        group.set(Group.Answer.MEMBERS);
        for (uint256 i = 0; i < 10; ++i) {
            refuses(restrict(makeOrders(), i, address(group)), codes[i]);
        }
        group.add(pool);
        group.add(app);
        group.add(dataset);
        group.add(requester);
        for (uint256 i = 0; i < 10; ++i) {
            signAndMatch(restrict(makeOrders(), i, address(group)));
        }
    }

    function test_all_restrictions_satisfied_by_address() external {
        Orders memory o = makeOrders();
        address[10] memory right = [pool, dataset, pool, requester, app, pool, requester, app, dataset, requester];
        for (uint256 i = 0; i < 10; ++i) {
            o = restrict(o, i, right[i]);
        }
        signAndMatch(o);
    }

    /// @dev Sets the restriction of code 0x12 + i.
    function restrict(Orders memory o, uint256 i, address to) private pure returns (Orders memory) {
        if (i == 0) o.request.workerpool = to;
        if (i == 1) o.app.datasetrestrict = to;
        if (i == 2) o.app.workerpoolrestrict = to;
        if (i == 3) o.app.requesterrestrict = to;
        if (i == 4) o.dataset.apprestrict = to;
        if (i == 5) o.dataset.workerpoolrestrict = to;
        if (i == 6) o.dataset.requesterrestrict = to;
        if (i == 7) o.workerpool.apprestrict = to;
        if (i == 8) o.workerpool.datasetrestrict = to;
        if (i == 9) o.workerpool.requesterrestrict = to;
        return o;
    }

    function test_0x20_app_not_registered() external {
        Orders memory o = makeOrders();
        o.app.app = pool; // an asset, of another registry
        o.request.app = pool;
        refuses(o, "0x20");
    }

    function test_0x30_dataset_not_registered() external {
        Orders memory o = makeOrders();
        o.dataset.dataset = app;
        o.request.dataset = app;
        refuses(o, "0x30");
    }

    function test_0x40_workerpool_not_registered() external {
        Orders memory o = makeOrders();
        o.workerpool.workerpool = app;
        refuses(o, "0x40");
    }

    function test_not_an_asset_at_all_reverts_without_reason() external {
        Orders memory o = makeOrders();
        o.app.app = stranger;
        o.request.app = stranger;
        o = signOrders(o);
        expectEmptyRevert();
        matchOrders(o);
    }

    function test_0x21_0x31_0x41_0x50_signed_by_somebody_else() external {
        string[4] memory codes = ["0x21", "0x31", "0x41", "0x50"];
        for (uint256 i = 0; i < 4; ++i) {
            Orders memory o = signOrders(makeOrders());
            if (i == 0) o.app.sign = signBy(stranger, digestOf(Typed.hash(o.app)));
            if (i == 1) o.dataset.sign = signBy(stranger, digestOf(Typed.hash(o.dataset)));
            if (i == 2) o.workerpool.sign = signBy(stranger, digestOf(Typed.hash(o.workerpool)));
            if (i == 3) o.request.sign = signBy(stranger, digestOf(Typed.hash(o.request)));
            expectReason(string.concat("iExecV5-matchOrders-", codes[i]));
            matchOrders(o);
        }
    }

    function test_0x21_0x31_0x41_0x50_changed_after_signature() external {
        string[4] memory codes = ["0x21", "0x31", "0x41", "0x50"];
        for (uint256 i = 0; i < 4; ++i) {
            Orders memory o = signOrders(makeOrders());
            if (i == 0) o.app.volume += 1;
            if (i == 1) o.dataset.volume += 1;
            if (i == 2) o.workerpool.volume += 1;
            if (i == 3) o.request.params = "{}";
            expectReason(string.concat("iExecV5-matchOrders-", codes[i]));
            matchOrders(o);
        }
    }

    function test_signature_of_another_chain_or_hub_is_refused() external {
        Orders memory o = signOrders(makeOrders());
        uint256 chainId = block.chainid;
        vm.chainId(chainId + 1);
        expectReason("iExecV5-matchOrders-0x21");
        matchOrders(o);
        vm.chainId(chainId);
        IHub other = deployHub(address(0));
        vm.prank(admin);
        other.createCategory("XS", "{}", T);
        expectReason("iExecV5-matchOrders-0x21");
        other.matchOrders(o.app, o.dataset, o.workerpool, o.request);
        matchOrders(o);
    }

    function test_0x60_closed_order() external {
        Orders memory o = signOrders(makeOrders());
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, OrderOperationKind.CLOSE, ""));
        expectReason("iExecV5-matchOrders-0x60");
        matchOrders(o);
    }

    function test_insufficient_funds_of_requester_scheduler_sponsor() external {
        string memory reason = "IexecEscrow: Transfer amount exceeds balance";
        Orders memory o = signOrders(makeOrders());
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSignature("Error(string)", reason));
        hub.sponsorMatchOrders(o.app, o.dataset, o.workerpool, o.request);

        vm.prank(scheduler);
        hub.withdraw(DEPOSIT - SCHEDULER_STAKE + 1);
        expectReason(reason);
        matchOrders(o);

        vm.prank(requester);
        hub.withdraw(DEPOSIT - TASK_PRICE + 1);
        expectReason(reason);
        matchOrders(o);
    }

    function test_overflowing_prices_are_refused() external {
        Orders memory o = makeOrders();
        o.app.appprice = type(uint256).max;
        o.request.appmaxprice = type(uint256).max;
        o = signOrders(o);
        expectPanic(0x11);
        matchOrders(o);
    }
}
