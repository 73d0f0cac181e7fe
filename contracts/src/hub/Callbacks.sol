// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IOracleConsumer} from "../interfaces/External.sol";
import {HubStorage} from "./HubStorage.sol";

/// @title Results told to the contract that asked for them
abstract contract Callbacks is HubStorage {
    /// @dev ERC-1154, with a fixed amount of gas; neither failure nor what is returned matters, and what is returned is not
    /// copied. Whether the callback really had that gas (EIP-150 keeps 1/64 back).
    function _callBack(address target, bytes32 taskid, bytes calldata data) internal returns (bool hadItsGas) {
        uint256 gasLimit = _callbackGas();
        bytes memory message = abi.encodeCall(IOracleConsumer.receiveResult, (taskid, data));
        assembly ("memory-safe") {
            pop(call(gasLimit, target, 0, add(message, 32), mload(message), 0, 0))
        }
        return gasleft() > gasLimit / 63;
    }
}
