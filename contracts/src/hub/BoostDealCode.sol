// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealBoost} from "../interfaces/Views.sol";

/// @title A Boost deal as bytes
/// @notice
///   0        zero, see `DataContracts`
///   1        0x20 (a Boost deal), with DATASET, CALLBACK, SPONSOR
///   2-98     app owner 20, app price 12, workerpool owner 20, workerpool price 12, requester 20, scheduler's reward ratio 1,
///            deadline 5, first index 2, number of tasks 2, low end of the tag 3
///   then     if DATASET: its owner 20, its price 12
///   then     if CALLBACK, SPONSOR: the address; without, zero, the requester
/// No other kind of data at an address that follows from a dealid begins with these two bytes.
library BoostDealCode {
    uint8 private constant KIND = 0x20;
    uint8 private constant DATASET = 2;
    uint8 private constant CALLBACK = 4;
    uint8 private constant SPONSOR = 8;

    uint256 private constant FIXED = 99;
    /// @dev Longest deal: 99, and 32 of a dataset, and two addresses.
    uint256 private constant MAX_LENGTH = 171;

    /// @param schedulerRewardRatio percent, at most 100; in place of `deal.workerReward`, which follows from it.
    function encode(DealBoost memory deal, uint256 schedulerRewardRatio) internal pure returns (bytes memory) {
        uint8 flags = KIND;
        bytes memory others;
        if (deal.datasetOwner != address(0)) {
            (flags, others) = (flags | DATASET, abi.encodePacked(deal.datasetOwner, deal.datasetPrice));
        }
        if (deal.callback != address(0)) (flags, others) = (flags | CALLBACK, abi.encodePacked(others, deal.callback));
        if (deal.sponsor != deal.requester) {
            (flags, others) = (flags | SPONSOR, abi.encodePacked(others, deal.sponsor));
        }
        return bytes.concat(
            abi.encodePacked(uint8(0), flags, deal.appOwner, deal.appPrice, deal.workerpoolOwner),
            abi.encodePacked(deal.workerpoolPrice, deal.requester, uint8(schedulerRewardRatio), deal.deadline),
            abi.encodePacked(deal.botFirst, deal.botSize, deal.shortTag),
            others
        );
    }

    /// @dev The Boost deal in the code of `source`; all zero when there is none.
    function load(address source) internal view returns (DealBoost memory deal) {
        uint256 data;
        assembly ("memory-safe") {
            data := mload(0x40)
            extcodecopy(source, data, 0, MAX_LENGTH)
            // Fields are read by whole words, so a word more.
            mstore(0x40, add(data, 224))
        }
        uint256 kind = _field(data, 0, 2);
        if (kind & 0xffe0 != KIND) return deal;
        deal.appOwner = _address(data, 2);
        deal.appPrice = uint96(_field(data, 22, 12));
        deal.workerpoolOwner = _address(data, 34);
        deal.workerpoolPrice = uint96(_field(data, 54, 12));
        deal.requester = _address(data, 66);
        deal.workerReward = uint96(uint256(deal.workerpoolPrice) * (100 - _field(data, 86, 1)) / 100);
        deal.deadline = uint40(_field(data, 87, 5));
        deal.botFirst = uint16(_field(data, 92, 2));
        deal.botSize = uint16(_field(data, 94, 2));
        deal.shortTag = bytes3(uint24(_field(data, 96, 3)));
        uint256 offset = FIXED;
        if (kind & DATASET != 0) {
            deal.datasetOwner = _address(data, offset);
            deal.datasetPrice = uint96(_field(data, offset + 20, 12));
            offset += 32;
        }
        if (kind & CALLBACK != 0) {
            deal.callback = _address(data, offset);
            offset += 20;
        }
        deal.sponsor = kind & SPONSOR != 0 ? _address(data, offset) : deal.requester;
    }

    /// @dev Number of tasks of the Boost deal in the code of `source`; zero when there is none.
    function botSize(address source) internal view returns (uint256) {
        uint256 kind;
        uint256 size;
        assembly ("memory-safe") {
            mstore(0, 0)
            extcodecopy(source, 30, 0, 2)
            kind := mload(0)
            mstore(0, 0)
            extcodecopy(source, 30, 94, 2)
            size := mload(0)
        }
        return kind & 0xffe0 == KIND ? size : 0;
    }

    function _address(uint256 data, uint256 offset) private pure returns (address) {
        return address(uint160(_field(data, offset, 20)));
    }

    function _field(uint256 data, uint256 offset, uint256 size) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), mload(add(data, offset)))
        }
    }
}
