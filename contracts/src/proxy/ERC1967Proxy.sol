// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title ERC-1967 proxy with an admin
/// @notice For those who want a hub that can be upgraded, and accept that the admin can then do anything. Only two
/// functions are its own, and only towards its admin; every other call is passed to the implementation.
contract ERC1967Proxy {
    event Upgraded(address indexed implementation);
    event AdminChanged(address previousAdmin, address newAdmin);

    /// @notice The implementation must have code.
    error InvalidImplementation(address implementation);

    /// @dev keccak256("eip1967.proxy.implementation") - 1 and keccak256("eip1967.proxy.admin") - 1.
    bytes32 private constant IMPLEMENTATION_SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc;
    bytes32 private constant ADMIN_SLOT = 0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103;

    /// @param implementation the first implementation, for instance a Hub.
    /// @param admin may upgrade; zero for never.
    constructor(address implementation, address admin) payable {
        _upgradeTo(implementation);
        _changeAdmin(admin);
    }

    /// @notice Replaces the implementation and, when `data` is not empty, calls it. From the admin only; from anybody
    /// else the call goes to the implementation. Reverts InvalidImplementation. Emits Upgraded.
    function upgradeToAndCall(address implementation, bytes calldata data) external payable {
        if (msg.sender != _get(ADMIN_SLOT)) _delegate();
        _upgradeTo(implementation);
        if (data.length != 0) {
            (bool success, bytes memory result) = implementation.delegatecall(data);
            if (!success) {
                assembly ("memory-safe") {
                    revert(add(result, 32), mload(result))
                }
            }
        }
    }

    /// @notice Hands the right to upgrade over; zero for never again. From the admin only, as above. Emits AdminChanged.
    function changeAdmin(address newAdmin) external {
        if (msg.sender != _get(ADMIN_SLOT)) _delegate();
        _changeAdmin(newAdmin);
    }

    /// @dev To the implementation.
    receive() external payable {
        _delegate();
    }

    /// @dev To the implementation.
    fallback() external payable {
        _delegate();
    }

    function _delegate() private {
        address implementation = _get(IMPLEMENTATION_SLOT);
        assembly {
            calldatacopy(0, 0, calldatasize())
            let success := delegatecall(gas(), implementation, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch success
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }

    function _upgradeTo(address implementation) private {
        if (implementation.code.length == 0) revert InvalidImplementation(implementation);
        _set(IMPLEMENTATION_SLOT, implementation);
        emit Upgraded(implementation);
    }

    function _changeAdmin(address newAdmin) private {
        emit AdminChanged(_get(ADMIN_SLOT), newAdmin);
        _set(ADMIN_SLOT, newAdmin);
    }

    function _get(bytes32 slot) private view returns (address value) {
        assembly ("memory-safe") {
            value := sload(slot)
        }
    }

    function _set(bytes32 slot, address value) private {
        assembly ("memory-safe") {
            sstore(slot, value)
        }
    }
}
