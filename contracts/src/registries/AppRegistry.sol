// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {App} from "./App.sol";
import {Registry} from "./Registry.sol";

/// @title The registry of applications
contract AppRegistry is Registry {
    constructor(address owner_, string memory baseURI_, address previous_, bool settled)
        Registry(
            address(new App()), "iExec Application Registry (V5)", "iExecAppsV5", baseURI_, owner_, previous_, settled
        )
    {}

    /// @notice Registers an application for `appOwner`; anybody may. Emits Transfer (mint).
    /// Reverts "Create2: Failed on deploy" when the same content was created for the same owner before.
    function createApp(
        address appOwner,
        string calldata appName,
        string calldata appType,
        bytes calldata appMultiaddr,
        bytes32 appChecksum,
        bytes calldata appMREnclave
    ) external returns (address) {
        return _create(appOwner, _encode(appName, appType, appMultiaddr, appChecksum, appMREnclave));
    }

    /// @notice The address that `createApp` gives, or gave, for these arguments.
    function predictApp(
        address appOwner,
        string calldata appName,
        string calldata appType,
        bytes calldata appMultiaddr,
        bytes32 appChecksum,
        bytes calldata appMREnclave
    ) external view returns (address) {
        return _predict(appOwner, _encode(appName, appType, appMultiaddr, appChecksum, appMREnclave));
    }

    /// @dev As `App` reads it.
    function _encode(
        string calldata appName,
        string calldata appType,
        bytes calldata appMultiaddr,
        bytes32 appChecksum,
        bytes calldata appMREnclave
    ) private pure returns (bytes memory) {
        return abi.encodePacked(
            appChecksum,
            uint24(bytes(appName).length),
            uint24(bytes(appType).length),
            uint24(appMultiaddr.length),
            appName,
            appType,
            appMultiaddr,
            appMREnclave
        );
    }
}
