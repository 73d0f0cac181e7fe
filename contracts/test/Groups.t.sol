// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Log} from "./base/Test.sol";

interface IGroupFactory {
    function createGroup(bytes32 salt, address[] calldata accounts) external returns (IGroup);
    function predictGroup(address owner, bytes32 salt) external view returns (address);
    function master() external view returns (address);
}

interface IGroup {
    function initialize(address owner, address[] calldata accounts) external;
    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool);
    function isMember(address account) external view returns (bool);
    function add(address[] calldata accounts) external;
    function remove(address[] calldata accounts) external;
    function empty() external;
    function owner() external view returns (address);
    function pendingOwner() external view returns (address);
    function transferOwnership(address newOwner) external;
    function acceptOwnership() external;
    function renounceOwnership() external;
}

/// @notice Groups: who is in, who may say so, and that orders heed them in each of their restrictions.
contract GroupsTest is Market {
    IGroupFactory private _factory;
    IGroup private _group;
    address private _keeper = person(0xE1);

    function setUp() public override {
        super.setUp();
        _factory = IGroupFactory(vm.deployCode("GroupFactory.sol:GroupFactory", ""));
        vm.prank(_keeper);
        _group = _factory.createGroup(0, new address[](0));
    }

    function one(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }

    function two(address a, address b) private pure returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (a, b);
    }

    function admit(address account) private {
        vm.prank(_keeper);
        _group.add(one(account));
    }

    function expectNotAllowed(address caller, address expected) private {
        vm.expectRevert(abi.encodeWithSignature("NotAllowed(address,address)", caller, expected));
        vm.prank(caller);
    }

    // ------------------------------------------------------------------ creation

    function test_a_group_stands_where_predicted_with_owner_and_members() external {
        address predicted = _factory.predictGroup(stranger, bytes32(uint256(7)));
        assertEq(predicted.code.length, 0, "not yet");
        vm.recordLogs();
        vm.prank(stranger);
        IGroup group = _factory.createGroup(bytes32(uint256(7)), two(requester, sponsor));
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(address(group), predicted, "address");
        assertEq(group.owner(), stranger, "owner");
        assertTrue(group.isMember(requester) && group.isMember(sponsor), "members");
        assertEq(logs.length, 4, "events");
        assertEq(logs[0].topics[0], keccak256("OwnershipTransferred(address,address)"), "owner event");
        assertEq(logs[1].topics[0], keccak256("KeyAdded(bytes32,uint256,uint256)"), "member event");
        assertEq(logs[1].topics[1], bytes32(uint256(uint160(requester))), "key");
        assertEq(logs[1].topics[2], bytes32(uint256(4)), "purpose");
        assertEq(logs[3].topics[0], keccak256("GroupCreated(address,address,bytes32)"), "group event");
        assertEq(logs[3].topics[1], bytes32(uint256(uint160(predicted))), "group");
    }

    function test_one_group_for_each_owner_and_salt() external {
        address taken = _factory.predictGroup(_keeper, 0);
        vm.expectRevert(abi.encodeWithSignature("GroupExists(address)", taken));
        vm.prank(_keeper);
        _factory.createGroup(0, new address[](0));
        vm.prank(stranger);
        assertTrue(address(_factory.createGroup(0, new address[](0))) != taken, "another owner, another place");
    }

    function test_nobody_initializes_a_group_or_the_master_again() external {
        expectNotAllowed(stranger, address(_factory));
        _group.initialize(stranger, new address[](0));
        IGroup master = IGroup(_factory.master());
        expectNotAllowed(stranger, address(_factory));
        master.initialize(stranger, new address[](0));
        assertEq(master.owner(), address(0), "nobody's");
    }

    // ------------------------------------------------------------------ members

    function test_members_come_and_go() external {
        vm.recordLogs();
        vm.prank(_keeper);
        _group.add(two(requester, requester));
        assertEq(vm.getRecordedLogs().length, 1, "one event for one new member");
        admit(sponsor);
        assertTrue(_group.keyHasPurpose(bytes32(uint256(uint160(requester))), 4), "member");
        assertTrue(!_group.keyHasPurpose(bytes32(uint256(uint160(requester))), 1), "other purpose");
        assertTrue(!_group.keyHasPurpose(bytes32(uint256(uint160(requester)) | 1 << 160), 4), "no address");
        vm.recordLogs();
        vm.prank(_keeper);
        _group.remove(two(requester, stranger));
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "one event for one member less");
        assertEq(logs[0].topics[0], keccak256("KeyRemoved(bytes32,uint256,uint256)"), "event");
        assertTrue(!_group.isMember(requester) && _group.isMember(sponsor), "who is left");
    }

    function test_emptying_ends_all_memberships_and_new_ones_begin() external {
        admit(requester);
        admit(sponsor);
        vm.recordLogs();
        vm.prank(_keeper);
        _group.empty();
        assertEq(vm.getRecordedLogs()[0].topics[0], keccak256("Emptied()"), "event");
        assertTrue(!_group.isMember(requester) && !_group.isMember(sponsor), "empty");
        assertEq(_group.owner(), _keeper, "owner stays");
        admit(sponsor);
        assertTrue(!_group.isMember(requester) && _group.isMember(sponsor), "as before the first");
    }

    function test_only_the_owner() external {
        expectNotAllowed(stranger, _keeper);
        _group.add(one(stranger));
        expectNotAllowed(stranger, _keeper);
        _group.remove(one(requester));
        expectNotAllowed(stranger, _keeper);
        _group.empty();
        expectNotAllowed(stranger, _keeper);
        _group.transferOwnership(stranger);
        expectNotAllowed(stranger, _keeper);
        _group.renounceOwnership();
    }

    // ------------------------------------------------------------------ ownership

    function test_ownership_moves_in_two_steps() external {
        vm.prank(_keeper);
        _group.transferOwnership(sponsor);
        assertEq(_group.owner(), _keeper, "not yet");
        assertEq(_group.pendingOwner(), sponsor, "offered");
        expectNotAllowed(stranger, sponsor);
        _group.acceptOwnership();
        vm.prank(sponsor);
        _group.acceptOwnership();
        assertEq(_group.owner(), sponsor, "taken");
        assertEq(_group.pendingOwner(), address(0), "no offer left");
        expectNotAllowed(_keeper, sponsor);
        _group.empty();
    }

    function test_an_offer_can_be_taken_back() external {
        vm.prank(_keeper);
        _group.transferOwnership(sponsor);
        vm.prank(_keeper);
        _group.transferOwnership(address(0));
        expectNotAllowed(sponsor, address(0));
        _group.acceptOwnership();
    }

    function test_a_group_without_owner_stays_as_it_is() external {
        admit(requester);
        vm.prank(_keeper);
        _group.transferOwnership(sponsor);
        vm.prank(_keeper);
        _group.renounceOwnership();
        expectNotAllowed(_keeper, address(0));
        _group.add(one(stranger));
        expectNotAllowed(sponsor, address(0));
        _group.acceptOwnership();
        assertTrue(_group.isMember(requester), "member");
    }

    // ------------------------------------------------------------------ in orders

    /// @dev The ten restrictions: whom each asks for, and the code of its refusal.
    function restricted(uint256 which) private returns (Orders memory o, address admitted, string memory code) {
        o = makeOrders();
        address group = address(_group);
        if (which == 0) (o.request.workerpool, admitted, code) = (group, pool, "12");
        if (which == 1) (o.app.datasetrestrict, admitted, code) = (group, dataset, "13");
        if (which == 2) (o.app.workerpoolrestrict, admitted, code) = (group, pool, "14");
        if (which == 3) (o.app.requesterrestrict, admitted, code) = (group, requester, "15");
        if (which == 4) (o.dataset.apprestrict, admitted, code) = (group, app, "16");
        if (which == 5) (o.dataset.workerpoolrestrict, admitted, code) = (group, pool, "17");
        if (which == 6) (o.dataset.requesterrestrict, admitted, code) = (group, requester, "18");
        if (which == 7) (o.workerpool.apprestrict, admitted, code) = (group, app, "19");
        if (which == 8) (o.workerpool.datasetrestrict, admitted, code) = (group, dataset, "1a");
        if (which == 9) (o.workerpool.requesterrestrict, admitted, code) = (group, requester, "1b");
        o = signOrders(o);
    }

    function test_every_restriction_admits_members_and_nobody_else() external {
        for (uint256 i = 0; i < 10; ++i) {
            (Orders memory o, address admitted, string memory code) = restricted(i);
            expectReason(string.concat("iExecV5-matchOrders-0x", code));
            matchOrders(o);
            admit(admitted);
            matchOrders(o);
            vm.prank(_keeper);
            _group.remove(one(admitted));
        }
    }

    function test_a_group_can_be_named_before_it_exists() external {
        address group = _factory.predictGroup(sponsor, bytes32(uint256(1)));
        Orders memory o = makeOrders();
        o.app.requesterrestrict = group;
        o = signOrders(o);
        expectReason("iExecV5-matchOrders-0x15");
        matchOrders(o);
        vm.prank(sponsor);
        _factory.createGroup(bytes32(uint256(1)), one(requester));
        matchOrders(o);
    }
}
