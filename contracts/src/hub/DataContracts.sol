// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Data kept as the code of a contract
/// @notice Writing 300 bytes as code costs less than half of writing them to slots, and reading them back costs one cold
/// account instead of ten cold slots. The address follows from the salt alone, because the creation code is constant:
/// it asks its creator for the data (by an empty STATICCALL, which `receive` answers from transient storage).
///
/// Data begins with a zero byte. As code that is STOP: whoever calls the contract runs nothing, so nobody can have it
/// execute SELFDESTRUCT out of chosen data, which would delete it in the transaction of its creation (EIP-6780).
abstract contract DataContracts {
    /// @notice The data was not written, because the gas ran out on the way or the salt was used before.
    error DataNotWritten(bytes32 salt);

    /// @notice Longest data: the limit of code, EIP-170.
    uint256 internal constant MAX_DATA = 24_576;

    /// @dev STATICCALL(gas, caller, nothing); return what it answered.
    bytes15 private constant CREATION_CODE = 0x5f5f5f5f335afa503d5f5f3e3d5ff3;
    bytes32 private constant CREATION_CODE_HASH = keccak256(abi.encodePacked(CREATION_CODE));

    /// @dev Transient slots of the length of pending data, and of its words (at this plus their offset in bytes).
    uint256 private constant PENDING_LENGTH = 0xda7a000000000000;
    uint256 private constant PENDING = 0xda7a000000000020;

    /// @dev Where the data of `salt` is, or would be.
    function _dataAddress(bytes32 salt) internal view returns (address place) {
        bytes32 codeHash = CREATION_CODE_HASH;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(free, 0xff)
            mstore(add(free, 1), shl(96, address()))
            mstore(add(free, 21), salt)
            mstore(add(free, 53), codeHash)
            place := and(keccak256(free, 85), 0xffffffffffffffffffffffffffffffffffffffff)
        }
    }

    /// @dev Writes `data`, which begins with a zero byte and is at most MAX_DATA bytes long. One salt must never carry
    /// two kinds of data that can be taken for each other. Reverts DataNotWritten.
    function _writeData(bytes32 salt, bytes memory data) internal returns (address place) {
        bytes15 creationCode = CREATION_CODE;
        uint256 pending = PENDING;
        uint256 pendingLength = PENDING_LENGTH;
        assembly ("memory-safe") {
            let length := mload(data)
            let start := add(data, 32)
            tstore(pendingLength, length)
            for { let i := 0 } lt(i, length) { i := add(i, 32) } { tstore(add(pending, i), mload(add(start, i))) }
            mstore(0, creationCode)
            place := create2(0, 0, 15, salt)
            tstore(pendingLength, 0)
        }
        // Too little gas in the innermost call leaves a contract that is empty, rather than none.
        if (place == address(0) || place.code.length != data.length) revert DataNotWritten(salt);
    }

    /// @dev Data from `offset` to its end; empty where there is none.
    function _readData(address place, uint256 offset) internal view returns (bytes memory data) {
        uint256 size = place.code.length;
        if (size <= offset) return data;
        data = new bytes(size - offset);
        assembly ("memory-safe") {
            extcodecopy(place, add(data, 32), offset, mload(data))
        }
    }

    /// @dev For `receive`: gives pending data to the contract under creation; returns when there is none.
    function _answerPendingData() internal view {
        uint256 pending = PENDING;
        uint256 pendingLength = PENDING_LENGTH;
        assembly ("memory-safe") {
            let length := tload(pendingLength)
            if and(gt(length, 0), iszero(callvalue())) {
                let start := mload(0x40)
                for { let i := 0 } lt(i, length) { i := add(i, 32) } { mstore(add(start, i), tload(add(pending, i))) }
                return(start, length)
            }
        }
    }
}
