// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

interface IGroups {
    function createGroup(bytes32 salt, address[] calldata accounts) external returns (address);
    function add(address[] calldata accounts) external;
    function remove(address[] calldata accounts) external;
    function empty() external;
    function transferOwnership(address newOwner) external;
    function acceptOwnership() external;
    function renounceOwnership() external;
}

/// @notice Gas of what owners do: of the hub, of registries, of assets and of groups.
/// forge-config: default.isolate = true
contract GasOwningTest is Market {
    function snap(string memory name) private {
        vm.snapshotGasLastCall(name);
    }

    function as_(address who, address target, bytes memory data, string memory name) private returns (bytes memory) {
        vm.prank(who);
        (bool done, bytes memory answer) = target.call(data);
        snap(name);
        assertTrue(done, name);
        return answer;
    }

    function test_the_hub() external {
        address h = address(hub);
        as_(admin, h, abi.encodeCall(IHub.createCategory, ("M", "{}", 3600)), "createCategory");
        Category[] memory categories = new Category[](5);
        for (uint256 i = 0; i < 5; ++i) {
            categories[i] = Category("M", "{}", 3600);
        }
        as_(admin, h, abi.encodeCall(IHub.createCategories, (categories)), "createCategories (5)");
        as_(admin, h, abi.encodeCall(IHub.setTeeBroker, (broker)), "setTeeBroker (first)");
        as_(admin, h, abi.encodeCall(IHub.setCallbackGas, (300_000)), "setCallbackGas (first)");
        as_(stranger, h, abi.encodeCall(IHub.updateDomainSeparator, ()), "updateDomainSeparator");
        as_(admin, h, abi.encodeCall(IHub.transferOwnership, (stranger)), "transferOwnership");
        as_(stranger, h, abi.encodeCall(IHub.renounceOwnership, ()), "renounceOwnership");
    }

    function test_scores_of_an_earlier_hub() external {
        for (uint256 i = 0; i < 2; ++i) {
            Orders memory o = makeOrders();
            o.request.trust = 3;
            bytes32 taskid = openTask(o);
            contribute(workers[0], taskid, keccak256("result"));
            contribute(workers[1], taskid, keccak256("result"));
            reveal(workers[0], taskid, keccak256("result"));
            reveal(workers[1], taskid, keccak256("result"));
            finalize(taskid);
        }
        IHub next = deployHub(address(hub));
        next.importScore(workers[0]);
        snap("importScore");
    }

    function test_assets() external {
        uint256 id = uint160(app);
        address r = address(apps);
        as_(appOwner, r, abi.encodeCall(IAssetRegistry.approve, (stranger, id)), "Registry.approve");
        as_(stranger, r, abi.encodeCall(IAssetRegistry.transferFrom, (appOwner, sponsor, id)), "Registry.transferFrom");
        as_(
            sponsor,
            r,
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", sponsor, appOwner, id),
            "Registry.safeTransferFrom"
        );
        as_(
            appOwner,
            r,
            abi.encodeCall(IAssetRegistry.setApprovalForAll, (stranger, true)),
            "Registry.setApprovalForAll"
        );
        as_(admin, r, abi.encodeCall(IAssetRegistry.setBaseURI, ("https://assets.example/")), "Registry.setBaseURI");
        as_(admin, r, abi.encodeCall(IAssetRegistry.transferOwnership, (stranger)), "Registry.transferOwnership");
        as_(stranger, r, abi.encodeCall(IAssetRegistry.renounceOwnership, ()), "Registry.renounceOwnership");
        address fresh = vm.deployCode("AppRegistry.sol:AppRegistry", abi.encode(admin, "uri/app/", address(0), false));
        as_(admin, fresh, abi.encodeCall(IAssetRegistry.initialize, (address(apps))), "Registry.initialize");
    }

    function test_groups() external {
        address factory = vm.deployCode("GroupFactory.sol:GroupFactory", "");
        address[] memory three = new address[](3);
        (three[0], three[1], three[2]) = (requester, sponsor, stranger);
        bytes memory answer = as_(
            admin, factory, abi.encodeCall(IGroups.createGroup, (bytes32(0), three)), "GroupFactory.createGroup (3)"
        );
        address group = abi.decode(answer, (address));
        as_(admin, group, abi.encodeCall(IGroups.remove, (three)), "Group.remove (3)");
        as_(admin, group, abi.encodeCall(IGroups.add, (three)), "Group.add (3)");
        as_(admin, group, abi.encodeCall(IGroups.empty, ()), "Group.empty");
        as_(admin, group, abi.encodeCall(IGroups.transferOwnership, (stranger)), "Group.transferOwnership");
        as_(stranger, group, abi.encodeCall(IGroups.acceptOwnership, ()), "Group.acceptOwnership");
        as_(stranger, group, abi.encodeCall(IGroups.renounceOwnership, ()), "Group.renounceOwnership");
    }
}
