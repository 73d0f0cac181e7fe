// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ResultLink} from "./ResultLink.sol";

/// @title What a task published, as bytes
/// @notice
///   0        zero, see `DataContracts`
///   1        0x40 (a result), with LINK, CONTRIBUTION, ENCLAVE
///   2-51     if CONTRIBUTION: worker, result digest; 72 with the enclave's key, if ENCLAVE
///   then     if LINK: 1 byte of length, and the CID of the result link; else 3 bytes of length, and the results
///   then     the data of the callback
library ResultCode {
    uint8 internal constant KIND = 0x40;
    uint8 private constant LINK = 1;
    uint8 private constant CONTRIBUTION = 2;
    uint8 private constant ENCLAVE = 4;

    /// @dev Results and callback data of a task whose contributions are in slots.
    function encode(bytes calldata results, bytes calldata callbackData) internal pure returns (bytes memory) {
        (bool isLink, bytes memory packed) = _pack(results);
        return abi.encodePacked(uint8(0), KIND | (isLink ? LINK : 0), packed, callbackData);
    }

    /// @dev The same with the only contribution of the task.
    function encodeWithContribution(
        address worker,
        bytes32 digest,
        address enclave,
        bytes calldata results,
        bytes calldata callbackData
    ) internal pure returns (bytes memory) {
        (bool isLink, bytes memory packed) = _pack(results);
        uint8 kind = KIND | CONTRIBUTION | (isLink ? LINK : 0);
        if (enclave == address(0)) return abi.encodePacked(uint8(0), kind, worker, digest, packed, callbackData);
        return abi.encodePacked(uint8(0), kind | ENCLAVE, worker, digest, enclave, packed, callbackData);
    }

    /// @dev The only contribution, from data that has one.
    function contribution(bytes memory data) internal pure returns (address worker, bytes32 digest, address enclave) {
        worker = address(bytes20(_word(data, 2)));
        digest = _word(data, 22);
        if (uint8(data[1]) & ENCLAVE != 0) enclave = address(bytes20(_word(data, 54)));
    }

    function decode(bytes memory data) internal pure returns (bytes memory results, bytes memory callbackData) {
        uint8 kind = uint8(data[1]);
        uint256 offset = 2;
        if (kind & CONTRIBUTION != 0) offset += 52;
        if (kind & ENCLAVE != 0) offset += 20;
        uint256 length = kind & LINK != 0 ? uint8(data[offset]) : uint24(bytes3(_word(data, offset)));
        offset += kind & LINK != 0 ? 1 : 3;
        results = _slice(data, offset, length);
        offset += length;
        if (kind & LINK != 0) results = ResultLink.frame(results);
        callbackData = _slice(data, offset, data.length - offset);
    }

    /// @dev A CID stays text here: as code, its 46 characters are cheaper than finding out which 32 bytes they mean.
    function _pack(bytes calldata results) private pure returns (bool isLink, bytes memory) {
        if (ResultLink.hasFrame(results)) {
            bytes calldata cid = ResultLink.framed(results);
            if (cid.length <= type(uint8).max) return (true, abi.encodePacked(uint8(cid.length), cid));
        }
        // No transaction is long enough for more.
        require(results.length <= type(uint24).max);
        return (false, abi.encodePacked(uint24(results.length), results));
    }

    function _word(bytes memory data, uint256 offset) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), offset))
        }
    }

    function _slice(bytes memory data, uint256 offset, uint256 length) private pure returns (bytes memory slice) {
        slice = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(slice, 32), add(add(data, 32), offset), length)
        }
    }
}
