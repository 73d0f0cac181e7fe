// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ContributionStatus} from "../interfaces/Views.sol";

/// @notice What a worker contributed to a task, in one word; never zero.
///
///   bits 0-159    worker
///   bits 160-161  status
///   bit  162      whether it came from an enclave, whose key is in `TaskSlots.enclaves`
///   bit  163      whether this worker was the first to reveal: its seal slot is free for the result link
///   bits 164-179  number of its result hash
///   bits 180-243  weight
type ContributionRecord is uint256;

using ContributionRecords for ContributionRecord global;

library ContributionRecords {
    uint256 private constant STATUS = 160;
    uint256 private constant ENCLAVE = 162;
    uint256 private constant FIRST = 163;
    uint256 private constant HASH = 164;
    uint256 private constant WEIGHT = 180;

    /// @dev A record that is CONTRIBUTED.
    /// @param weight_ below 2^64, as scores are.
    function create(address worker_, bool fromEnclave_, uint256 hashNumber_, uint256 weight_)
        internal
        pure
        returns (ContributionRecord)
    {
        return ContributionRecord.wrap(
            uint160(worker_) | uint256(ContributionStatus.CONTRIBUTED) << STATUS | uint256(fromEnclave_ ? 1 : 0)
                << ENCLAVE | hashNumber_ << HASH | weight_ << WEIGHT
        );
    }

    function exists(ContributionRecord record) internal pure returns (bool) {
        return ContributionRecord.unwrap(record) != 0;
    }

    function worker(ContributionRecord record) internal pure returns (address) {
        return address(uint160(ContributionRecord.unwrap(record)));
    }

    function status(ContributionRecord record) internal pure returns (ContributionStatus) {
        return ContributionStatus(ContributionRecord.unwrap(record) >> STATUS & 3);
    }

    function fromEnclave(ContributionRecord record) internal pure returns (bool) {
        return ContributionRecord.unwrap(record) >> ENCLAVE & 1 != 0;
    }

    function revealedFirst(ContributionRecord record) internal pure returns (bool) {
        return ContributionRecord.unwrap(record) >> FIRST & 1 != 0;
    }

    function hashNumber(ContributionRecord record) internal pure returns (uint256) {
        return ContributionRecord.unwrap(record) >> HASH & type(uint16).max;
    }

    function weight(ContributionRecord record) internal pure returns (uint256) {
        return ContributionRecord.unwrap(record) >> WEIGHT;
    }

    /// @dev Integer part of the binary logarithm of the weight: what rewards are shared by.
    function logWeight(ContributionRecord record) internal pure returns (uint256 log) {
        for (uint256 rest = weight(record) >> 1; rest != 0; rest >>= 1) {
            ++log;
        }
    }

    function withStatus(ContributionRecord record, ContributionStatus status_)
        internal
        pure
        returns (ContributionRecord)
    {
        return ContributionRecord.wrap(
            ContributionRecord.unwrap(record) & ~(uint256(3) << STATUS) | uint256(status_) << STATUS
        );
    }

    function withRevealedFirst(ContributionRecord record) internal pure returns (ContributionRecord) {
        return ContributionRecord.wrap(ContributionRecord.unwrap(record) | 1 << FIRST);
    }
}
