// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title The usual result link as the 32 bytes that it carries
/// @notice Workers publish `{ "storage": "ipfs", "location": "/ipfs/Qm..." }`: 89 bytes of which only the SHA-256 digest
/// inside the CID (version 0: base58 of 0x1220 and the digest) is news. Exactly this spelling is recognised, so that
/// the very same bytes can be written again.
library ResultLink {
    uint256 private constant LENGTH = 89;
    uint256 private constant CID_OFFSET = 40;
    uint256 private constant CID_LENGTH = 46;
    uint256 private constant SUFFIX_LENGTH = 3;
    /// @dev What stands before the CID, as 32 and 8 bytes, and after it.
    bytes32 private constant PREFIX_HEAD = '{ "storage": "ipfs", "location":';
    bytes8 private constant PREFIX_TAIL = ' "/ipfs/';
    bytes3 private constant SUFFIX = '" }';
    /// @dev Multihash code of SHA-256 and its length.
    uint256 private constant SHA2_256 = 0x1220;
    /// @dev 58^23: the CID is read as two halves of 23 digits, each below 2^135.
    uint256 private constant HALF = 58 ** 23;
    bytes private constant DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// @dev The digest of a link, if `text` is one.
    function parse(bytes calldata text) internal pure returns (bool found, bytes32 digest) {
        if (text.length != LENGTH || !hasFrame(text)) return (false, 0);
        uint256 value;
        uint256 overflow;
        (found, value, overflow) = _number(text);
        // 46 digits of base 58 tell every number apart, so the digest determines the text.
        if (!found || overflow != SHA2_256) return (false, 0);
        return (true, bytes32(value));
    }

    /// @dev The link of a digest.
    function format(bytes32 digest) internal pure returns (bytes memory) {
        bytes memory cid = new bytes(CID_LENGTH);
        uint256 high = SHA2_256;
        uint256 low = uint256(digest);
        for (uint256 i = CID_LENGTH; i != 0; --i) {
            // Divide the number of 272 bits by 58, limb by limb of 128 bits at most.
            uint256 middle = (high % 58) << 128 | low >> 128;
            uint256 rest = (middle % 58) << 128 | low & type(uint128).max;
            high /= 58;
            low = (middle / 58) << 128 | rest / 58;
            cid[i - 1] = DIGITS[rest % 58];
        }
        return frame(cid);
    }

    /// @dev Whether `text` is a link, whatever it takes for a CID.
    function hasFrame(bytes calldata text) internal pure returns (bool) {
        if (text.length < CID_OFFSET + SUFFIX_LENGTH) return false;
        return bytes32(text) == PREFIX_HEAD && bytes8(text[32:]) == PREFIX_TAIL
            && bytes3(text[text.length - SUFFIX_LENGTH:]) == SUFFIX;
    }

    /// @dev What a link that has the frame takes for a CID.
    function framed(bytes calldata text) internal pure returns (bytes calldata) {
        return text[CID_OFFSET:text.length - SUFFIX_LENGTH];
    }

    /// @dev The link around a CID.
    function frame(bytes memory cid) internal pure returns (bytes memory) {
        return bytes.concat(PREFIX_HEAD, PREFIX_TAIL, cid, SUFFIX);
    }

    /// @dev The CID as a number: its lowest 256 bits and what lies above.
    function _number(bytes calldata text) private pure returns (bool valid, uint256 low, uint256 high) {
        uint256 cidOffset = CID_OFFSET;
        uint256 half = HALF;
        assembly ("memory-safe") {
            // Value of each digit at the place of its ASCII code, which begin at 0x31; 0xff where there is none.
            let table := mload(0x40)
            mstore(table, not(0))
            mstore(add(table, 0x20), not(0))
            mstore(add(table, 0x31), 0x000102030405060708ffffffffffffff090a0b0c0d0e0f10ff1112131415ff16)
            mstore(add(table, 0x51), 0x1718191a1b1c1d1e1f20ffffffffffff2122232425262728292a2bff2c2d2e2f)
            mstore(add(table, 0x71), 0x30313233343536373839ffffffffffffffffffffffffffffffffffffffffffff)
            mstore(add(table, 0x91), not(0))
            mstore(add(table, 0xb1), not(0))
            mstore(add(table, 0xd1), not(0))
            mstore(add(table, 0xf1), not(0))

            let bad := 0
            let first := 0
            let position := add(text.offset, cidOffset)
            let end := add(position, 23)
            for {} lt(position, end) { position := add(position, 1) } {
                let digit := byte(0, mload(add(table, byte(0, calldataload(position)))))
                bad := or(bad, digit)
                first := add(mul(first, 58), digit)
            }
            let second := 0
            end := add(end, 23)
            for {} lt(position, end) { position := add(position, 1) } {
                let digit := byte(0, mload(add(table, byte(0, calldataload(position)))))
                bad := or(bad, digit)
                second := add(mul(second, 58), digit)
            }
            valid := lt(bad, 0x80)
            // first * half + second, in 512 bits.
            let product := mul(first, half)
            low := add(product, second)
            let modulus := mulmod(first, half, not(0))
            high := add(sub(sub(modulus, product), lt(modulus, product)), lt(low, product))
        }
    }
}
