// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";

interface IMock {
    function mockCall(address callee, bytes calldata data, bytes calldata answer) external;
}

/// @notice Orders hashed and signed by the official client: the hub, at their address and chain, finds the same hashes and
/// accepts the signatures.
/// @dev Made with ethers 6 and iexec 9.0.1 (Apache-2.0); the key is the first public test key of development nodes.
contract VectorsTest is Market {
    address private constant HUB = 0x4c5859f0F772848b2D91F1D83E2Fe57935348029;
    address private constant SIGNER = 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266;
    address private constant APP = 0x323190D01FaC21d5050D7F7fcDF370e5eB4bd065;
    address private constant DATASET = 0x8Bd1dDe4cDa6055b129096A88E62C466C7d275A1;
    address private constant POOL = 0x4ca36eE18483FD5Af2D4C9F81bB34c74F5bb573F;
    bytes32 private constant SALT = 0x1111111111111111111111111111111111111111111111111111111111111111;
    bytes32 private constant TAG = bytes32(uint256(9));

    function setUp() public override {
        super.setUp();
        vm.chainId(31337);
        vm.etch(HUB, address(hub).code);
        hub = IHub(HUB);
        bytes memory ownerCall = abi.encodeWithSignature("owner()");
        IMock(address(vm)).mockCall(APP, ownerCall, abi.encode(SIGNER));
        IMock(address(vm)).mockCall(DATASET, ownerCall, abi.encode(SIGNER));
        IMock(address(vm)).mockCall(POOL, ownerCall, abi.encode(SIGNER));
    }

    function assertKnown(bytes32 orderHash, bytes memory sign) private view {
        assertEq(hub.viewPresigned(orderHash), SIGNER, "the hub hashes as the client does");
        assertTrue(hub.verifySignature(SIGNER, orderHash, sign), "the client's signature");
    }

    function test_domain_separator() external view {
        assertEq(
            hub.eip712domain_separator(),
            0x0d52c269bb1c9376f6663755a2741503c91a793ee200ed324b15ed60b2e4c0de,
            "domain separator"
        );
    }

    function test_app_order() external {
        AppOrder memory o;
        o.app = APP;
        o.appprice = 5;
        o.volume = 1_000_000;
        o.tag = TAG;
        o.salt = SALT;
        vm.prank(SIGNER);
        hub.manageAppOrder(AppOrderOperation(o, OrderOperationKind.SIGN, ""));
        assertKnown(
            0xf17c152b2e61ad697385b64bf7dbcf49e4ece63b55eda7b2d698a34075c49749,
            hex"b707ff8c3f105869a53da83f96048511361e44f1f4519912498ae204cd7f7d2501decff1e290f6ff81a2b90432c6b2b5e1156866550a98c570e32c88ca83633c1c"
        );
    }

    function test_dataset_order() external {
        DatasetOrder memory o;
        o.dataset = DATASET;
        o.datasetprice = 3;
        o.volume = 10;
        o.tag = TAG;
        o.apprestrict = APP;
        o.salt = SALT;
        vm.prank(SIGNER);
        hub.manageDatasetOrder(DatasetOrderOperation(o, OrderOperationKind.SIGN, ""));
        assertKnown(
            0x1bae7abb47c71502594dfeca5b0cc204f9a5db314aec26418472de87092c89a4,
            hex"57fc40dfc93a19b2c8dca73efdff1b8de6ceaefa52913a9628d222562963076630cdf8aaa799a35cbe4cb5c364d2911a2b8508acc86a411bcf176748fac5f4741b"
        );
    }

    function test_workerpool_order() external {
        WorkerpoolOrder memory o;
        o.workerpool = POOL;
        o.workerpoolprice = 1000;
        o.volume = 2;
        o.tag = TAG;
        o.category = 1;
        o.trust = 100;
        o.salt = SALT;
        vm.prank(SIGNER);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o, OrderOperationKind.SIGN, ""));
        assertKnown(
            0xc7c457bb334c4a3b330d262f43cb96e49dab53f307ca2e7b42a077b48d6559e3,
            hex"426f0910a5137e551fcb3329a866a941470f17a7eaaffa7ab80d0b2633902cd519de94efd30af47c4a3b0fe9e01471bec38fe6d8aa0dd0afee6931af988beca51c"
        );
    }

    function test_request_order() external {
        RequestOrder memory o;
        o.app = APP;
        o.appmaxprice = 5;
        o.dataset = DATASET;
        o.datasetmaxprice = 3;
        o.workerpoolmaxprice = 1000;
        o.requester = SIGNER;
        o.volume = 1;
        o.tag = TAG;
        o.category = 1;
        o.beneficiary = SIGNER;
        o.params = '{"iexec_result_storage_provider":"ipfs","iexec_args":"hi"}';
        o.salt = SALT;
        vm.prank(SIGNER);
        hub.manageRequestOrder(RequestOrderOperation(o, OrderOperationKind.SIGN, ""));
        assertKnown(
            0x9d4bad2414ba33e869c99883b2ca7d9667274598071662c4931053b08fa742e2,
            hex"e5299e3461e79b761f5f06ff93853b420dce5796634da9eb656c36ed6778a3de3d7acb207ab9baf19c6f7a2f03fd6ff50e4dee81ca1d7009364c538ef3522d161b"
        );
    }
}
