// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice What the hub knows of an order, in one word.
///
///   bits 0-159    who consented to it, on-chain or by an ECDSA signature that was verified at a match
///   bit  160      whether that consent was given on-chain
///   bits 161-255  runs sold; all ones: see `HubStorage._wideConsumed`
type OrderRecord is uint256;

using OrderRecords for OrderRecord global;

library OrderRecords {
    uint256 internal constant MAX_CONSUMED = 2 ** 95 - 1;

    uint256 private constant PRESIGNED = 160;
    uint256 private constant CONSUMED = 161;

    /// @dev Whose consent needs no signature any more; zero for nobody's.
    function consenter(OrderRecord record) internal pure returns (address) {
        return address(uint160(OrderRecord.unwrap(record)));
    }

    /// @dev Who consented on-chain, or zero.
    function presigner(OrderRecord record) internal pure returns (address) {
        return OrderRecord.unwrap(record) >> PRESIGNED & 1 != 0 ? consenter(record) : address(0);
    }

    function consumed(OrderRecord record) internal pure returns (uint256) {
        return OrderRecord.unwrap(record) >> CONSUMED;
    }

    function withPresigner(OrderRecord record, address account) internal pure returns (OrderRecord) {
        return OrderRecord.wrap(consumed(record) << CONSUMED | 1 << PRESIGNED | uint160(account));
    }

    /// @dev Remembers a verified signature, unless a consent on-chain stands there.
    function withSigner(OrderRecord record, address account) internal pure returns (OrderRecord) {
        if (presigner(record) != address(0)) return record;
        return OrderRecord.wrap(consumed(record) << CONSUMED | uint160(account));
    }

    /// @dev `amount` is cut to what fits.
    function withConsumed(OrderRecord record, uint256 amount) internal pure returns (OrderRecord) {
        uint256 cut = amount < MAX_CONSUMED ? amount : MAX_CONSUMED;
        uint256 kept = OrderRecord.unwrap(record) & ((1 << CONSUMED) - 1);
        return OrderRecord.wrap(kept | cut << CONSUMED);
    }
}
