// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

/// @notice The recipe of `deployment.md`: everything through the deterministic deployment proxy. The gas of each step goes
/// to `snapshots/DeploymentTest.json`.
/// forge-config: default.isolate = true
contract DeploymentTest is Market {
    address private constant FACTORY = 0x4e59b44847b379578588920cA78FbF26c0B4956C;
    /// @dev Runtime code of the factory: CREATE2 of calldata behind the salt.
    bytes private constant FACTORY_CODE =
        hex"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";

    uint256 private _gas;

    function deployContracts() internal override {
        vm.etch(FACTORY, FACTORY_CODE);
        rlc = IRLC(create("RLC.sol:RLC", abi.encode(admin)));
        apps = IAppRegistry(create("AppRegistry.sol:AppRegistry", abi.encode(admin, "uri/app/", address(0), true)));
        datasets = IDatasetRegistry(
            create("DatasetRegistry.sol:DatasetRegistry", abi.encode(admin, "uri/dataset/", address(0), true))
        );
        pools = IWorkerpoolRegistry(
            create("WorkerpoolRegistry.sol:WorkerpoolRegistry", abi.encode(admin, "uri/pool/", address(0), true))
        );
        address accounts = create(
            "HubAccounts.sol:HubAccounts",
            abi.encode(address(rlc), address(apps), address(datasets), address(pools), address(0), admin, false)
        );
        address boost = create("HubBoost.sol:HubBoost", abi.encode(accounts));
        address orders = create("HubOrders.sol:HubOrders", abi.encode(boost));
        address extension = create("HubExtension.sol:HubExtension", abi.encode(orders));
        hub = IHub(create("Hub.sol:Hub", abi.encode(extension)));
        create("GroupFactory.sol:GroupFactory", "");

        Category[] memory categories = new Category[](5);
        categories[0] = Category("XS", "\"extra small\"", 300);
        categories[1] = Category("S", "\"small\"", 1200);
        categories[2] = Category("M", "\"medium\"", 3600);
        categories[3] = Category("L", "\"large\"", 10800);
        categories[4] = Category("XL", "\"extra large\"", 36000);
        vm.prank(admin);
        uint256 before = gasleft();
        hub.createCategories(categories);
        _gas += before - gasleft();
        vm.snapshotGasLastCall("createCategories (5)");
    }

    function create(string memory path, bytes memory args) private returns (address deployed) {
        bytes memory initCode = bytes.concat(vm.getCode(path), args);
        assertTrue(initCode.length <= 49_152, "EIP-3860: init code");
        uint256 before = gasleft();
        (bool success, bytes memory answer) = FACTORY.call(bytes.concat(bytes32(0), initCode));
        uint256 used = before - gasleft();
        vm.snapshotGasLastCall(path);
        assertTrue(success && answer.length == 20, path);
        deployed = address(bytes20(answer));
        assertTrue(deployed.code.length <= 24_576, "EIP-170: code");
        assertTrue(used < 16_000_000, "fits half a block");
        assertEq(
            deployed,
            address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", FACTORY, bytes32(0), keccak256(initCode)))))),
            "predicted"
        );
        _gas += used;
    }

    function test_whole_deployment_fits_one_block() external view {
        assertTrue(_gas < 28_000_000, "gas of the whole");
    }

    function test_hub_is_configured() external view {
        assertEq(hub.token(), address(rlc), "token");
        assertEq(hub.appregistry(), address(apps), "apps");
        assertEq(hub.datasetregistry(), address(datasets), "datasets");
        assertEq(hub.workerpoolregistry(), address(pools), "pools");
        assertEq(hub.owner(), admin, "owner");
        assertEq(hub.countCategory(), 5, "categories");
        assertEq(hub.viewCategory(4).workClockTimeRef, 36000, "XL");
        assertEq(hub.eip712domain_separator(), Typed.domainSeparator(address(hub), block.chainid), "domain separator");
        assertTrue(apps.initialized() && datasets.initialized() && pools.initialized(), "registries settled");
        assertEq(rlc.balanceOf(admin) + rlc.balanceOf(address(hub)), 87_000_000e9, "supply");
    }

    function test_a_task_completes() external {
        bytes32 taskid = openTask(makeOrders());
        complete(workers[0], taskid);
        assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.COMPLETED), "status");
    }
}
