// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Registry} from "./Registry.sol";
import {Workerpool} from "./Workerpool.sol";

/// @title The registry of workerpools
contract WorkerpoolRegistry is Registry {
    constructor(address owner_, string memory baseURI_, address previous_, bool settled)
        Registry(
            address(new Workerpool()),
            "iExec Workerpool Registry (V5)",
            "iExecWorkerpoolV5",
            baseURI_,
            owner_,
            previous_,
            settled
        )
    {}

    /// @notice Registers a workerpool for `workerpoolOwner`; anybody may. Emits Transfer (mint).
    /// Reverts "Create2: Failed on deploy" when the same description was created for the same owner before.
    function createWorkerpool(address workerpoolOwner, string calldata description) external returns (address) {
        return _create(workerpoolOwner, abi.encode(description));
    }

    /// @notice The address that `createWorkerpool` gives, or gave, for these arguments.
    function predictWorkerpool(address workerpoolOwner, string calldata description) external view returns (address) {
        return _predict(workerpoolOwner, abi.encode(description));
    }
}
