// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

/// @notice A purchase in one transaction: by approveAndCall of the token, or by a permit.
contract DepositAndMatchTest is Market {
    struct Permit {
        uint256 amount;
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    function setUp() public override {
        super.setUp();
        vm.prank(requester);
        hub.withdraw(DEPOSIT); // the requester holds tokens only
    }

    function matchCall(Orders memory o) private pure returns (bytes memory) {
        return abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
    }

    function dealOf(Orders memory o) private view returns (bytes32) {
        return keccak256(abi.encodePacked(digestOf(Typed.hash(o.request)), uint256(0)));
    }

    function permit(address owner, uint256 amount) private view returns (Permit memory p) {
        p.amount = amount;
        p.deadline = block.timestamp + 60;
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, owner, address(hub), amount, rlc.nonces(owner), p.deadline));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", rlc.DOMAIN_SEPARATOR(), structHash));
        (p.v, p.r, p.s) = vm.sign(keyOf[owner], digest);
    }

    function buy(address who, Permit memory p, Orders memory o) private returns (bytes32) {
        vm.prank(who);
        return hub.depositAndMatchOrdersWithPermit(
            p.amount, p.deadline, p.v, p.r, p.s, o.app, o.dataset, o.workerpool, o.request
        );
    }

    // ------------------------------------------------------------------ approveAndCall

    function test_what_lies_in_the_account_counts() external {
        vm.prank(requester);
        rlc.approveAndCall(address(hub), TASK_PRICE - 1, "");
        Orders memory o = signOrders(makeOrders());
        remember();
        vm.prank(requester);
        rlc.approveAndCall(address(hub), 1, matchCall(o));
        assertDelta(requester, -int256(TASK_PRICE) + 1, int256(TASK_PRICE), "requester");
        assertEq(hub.viewDeal(dealOf(o)).requester, requester, "deal");
    }

    function test_free_orders_need_no_deposit() external {
        Orders memory o = makeOrders();
        (o.app.appprice, o.dataset.datasetprice, o.workerpool.workerpoolprice) = (0, 0, 0);
        o = signOrders(o);
        vm.prank(requester);
        rlc.approveAndCall(address(hub), 0, matchCall(o));
        assertEq(hub.viewDeal(dealOf(o)).requester, requester, "deal");
        assertEq(hub.balanceOf(requester), 0, "nothing deposited");
    }

    function test_one_after_the_other() external {
        for (uint256 i = 1; i < 4; ++i) {
            Orders memory o = signOrders(makeOrders());
            vm.prank(requester);
            rlc.approveAndCall(address(hub), TASK_PRICE, matchCall(o));
            assertEq(hub.frozenOf(requester), i * TASK_PRICE, "frozen");
        }
        assertSolvent();
    }

    function test_too_little_undoes_the_deposit() external {
        Orders memory o = signOrders(makeOrders());
        expectReason("IexecEscrow: Transfer amount exceeds balance");
        vm.prank(requester);
        rlc.approveAndCall(address(hub), TASK_PRICE - 1, matchCall(o));
        assertEq(hub.balanceOf(requester), 0, "nothing deposited");
        assertEq(rlc.balanceOf(requester), DEPOSIT, "tokens");
    }

    function test_malformed_data_is_refused() external {
        vm.prank(requester);
        vm.expectRevert(abi.encodeWithSignature("UnsupportedOperation(bytes4)", bytes4(0x12345600)));
        rlc.approveAndCall(address(hub), 1, hex"123456");
        vm.prank(requester);
        vm.expectRevert();
        rlc.approveAndCall(address(hub), 1, abi.encodePacked(IHub.matchOrders.selector, uint256(1)));
        Orders memory o = signOrders(makeOrders());
        bytes memory call = abi.encodeCall(IHub.sponsorMatchOrders, (o.app, o.dataset, o.workerpool, o.request));
        vm.prank(requester);
        vm.expectRevert(abi.encodeWithSignature("UnsupportedOperation(bytes4)", IHub.sponsorMatchOrders.selector));
        rlc.approveAndCall(address(hub), TASK_PRICE, call);
        assertEq(hub.balanceOf(requester), 0, "nothing deposited");
    }

    function test_a_stranger_can_only_complete_what_the_requester_approved() external {
        // The token is not the caller here: the deposit still goes to the one who approved it, and so does the deal.
        vm.prank(requester);
        rlc.approve(address(hub), TASK_PRICE);
        Orders memory o = signOrders(makeOrders());
        vm.prank(stranger);
        hub.receiveApproval(requester, TASK_PRICE, address(rlc), matchCall(o));
        assertEq(hub.frozenOf(requester), TASK_PRICE, "frozen");
        assertEq(hub.balanceOf(stranger), 0, "stranger");
    }

    // ------------------------------------------------------------------ permit

    function test_permit_deposits_without_approval() external {
        Permit memory p = permit(requester, 5e9);
        vm.prank(requester);
        assertTrue(hub.depositWithPermit(p.amount, p.deadline, p.v, p.r, p.s), "returns true");
        assertEq(hub.balanceOf(requester), 5e9, "stake");
        assertEq(rlc.allowance(requester, address(hub)), 0, "used up");
    }

    function test_permit_deposits_and_matches() external {
        Orders memory o = signOrders(makeOrders());
        remember();
        assertEq(buy(requester, permit(requester, TASK_PRICE), o), dealOf(o), "deal");
        assertDelta(requester, 0, int256(TASK_PRICE), "requester");
        assertSolvent();
    }

    function test_a_permit_that_was_brought_before_does_no_harm() external {
        Orders memory o = signOrders(makeOrders());
        Permit memory p = permit(requester, TASK_PRICE);
        vm.prank(stranger);
        rlc.permit(requester, address(hub), p.amount, p.deadline, p.v, p.r, p.s);
        assertEq(buy(requester, p, o), dealOf(o), "deal");
    }

    function test_only_for_ones_own_request() external {
        Orders memory o = signOrders(makeOrders());
        Permit memory p = permit(requester, TASK_PRICE);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSignature("CallerIsNotTheRequester()"));
        hub.depositAndMatchOrdersWithPermit(
            p.amount, p.deadline, p.v, p.r, p.s, o.app, o.dataset, o.workerpool, o.request
        );
        // A permit is the caller's or nothing: this one lets the stranger take nobody's tokens.
        vm.prank(stranger);
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", address(hub), 0, TASK_PRICE)
        );
        hub.depositWithPermit(p.amount, p.deadline, p.v, p.r, p.s);
    }

    function test_a_late_permit_is_refused() external {
        Permit memory p = permit(requester, 5);
        vm.warp(p.deadline + 1);
        vm.prank(requester);
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", address(hub), 0, 5)
        );
        hub.depositWithPermit(p.amount, p.deadline, p.v, p.r, p.s);
    }

    function test_a_refused_match_undoes_the_deposit() external {
        Orders memory o = signOrders(makeOrders());
        o.app.sign = signBy(stranger, digestOf(Typed.hash(o.app)));
        Permit memory p = permit(requester, TASK_PRICE);
        expectReason("iExecV5-matchOrders-0x21");
        buy(requester, p, o);
        assertEq(rlc.balanceOf(requester), DEPOSIT, "tokens");
        assertEq(rlc.nonces(requester), 0, "permit not used");

        o = makeOrders();
        (o.app.app, o.request.app) = (stranger, stranger);
        o = signOrders(o);
        vm.expectRevert(abi.encodeWithSignature("OperationFailed()"));
        buy(requester, p, o);
    }
}
