// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

interface IProxy {
    function upgradeToAndCall(address implementation, bytes calldata data) external payable;
    function changeAdmin(address newAdmin) external;
}

/// @notice The hub's bytecode behind an ERC-1967 proxy.
contract ProxyTest is Market {
    address private _implementation;
    address private _proxyAdmin = person(0xC1);
    bytes32 private constant IMPLEMENTATION_SLOT = bytes32(uint256(keccak256("eip1967.proxy.implementation")) - 1);
    bytes32 private constant ADMIN_SLOT = bytes32(uint256(keccak256("eip1967.proxy.admin")) - 1);

    function deployHub(address previousHub) internal override returns (IHub) {
        _implementation = address(super.deployHub(previousHub));
        return IHub(vm.deployCode("ERC1967Proxy.sol:ERC1967Proxy", abi.encode(_implementation, _proxyAdmin)));
    }

    function test_domain_is_the_proxys() external view {
        assertEq(hub.eip712domain_separator(), Typed.domainSeparator(address(hub), block.chainid), "separator");
        assertEq(hub.domain().verifyingContract, address(hub), "contract");
        assertTrue(address(hub) != _implementation, "not the implementation");
    }

    function test_owner_and_defaults_need_no_initialization() external view {
        assertEq(hub.owner(), admin, "owner");
        assertEq(hub.callbackgas(), 200_000, "callback gas");
    }

    function test_a_task_completes() external {
        bytes32 taskid = openTask(makeOrders());
        remember();
        complete(workers[0], taskid);
        assertDelta(requester, 0, -int256(TASK_PRICE), "requester");
        assertDelta(appOwner, int256(APP_PRICE), 0, "app owner");
        assertSolvent();
        assertEq(IHub(_implementation).totalSupply(), 0, "the implementation holds nothing");
    }

    function test_deposit_and_match_in_one_call() external {
        Orders memory o = signOrders(makeOrders());
        vm.prank(admin);
        rlc.transfer(requester, TASK_PRICE);
        remember();
        vm.prank(requester);
        rlc.approveAndCall(
            address(hub), TASK_PRICE, abi.encodeCall(IHub.matchOrders, (o.app, o.dataset, o.workerpool, o.request))
        );
        assertDelta(requester, 0, int256(TASK_PRICE), "requester");
    }

    function test_a_boost_task_completes() external {
        Orders memory o = signOrders(makeOrders());
        bytes32 dealid = hub.matchOrdersBoost(o.app, o.dataset, o.workerpool, o.request);
        bytes32 taskid = keccak256(abi.encodePacked(dealid, uint256(0)));
        bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
        vm.prank(workers[0]);
        hub.pushResultBoost(dealid, 0, RESULTS, "", authorization, address(0), "");
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.COMPLETED), "status");
        assertSolvent();
    }

    function test_a_hub_for_the_chains_coin() external {
        address implementation = address(deployHub(address(0), address(0), false));
        IHub native = IHub(vm.deployCode("ERC1967Proxy.sol:ERC1967Proxy", abi.encode(implementation, _proxyAdmin)));
        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        (bool success,) = address(native).call{value: 7e9 + 1}("");
        assertTrue(success, "deposit");
        assertEq(native.balanceOf(stranger), 7, "stake");
        vm.prank(stranger);
        native.withdraw(7);
        assertEq(stranger.balance, 1 ether, "all back");
        assertEq(implementation.balance, 0, "the implementation holds nothing");
    }

    function test_only_the_admin_upgrades_and_state_survives() external {
        bytes32 dealid = signAndMatch(makeOrders());
        address next = address(super.deployHub(address(0)));
        // From anybody else the call goes to the implementation, which does not know it.
        expectReason("fallback-disabled");
        vm.prank(stranger);
        IProxy(address(hub)).upgradeToAndCall(next, "");
        expectReason("fallback-disabled");
        vm.prank(admin);
        IProxy(address(hub)).changeAdmin(stranger);

        vm.prank(_proxyAdmin);
        vm.expectRevert(abi.encodeWithSignature("InvalidImplementation(address)", stranger));
        IProxy(address(hub)).upgradeToAndCall(stranger, "");

        vm.prank(_proxyAdmin);
        IProxy(address(hub)).upgradeToAndCall(next, "");
        assertEq(hub.viewDeal(dealid).requester, requester, "deal");
        assertEq(load(IMPLEMENTATION_SLOT), next, "implementation");

        vm.prank(_proxyAdmin);
        IProxy(address(hub)).changeAdmin(address(0));
        assertEq(load(ADMIN_SLOT), address(0), "admin");
        expectReason("fallback-disabled");
        vm.prank(_proxyAdmin);
        IProxy(address(hub)).upgradeToAndCall(_implementation, "");
    }

    function load(bytes32 slot) private view returns (address) {
        return address(uint160(uint256(ILoad(address(vm)).load(address(hub), slot))));
    }
}

interface ILoad {
    function load(address target, bytes32 slot) external view returns (bytes32);
}
