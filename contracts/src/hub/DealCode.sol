// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice What four orders agreed on. Prices and stake in nRLC per task, times in seconds.
struct DealTerms {
    bytes32 dealid;
    address app;
    address appOwner;
    uint256 appPrice;
    /// Zero when the deal has no dataset; its owner and price are then not kept.
    address dataset;
    address datasetOwner;
    uint256 datasetPrice;
    address workerpool;
    address workerpoolOwner;
    uint256 workerpoolPrice;
    address requester;
    address beneficiary;
    address callback;
    address sponsor;
    uint256 trust;
    uint256 category;
    bytes32 tag;
    uint256 startTime;
    uint256 timeref;
    uint256 botFirst;
    uint256 botSize;
    uint256 workerStake;
    uint256 schedulerRewardRatio;
}

/// @notice The terms of a deal, read back from its code: where they begin in memory.
type DealData is uint256;

using DealCode for DealData global;

/// @title A deal as bytes
/// @notice
///   0        zero, see `DataContracts`
///   1        0x80 (a deal), with WIDE, DATASET, CALLBACK, SPONSOR, BENEFICIARY
///   2-133    dealid, app, its owner, workerpool, its owner, requester
///   then     numbers in 50 bytes: app price 8, workerpool price 8, worker stake 8, trust 4, time reference 4, start 5,
///            first index 4, number of tasks 4, category 2, scheduler's reward ratio 1, tag 2;
///            if WIDE (one of them does not fit): in the same order, 32 bytes each
///   then     if DATASET: dataset, its owner, its price (8, or 32 if WIDE)
///   then     if CALLBACK, SPONSOR, BENEFICIARY: the address; without, zero, the requester, the requester
///   then     params
/// What tasks need stands before `params`, so that their length costs them nothing.
library DealCode {
    uint8 private constant KIND = 0x80;
    uint8 private constant WIDE = 1;
    uint8 private constant DATASET = 2;
    uint8 private constant CALLBACK = 4;
    uint8 private constant SPONSOR = 8;
    uint8 private constant BENEFICIARY = 16;

    uint256 private constant NUMBERS = 134;
    uint256 private constant NUMBERS_END = NUMBERS + 50;
    uint256 private constant WIDE_NUMBERS_END = NUMBERS + 11 * 32;
    /// @dev Longest terms without params.
    uint256 private constant MAX_TERMS = NUMBERS_END + 48 + 60;
    uint256 internal constant MAX_WIDE_TERMS = WIDE_NUMBERS_END + 72 + 60;

    // ------------------------------------------------------------------ writing

    function encode(DealTerms memory t, string calldata params) internal pure returns (bytes memory) {
        uint8 flags = KIND;
        bool wide = _isWide(t);
        if (wide) flags |= WIDE;
        bytes memory datasetTerms;
        if (t.dataset != address(0)) {
            flags |= DATASET;
            datasetTerms = wide
                ? abi.encodePacked(t.dataset, t.datasetOwner, t.datasetPrice)
                : abi.encodePacked(t.dataset, t.datasetOwner, uint64(t.datasetPrice));
        }
        bytes memory others;
        if (t.callback != address(0)) (flags, others) = (flags | CALLBACK, abi.encodePacked(t.callback));
        if (t.sponsor != t.requester) (flags, others) = (flags | SPONSOR, abi.encodePacked(others, t.sponsor));
        if (t.beneficiary != t.requester) {
            (flags, others) = (flags | BENEFICIARY, abi.encodePacked(others, t.beneficiary));
        }
        return bytes.concat(
            abi.encodePacked(
                uint8(0), flags, t.dealid, t.app, t.appOwner, t.workerpool, t.workerpoolOwner, t.requester
            ),
            wide ? _wideNumbers(t) : _numbers(t),
            datasetTerms,
            others,
            bytes(params)
        );
    }

    function _isWide(DealTerms memory t) private pure returns (bool) {
        return (t.appPrice | t.datasetPrice | t.workerpoolPrice | t.workerStake) >> 64 != 0
            || (t.trust | t.timeref | t.botFirst | t.botSize) >> 32 != 0 || t.startTime >> 40 != 0
            || (t.category | uint256(t.tag)) >> 16 != 0 || t.schedulerRewardRatio >> 8 != 0;
    }

    function _numbers(DealTerms memory t) private pure returns (bytes memory) {
        uint256 first = t.appPrice << 192 | t.workerpoolPrice << 128 | t.workerStake << 64 | t.trust << 32 | t.timeref;
        uint256 second = t.startTime << 104 | t.botFirst << 72 | t.botSize << 40 | t.category << 24
            | t.schedulerRewardRatio << 16 | uint256(t.tag);
        return abi.encodePacked(first, uint144(second));
    }

    function _wideNumbers(DealTerms memory t) private pure returns (bytes memory) {
        return abi.encodePacked(
            abi.encodePacked(t.appPrice, t.workerpoolPrice, t.workerStake, t.trust, t.timeref, t.startTime),
            abi.encodePacked(t.botFirst, t.botSize, t.category, t.schedulerRewardRatio, t.tag)
        );
    }

    // ------------------------------------------------------------------ reading

    /// @dev The terms in the code of `source`; `exists` tells whether there are any.
    function load(address source) internal view returns (DealData deal) {
        uint256 size = MAX_TERMS;
        uint256 wideSize = MAX_WIDE_TERMS;
        uint256 wideFlag = WIDE;
        assembly ("memory-safe") {
            deal := mload(0x40)
            extcodecopy(source, deal, 0, size)
            if and(shr(240, mload(deal)), wideFlag) {
                extcodecopy(source, deal, 0, wideSize)
                size := wideSize
            }
            // Fields are read by whole words, so a word more.
            mstore(0x40, and(add(add(deal, size), 63), not(31)))
        }
    }

    /// @dev Only a deal: the code of something else, which strangers may have worded, does not count.
    function exists(DealData deal) internal pure returns (bool) {
        return _field(deal, 0, 2) & 0xffe0 == KIND;
    }

    function dealid(DealData deal) internal pure returns (bytes32) {
        return bytes32(_field(deal, 2, 32));
    }

    function app(DealData deal) internal pure returns (address) {
        return address(uint160(_field(deal, 34, 20)));
    }

    function appOwner(DealData deal) internal pure returns (address) {
        return address(uint160(_field(deal, 54, 20)));
    }

    function workerpool(DealData deal) internal pure returns (address) {
        return address(uint160(_field(deal, 74, 20)));
    }

    function workerpoolOwner(DealData deal) internal pure returns (address) {
        return address(uint160(_field(deal, 94, 20)));
    }

    function requester(DealData deal) internal pure returns (address) {
        return address(uint160(_field(deal, 114, 20)));
    }

    function appPrice(DealData deal) internal pure returns (uint256) {
        return _number(deal, 0, 0, 8);
    }

    function workerpoolPrice(DealData deal) internal pure returns (uint256) {
        return _number(deal, 1, 8, 8);
    }

    function workerStake(DealData deal) internal pure returns (uint256) {
        return _number(deal, 2, 16, 8);
    }

    function trust(DealData deal) internal pure returns (uint256) {
        return _number(deal, 3, 24, 4);
    }

    function timeref(DealData deal) internal pure returns (uint256) {
        return _number(deal, 4, 28, 4);
    }

    function startTime(DealData deal) internal pure returns (uint256) {
        return _number(deal, 5, 32, 5);
    }

    function botFirst(DealData deal) internal pure returns (uint256) {
        return _number(deal, 6, 37, 4);
    }

    function botSize(DealData deal) internal pure returns (uint256) {
        return _number(deal, 7, 41, 4);
    }

    function category(DealData deal) internal pure returns (uint256) {
        return _number(deal, 8, 45, 2);
    }

    function schedulerRewardRatio(DealData deal) internal pure returns (uint256) {
        return _number(deal, 9, 47, 1);
    }

    function tag(DealData deal) internal pure returns (bytes32) {
        return bytes32(_number(deal, 10, 48, 2));
    }

    function dataset(DealData deal) internal pure returns (address) {
        return _has(deal, DATASET) ? address(uint160(_field(deal, _numbersEnd(deal), 20))) : address(0);
    }

    function datasetOwner(DealData deal) internal pure returns (address) {
        return _has(deal, DATASET) ? address(uint160(_field(deal, _numbersEnd(deal) + 20, 20))) : address(0);
    }

    function datasetPrice(DealData deal) internal pure returns (uint256) {
        if (!_has(deal, DATASET)) return 0;
        return _field(deal, _numbersEnd(deal) + 40, _has(deal, WIDE) ? 32 : 8);
    }

    /// @dev What one task costs the sponsor.
    function taskPrice(DealData deal) internal pure returns (uint256) {
        return appPrice(deal) + datasetPrice(deal) + workerpoolPrice(deal);
    }

    function callback(DealData deal) internal pure returns (address) {
        return _has(deal, CALLBACK) ? address(uint160(_field(deal, _datasetEnd(deal), 20))) : address(0);
    }

    function sponsor(DealData deal) internal pure returns (address) {
        if (!_has(deal, SPONSOR)) return requester(deal);
        return address(uint160(_field(deal, _datasetEnd(deal) + (_has(deal, CALLBACK) ? 20 : 0), 20)));
    }

    function beneficiary(DealData deal) internal pure returns (address) {
        if (!_has(deal, BENEFICIARY)) return requester(deal);
        return address(uint160(_field(deal, paramsOffset(deal) - 20, 20)));
    }

    /// @dev Where params begin; they reach to the end of the code.
    function paramsOffset(DealData deal) internal pure returns (uint256 offset) {
        offset = _datasetEnd(deal);
        if (_has(deal, CALLBACK)) offset += 20;
        if (_has(deal, SPONSOR)) offset += 20;
        if (_has(deal, BENEFICIARY)) offset += 20;
    }

    function _numbersEnd(DealData deal) private pure returns (uint256) {
        return _has(deal, WIDE) ? WIDE_NUMBERS_END : NUMBERS_END;
    }

    function _datasetEnd(DealData deal) private pure returns (uint256) {
        uint256 end = _numbersEnd(deal);
        if (!_has(deal, DATASET)) return end;
        return end + (_has(deal, WIDE) ? 72 : 48);
    }

    function _has(DealData deal, uint8 flag) private pure returns (bool) {
        return _field(deal, 1, 1) & flag != 0;
    }

    /// @param wideIndex number of the field among the wide ones; `offset` and `size` of its narrow form.
    function _number(DealData deal, uint256 wideIndex, uint256 offset, uint256 size) private pure returns (uint256) {
        if (_has(deal, WIDE)) return _field(deal, NUMBERS + 32 * wideIndex, 32);
        return _field(deal, NUMBERS + offset, size);
    }

    function _field(DealData deal, uint256 offset, uint256 size) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), mload(add(deal, offset)))
        }
    }
}
