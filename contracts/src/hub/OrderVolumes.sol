// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {BoostDealCode} from "./BoostDealCode.sol";
import {DataContracts} from "./DataContracts.sol";
import {DealCode, DealData} from "./DealCode.sol";
import {HubStorage} from "./HubStorage.sol";
import {OrderRecord, OrderRecords} from "./OrderRecord.sol";

/// @title How much of an order is sold, and how much is left
/// @notice The first deal of a request leaves no trace in the request's record: the deal itself, whose id follows from
/// the request alone, says how many tasks it took.
abstract contract OrderVolumes is HubStorage, DataContracts {
    /// @dev Runs sold of an order that is no request.
    function _sold(bytes32 orderHash, OrderRecord record) internal view returns (uint256 consumed) {
        consumed = record.consumed();
        if (consumed == OrderRecords.MAX_CONSUMED) consumed = _wideConsumed[orderHash];
    }

    /// @dev Tasks sold of a request.
    function _soldOfRequest(bytes32 requestHash, OrderRecord record) internal view returns (uint256 consumed) {
        consumed = _sold(requestHash, record);
        if (consumed != 0) return consumed;
        address place = _dataAddress(_dealid(requestHash, 0));
        DealData first = DealCode.load(place);
        return first.exists() ? first.botSize() : BoostDealCode.botSize(place);
    }

    /// @dev Records that `consumed` runs of an order are sold; returns its new record, for the caller to store.
    function _withSold(bytes32 orderHash, OrderRecord record, uint256 consumed) internal returns (OrderRecord) {
        if (consumed >= OrderRecords.MAX_CONSUMED) _wideConsumed[orderHash] = consumed;
        return record.withConsumed(consumed);
    }

    /// @dev Runs left of an order of `volume` runs; zero when more were consumed.
    function _remaining(bytes32 orderHash, uint256 volume) internal view returns (uint256) {
        return _left(volume, _sold(orderHash, _orders[orderHash]));
    }

    /// @dev Tasks left of a request.
    function _remainingTasks(bytes32 requestHash, uint256 volume) internal view returns (uint256) {
        return _left(volume, _soldOfRequest(requestHash, _orders[requestHash]));
    }

    function _left(uint256 volume, uint256 consumed) internal pure returns (uint256) {
        return volume > consumed ? volume - consumed : 0;
    }

    function _dealid(bytes32 requestHash, uint256 botFirst) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(requestHash, botFirst));
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
