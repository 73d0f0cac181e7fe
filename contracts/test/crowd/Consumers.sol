// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IHub} from "../../src/interfaces/IHub.sol";

/// @title A consumer of results that tries every way back into the hub
contract Burglar {
    /// How often the hub let it in.
    uint256 public loot;
    uint256 public calls;
    /// @dev What callbacks of Boost deals are given.
    bytes internal constant BOOST_DATA = "data";

    function receiveResult(bytes32 taskid, bytes calldata data) external {
        ++calls;
        attempt(abi.encodeCall(IHub.claim, (taskid)));
        attempt(abi.encodeCall(IHub.finalize, (taskid, "", data)));
        attempt(abi.encodeCall(IHub.reopen, (taskid)));
        attempt(abi.encodeCall(IHub.reveal, (taskid, keccak256(data))));
        attempt(abi.encodeCall(IHub.withdraw, (1)));
        attempt(abi.encodeCall(IHub.transfer, (address(1), 1)));
        attempt(abi.encodeCall(IHub.recover, ()));
        // The task is over before it is told: no other state can be seen from here. Boost keeps no results.
        if (keccak256(data) == keccak256(BOOST_DATA)) return;
        (bool told, bytes memory answer) = msg.sender.staticcall(abi.encodeCall(IHub.resultFor, (taskid)));
        if (!told || keccak256(abi.decode(answer, (bytes))) != keccak256(data)) ++loot;
    }

    function attempt(bytes memory data) private {
        (bool success,) = msg.sender.call{gas: 20_000}(data);
        if (success) ++loot;
    }
}
