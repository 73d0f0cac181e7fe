// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {ContractAccount} from "./base/Actors.sol";
import {Log} from "./base/Test.sol";

interface IEntry {
    function registry() external view returns (address);
    function owner() external view returns (address);
    function setName(address, string calldata) external;
}

interface IAppEntry is IEntry {
    function initialize(string calldata, string calldata, bytes calldata, bytes32, bytes calldata) external;
    function m_appName() external view returns (string memory);
    function m_appType() external view returns (string memory);
    function m_appMultiaddr() external view returns (bytes memory);
    function m_appChecksum() external view returns (bytes32);
    function m_appMREnclave() external view returns (bytes memory);
}

interface IDatasetEntry is IEntry {
    function initialize(string calldata, bytes calldata, bytes32) external;
    function m_datasetName() external view returns (string memory);
    function m_datasetMultiaddr() external view returns (bytes memory);
    function m_datasetChecksum() external view returns (bytes32);
}

interface IPoolEntry is IEntry {
    function initialize(string calldata) external;
    function m_workerpoolDescription() external view returns (string memory);
    function m_workerStakeRatioPolicy() external view returns (uint256);
    function m_schedulerRewardRatioPolicy() external view returns (uint256);
    function changePolicy(uint256, uint256) external;
}

/// @notice Creation and prediction of entries, their content, their ERC-721 tokens.
contract RegistriesTest is Market {
    // ------------------------------------------------------------------ creation

    function test_app() external {
        bytes memory mrenclave = '{"provider":"SCONE"}';
        address predicted = apps.predictApp(appOwner, "name", "DOCKER", "registry/app", keccak256("i"), mrenclave);
        assertTrue(!apps.isRegistered(predicted), "not yet");
        assertEq(apps.entryOwner(predicted), address(0), "no owner yet");
        vm.recordLogs();
        vm.prank(stranger);
        address created = apps.createApp(appOwner, "name", "DOCKER", "registry/app", keccak256("i"), mrenclave);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(created, predicted, "predicted");
        assertTrue(apps.isRegistered(created), "registered");
        assertEq(apps.entryOwner(created), appOwner, "owner");
        assertEq(logs[0].emitter, address(apps), "first log: of the registry");
        assertEq(logs[0].topics[0], keccak256("Transfer(address,address,uint256)"), "first log: mint");
        assertEq(logs[0].topics[1], bytes32(0), "from zero");
        assertEq(logs[0].topics[2], bytes32(uint256(uint160(appOwner))), "to the owner");
        assertEq(logs[0].topics[3], bytes32(uint256(uint160(created))), "token id");

        IAppEntry a = IAppEntry(created);
        assertEq(a.registry(), address(apps), "registry");
        assertEq(a.owner(), appOwner, "owner");
        assertEq(a.m_appName(), "name", "name");
        assertEq(a.m_appType(), "DOCKER", "type");
        assertEq(a.m_appMultiaddr(), "registry/app", "multiaddr");
        assertEq(a.m_appChecksum(), keccak256("i"), "checksum");
        assertEq(a.m_appMREnclave(), mrenclave, "mrenclave");
        expectReason("already initialized");
        a.initialize("", "", "", 0, "");
        expectReason("Create2: Failed on deploy");
        apps.createApp(appOwner, "name", "DOCKER", "registry/app", keccak256("i"), mrenclave);
        // Same content for another owner is another app.
        assertTrue(
            apps.createApp(stranger, "name", "DOCKER", "registry/app", keccak256("i"), mrenclave) != created, "another"
        );
    }

    function test_dataset() external {
        address predicted = datasets.predictDataset(datasetOwner, "name", "/ipfs/x", keccak256("f"));
        address created = datasets.createDataset(datasetOwner, "name", "/ipfs/x", keccak256("f"));
        assertEq(created, predicted, "predicted");
        IDatasetEntry d = IDatasetEntry(created);
        assertEq(d.owner(), datasetOwner, "owner");
        assertEq(d.registry(), address(datasets), "registry");
        assertEq(d.m_datasetName(), "name", "name");
        assertEq(d.m_datasetMultiaddr(), "/ipfs/x", "multiaddr");
        assertEq(d.m_datasetChecksum(), keccak256("f"), "checksum");
        expectReason("already initialized");
        d.initialize("", "", 0);
        expectReason("Create2: Failed on deploy");
        datasets.createDataset(datasetOwner, "name", "/ipfs/x", keccak256("f"));
    }

    function test_workerpool_and_its_policy() external {
        address predicted = pools.predictWorkerpool(scheduler, "a pool");
        address created = pools.createWorkerpool(scheduler, "a pool");
        assertEq(created, predicted, "predicted");
        IPoolEntry p = IPoolEntry(created);
        assertEq(p.m_workerpoolDescription(), "a pool", "description");
        assertEq(p.m_workerStakeRatioPolicy(), 30, "default stake ratio");
        assertEq(p.m_schedulerRewardRatioPolicy(), 1, "default reward ratio");
        expectReason("already initialized");
        p.initialize("");

        expectReason("caller is not the owner");
        vm.prank(stranger);
        p.changePolicy(1, 1);
        expectEmptyRevert();
        vm.prank(scheduler);
        p.changePolicy(100, 101);
        vm.recordLogs();
        vm.prank(scheduler);
        p.changePolicy(0, 100);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs[0].topics[0], keccak256("PolicyUpdate(uint256,uint256,uint256,uint256)"), "event");
        assertEq(logs[0].data, abi.encode(30, 0, 1, 100), "ratios before and after");
        assertEq(p.m_workerStakeRatioPolicy(), 0, "stake ratio");
        assertEq(p.m_schedulerRewardRatioPolicy(), 100, "reward ratio");
        vm.prank(scheduler);
        p.changePolicy(type(uint256).max, 7);
        assertEq(p.m_workerStakeRatioPolicy(), type(uint256).max, "any stake ratio");
        assertEq(p.m_schedulerRewardRatioPolicy(), 7, "beside it");
        vm.prank(scheduler);
        p.changePolicy(type(uint24).max - 1, 0);
        assertEq(p.m_workerStakeRatioPolicy(), type(uint24).max - 1, "stake ratio in the note");
        expectEmptyRevert();
        vm.prank(scheduler);
        pools.setPolicy(1, 1); // not an entry
        // Each pool has its own.
        assertEq(IPoolEntry(pool).m_workerStakeRatioPolicy(), 35, "of the other pool");
        vm.prank(scheduler);
        pools.transferFrom(scheduler, stranger, uint160(created));
        vm.prank(stranger);
        p.changePolicy(50, 50);
        assertEq(p.m_workerStakeRatioPolicy(), 50, "by the new owner");
    }

    function testFuzz_prediction_is_creation(
        address owner,
        string calldata name,
        string calldata kind,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) external {
        vm.assume(owner != address(0));
        address predicted = apps.predictApp(owner, name, kind, multiaddr, checksum, mrenclave);
        address created = apps.createApp(owner, name, kind, multiaddr, checksum, mrenclave);
        assertEq(created, predicted, "address");
        IAppEntry a = IAppEntry(created);
        assertEq(a.m_appName(), name, "name");
        assertEq(a.m_appType(), kind, "type");
        assertEq(a.m_appMultiaddr(), multiaddr, "multiaddr");
        assertEq(a.m_appChecksum(), checksum, "checksum");
        assertEq(a.m_appMREnclave(), mrenclave, "mrenclave");
    }

    function test_no_owner_no_entry() external {
        expectReason("ERC721: mint to the zero address");
        pools.createWorkerpool(address(0), "nobody's");
    }

    function test_proxyCode_explains_the_address() external view {
        bytes memory code = apps.proxyCode();
        assertEq(keccak256(code), apps.proxyCodeHash(), "hash");
        bytes memory content =
            abi.encodePacked(keccak256("image"), uint24(3), uint24(6), uint24(8), "app", "DOCKER", "repo/app");
        bytes32 digest = keccak256(
            abi.encodePacked(hex"ff", address(apps), uint256(uint160(appOwner)), keccak256(bytes.concat(code, content)))
        );
        assertEq(app, address(uint160(uint256(digest))), "address");
    }

    function test_setName_is_refused() external {
        string memory reason = "Operation not supported on this chain";
        expectReason(reason);
        apps.setName(address(0), "x");
        expectReason(reason);
        IEntry(app).setName(address(0), "x");
    }

    // ------------------------------------------------------------------ previous registries

    function test_entries_of_a_previous_registry_count() external {
        IAppRegistry next =
            IAppRegistry(vm.deployCode("AppRegistry.sol:AppRegistry", abi.encode(admin, "", address(0), false)));
        assertTrue(!next.initialized(), "open");
        assertTrue(!next.isRegistered(app), "not yet");
        expectReason("Ownable: caller is not the owner");
        vm.prank(stranger);
        next.initialize(address(apps));
        vm.prank(admin);
        next.initialize(address(apps));
        assertEq(next.previous(), address(apps), "previous");
        assertTrue(next.isRegistered(app), "registered");
        assertEq(next.entryOwner(app), appOwner, "owner");
        expectReason("already initialized");
        vm.prank(admin);
        next.initialize(address(0));

        // A hub over the new registry sells the old app.
        apps = next;
        moveToNewHub();
        assertEq(hub.viewDeal(signAndMatch(makeOrders())).app.owner, appOwner, "deal");
    }

    function test_a_pool_of_a_previous_registry_serves_by_its_policy_there() external {
        bytes memory arguments = abi.encode(admin, "", address(pools), true);
        pools = IWorkerpoolRegistry(vm.deployCode("WorkerpoolRegistry.sol:WorkerpoolRegistry", arguments));
        moveToNewHub();
        checkTermsOfDeal(35, 5);
        vm.prank(scheduler);
        IPoolEntry(pool).changePolicy(50, 10);
        checkTermsOfDeal(50, 10);
        (address owner, uint256 stakeRatio, uint256 rewardRatio) = pools.entryTerms(pool);
        assertEq(owner, scheduler, "owner");
        assertEq(stakeRatio, 50, "stake ratio");
        assertEq(rewardRatio, 10, "reward ratio");
        (owner,,) = pools.entryTerms(stranger);
        assertEq(owner, address(0), "nobody's");
    }

    function checkTermsOfDeal(uint256 stakeRatio, uint256 rewardRatio) private {
        Deal memory deal = hub.viewDeal(signAndMatch(makeOrders()));
        assertEq(deal.workerpool.owner, scheduler, "scheduler");
        assertEq(deal.workerStake, POOL_PRICE * stakeRatio / 100, "worker stake");
        assertEq(deal.schedulerRewardRatio, rewardRatio, "scheduler's share");
    }

    function moveToNewHub() private {
        hub = deployHub(address(0));
        createCategories();
        fund(requester);
        fund(scheduler);
    }

    // ------------------------------------------------------------------ ERC-721

    function test_names_and_interfaces() external view {
        assertEq(apps.name(), "iExec Application Registry (V5)", "apps");
        assertEq(apps.symbol(), "iExecAppsV5", "apps");
        assertEq(datasets.name(), "iExec Dataset Registry (V5)", "datasets");
        assertEq(datasets.symbol(), "iExecDatasetsV5", "datasets");
        assertEq(pools.name(), "iExec Workerpool Registry (V5)", "pools");
        assertEq(pools.symbol(), "iExecWorkerpoolV5", "pools");
        assertTrue(apps.supportsInterface(0x01ffc9a7), "ERC-165");
        assertTrue(apps.supportsInterface(0x80ac58cd), "ERC-721");
        assertTrue(apps.supportsInterface(0x5b5e139f), "metadata");
        assertTrue(apps.supportsInterface(0x780e9d63), "enumerable");
        assertTrue(!apps.supportsInterface(0xffffffff), "nothing else");
    }

    function test_uri() external {
        assertEq(apps.baseURI(), "uri/app/", "base");
        assertEq(apps.tokenURI(uint160(app)), string.concat("uri/app/", vm.toString(uint160(app))), "decimal id");
        expectReason("Ownable: caller is not the owner");
        vm.prank(stranger);
        apps.setBaseURI("x");
        vm.prank(admin);
        apps.setBaseURI("https://example.org/");
        assertEq(
            apps.tokenURI(uint160(app)), string.concat("https://example.org/", vm.toString(uint160(app))), "new base"
        );
        expectReason("ERC721Metadata: URI query for nonexistent token");
        apps.tokenURI(1);
    }

    function test_enumeration_survives_transfers() external {
        uint256[4] memory ids;
        for (uint256 i = 0; i < 4; ++i) {
            ids[i] = uint160(pools.createWorkerpool(appOwner, string.concat("pool ", vm.toString(i))));
        }
        assertEq(pools.totalSupply(), 5, "all");
        assertEq(pools.balanceOf(appOwner), 4, "owned");
        vm.prank(appOwner);
        pools.transferFrom(appOwner, stranger, ids[1]); // from the middle: the last takes its place
        vm.prank(appOwner);
        pools.transferFrom(appOwner, stranger, ids[2]); // the last
        assertEq(pools.balanceOf(appOwner), 2, "left");
        assertEq(pools.balanceOf(stranger), 2, "given");
        assertEq(pools.tokenOfOwnerByIndex(appOwner, 0), ids[0], "first");
        assertEq(pools.tokenOfOwnerByIndex(appOwner, 1), ids[3], "moved");
        assertEq(pools.tokenOfOwnerByIndex(stranger, 0), ids[1], "given first");
        assertEq(pools.tokenOfOwnerByIndex(stranger, 1), ids[2], "given second");
        vm.prank(appOwner);
        pools.transferFrom(appOwner, stranger, ids[3]);
        vm.prank(appOwner);
        pools.transferFrom(appOwner, stranger, ids[0]);
        assertEq(pools.balanceOf(appOwner), 0, "none");
        assertEq(pools.tokenOfOwnerByIndex(stranger, 3), ids[0], "last given");
        assertEq(pools.tokenByIndex(1), ids[0], "list of all is untouched");
        expectReason("ERC721Enumerable: owner index out of bounds");
        pools.tokenOfOwnerByIndex(appOwner, 0);
        expectReason("ERC721Enumerable: global index out of bounds");
        pools.tokenByIndex(5);
        expectReason("ERC721: balance query for the zero address");
        pools.balanceOf(address(0));
        expectReason("ERC721: owner query for nonexistent token");
        pools.ownerOf(1);
    }

    function test_transfer_needs_the_right() external {
        uint256 id = uint160(app);
        string memory reason = "ERC721: transfer caller is not owner nor approved";
        expectReason(reason);
        vm.prank(stranger);
        apps.transferFrom(appOwner, stranger, id);
        expectReason("ERC721: approve caller is not owner nor approved for all");
        vm.prank(stranger);
        apps.approve(stranger, id);
        expectReason("ERC721: transfer of token that is not own");
        vm.prank(appOwner);
        apps.transferFrom(stranger, stranger, id);
        expectReason("ERC721: transfer to the zero address");
        vm.prank(appOwner);
        apps.transferFrom(appOwner, address(0), id);
        expectReason("ERC721: operator query for nonexistent token");
        apps.transferFrom(appOwner, stranger, 1);
        expectReason("ERC721: approved query for nonexistent token");
        apps.getApproved(1);

        vm.prank(appOwner);
        apps.approve(broker, id);
        assertEq(apps.getApproved(id), broker, "approved");
        vm.prank(broker);
        apps.transferFrom(appOwner, sponsor, id);
        assertEq(apps.getApproved(id), address(0), "approval ends with the transfer");
        expectReason(reason);
        vm.prank(broker);
        apps.transferFrom(sponsor, broker, id);

        vm.prank(sponsor);
        apps.setApprovalForAll(broker, true);
        assertTrue(apps.isApprovedForAll(sponsor, broker), "operator");
        vm.prank(broker);
        apps.approve(stranger, id);
        vm.prank(broker);
        apps.transferFrom(sponsor, appOwner, id);
        vm.prank(sponsor);
        apps.setApprovalForAll(broker, false);
        assertTrue(!apps.isApprovedForAll(sponsor, broker), "no operator");
        expectReason("ERC721: approval to current owner");
        vm.prank(appOwner);
        apps.approve(appOwner, id);
        expectReason("ERC721: approve to caller");
        vm.prank(appOwner);
        apps.setApprovalForAll(appOwner, true);
    }

    function test_safe_transfer_asks_contracts() external {
        ContractAccount receiver = new ContractAccount();
        vm.prank(appOwner);
        apps.safeTransferFrom(appOwner, address(receiver), uint160(app));
        assertEq(apps.ownerOf(uint160(app)), address(receiver), "accepted");
        vm.prank(datasetOwner);
        vm.expectRevert();
        datasets.safeTransferFrom(datasetOwner, address(rlc), uint160(dataset), "data");
        vm.prank(datasetOwner);
        datasets.safeTransferFrom(datasetOwner, stranger, uint160(dataset), "data");
        assertEq(datasets.ownerOf(uint160(dataset)), stranger, "to a key");
    }

    function test_ownership_of_a_registry() external {
        expectReason("Ownable: caller is not the owner");
        vm.prank(stranger);
        apps.transferOwnership(stranger);
        expectReason("Ownable: new owner is the zero address");
        vm.prank(admin);
        apps.transferOwnership(address(0));
        vm.prank(admin);
        apps.transferOwnership(broker);
        assertEq(apps.owner(), broker, "owner");
        vm.prank(broker);
        apps.renounceOwnership();
        assertEq(apps.owner(), address(0), "nobody");
    }
}
