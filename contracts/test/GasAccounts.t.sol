// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Spender} from "./base/Actors.sol";

/// @notice Gas of what `Gas.t.sol` does not measure of accounts: every way for money to come, go and change hands.
/// forge-config: default.isolate = true
contract GasAccountsTest is Market {
    function setUp() public override {
        super.setUp();
        vm.prank(admin);
        rlc.transfer(requester, 100e9);
        vm.prank(requester);
        rlc.approve(address(hub), 50e9);
    }

    function snap(string memory name) private {
        vm.snapshotGasLastCall(name);
    }

    function test_in_and_out() external {
        vm.prank(requester);
        hub.depositFor(1e9, stranger);
        snap("depositFor (first of target)");
        uint256[] memory amounts = new uint256[](10);
        address[] memory targets = new address[](10);
        for (uint256 i = 0; i < 10; ++i) {
            (amounts[i], targets[i]) = (1e9, workers[i % workers.length]);
        }
        vm.prank(requester);
        hub.depositForArray(amounts, targets);
        snap("depositForArray (10)");
        vm.prank(requester);
        hub.withdrawTo(1e9, sponsor);
        snap("withdrawTo (first tokens of target)");
        vm.prank(admin);
        rlc.transfer(address(hub), 1e9);
        vm.prank(admin);
        hub.recover();
        snap("recover");
    }

    function test_stake_as_a_token() external {
        Spender spender = new Spender();
        vm.prank(requester);
        hub.transfer(sponsor, 1e9);
        snap("transfer");
        vm.prank(requester);
        hub.approve(stranger, 5e9);
        snap("approve");
        vm.prank(requester);
        hub.increaseAllowance(stranger, 1e9);
        snap("increaseAllowance");
        vm.prank(requester);
        hub.decreaseAllowance(stranger, 1e9);
        snap("decreaseAllowance");
        vm.prank(stranger);
        hub.transferFrom(requester, sponsor, 1e9);
        snap("transferFrom");
        vm.prank(requester);
        hub.approveAndCall(address(spender), 1e9, "");
        snap("approveAndCall (a spender that writes two slots)");
    }

    function test_purchases_from_the_wallet() external {
        Orders memory o = signOrders(makeOrders());
        bytes memory data = abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request));
        vm.prank(requester);
        rlc.approveAndCall(address(hub), 1e9, data);
        snap("RLC.approveAndCall -> deposit, matchOrders, 4 fresh orders");

        vm.prank(requester);
        rlc.approve(address(hub), 1e9);
        vm.prank(requester);
        hub.receiveApproval(requester, 1e9, address(rlc), "");
        snap("receiveApproval (by hand)");

        (uint8 v, bytes32 r, bytes32 s) = permit(1e9);
        vm.prank(requester);
        hub.depositWithPermit(1e9, START + 60, v, r, s);
        snap("depositWithPermit (first permit)");

        o = signOrders(makeOrders());
        (v, r, s) = permit(1e9);
        vm.prank(requester);
        hub.depositAndMatchOrdersWithPermit(1e9, START + 60, v, r, s, o.app, o.dataset, o.workerpool, o.request);
        snap("depositAndMatchOrdersWithPermit, 4 fresh orders");
    }

    function permit(uint256 amount) private view returns (uint8, bytes32, bytes32) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash =
            keccak256(abi.encode(typeHash, requester, address(hub), amount, rlc.nonces(requester), START + 60));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", rlc.DOMAIN_SEPARATOR(), structHash));
        return vm.sign(keyOf[requester], digest);
    }

    function test_the_token_itself() external {
        (uint8 v, bytes32 r, bytes32 s) = permit(2e9);
        rlc.permit(requester, address(hub), 2e9, START + 60, v, r, s);
        snap("RLC.permit (first)");
        vm.prank(requester);
        rlc.transfer(sponsor, 1e9);
        snap("RLC.transfer (first tokens of target)");
        vm.prank(requester);
        rlc.approve(stranger, 1e9);
        vm.prank(stranger);
        rlc.transferFrom(requester, sponsor, 0.5e9);
        snap("RLC.transferFrom");
        vm.prank(requester);
        rlc.burn(1e9);
        snap("RLC.burn");
    }
}

interface ICoins {
    function deposit() external payable returns (bool);
    function depositFor(address target) external payable returns (bool);
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external payable returns (bool);
}

/// @notice The same on a hub that stakes the chain's coin.
/// forge-config: default.isolate = true
contract GasNativeAccountsTest is Market {
    function deployHub(address previousHub) internal override returns (IHub) {
        return deployHub(address(0), previousHub, STRICT_BY_DEFAULT);
    }

    function fund(address who) internal override {
        vm.deal(who, who.balance + 2_000 ether);
        vm.prank(who);
        ICoins(address(hub)).deposit{value: 1_000 ether}();
    }

    function snap(string memory name) private {
        vm.snapshotGasLastCall(name);
    }

    function test_coins() external {
        ICoins coins = ICoins(address(hub));
        vm.prank(requester);
        coins.deposit{value: 1 ether}();
        snap("deposit (next)");
        vm.prank(requester);
        coins.deposit{value: 1 ether + 1}();
        snap("deposit (next, 1 wei goes back)");
        vm.prank(requester);
        (bool done,) = address(hub).call{value: 1 ether}("");
        snap("receive");
        assertTrue(done, "receive");
        vm.prank(requester);
        coins.depositFor{value: 1 ether}(stranger);
        snap("depositFor (first of target)");
        uint256[] memory amounts = new uint256[](10);
        address[] memory targets = new address[](10);
        for (uint256 i = 0; i < 10; ++i) {
            (amounts[i], targets[i]) = (1e9, workers[i % workers.length]);
        }
        vm.prank(requester);
        coins.depositForArray{value: 10 ether}(amounts, targets);
        snap("depositForArray (10)");
        vm.prank(requester);
        hub.withdraw(1e9);
        snap("withdraw");
        vm.prank(requester);
        hub.withdrawTo(1e9, sponsor);
        snap("withdrawTo");
        vm.deal(address(hub), address(hub).balance + 1 ether);
        vm.prank(admin);
        hub.recover();
        snap("recover (first of owner)");
    }
}
