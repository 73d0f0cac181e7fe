// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {TaskStatus} from "../interfaces/Views.sol";

/// @notice The state of a task in one word.
///
///   bits 0-159    contract whose code is the deal
///   bits 160-162  status
///   bits 163-202  reveal deadline, seconds; all ones: see `TaskSlots.wideRevealDeadline`
///   bits 203-234  index of the task in its deal; all ones: see `TaskSlots.wideIndex`
///   bits 235-250  1 + number of the result hash of the consensus; 0 before there is one
///   bit  251      whether somebody revealed, so that the hash of the consensus was replaced by its digest
///   bits 252-253  where the result is, `RESULT_...`
type TaskHead is uint256;

using TaskHeads for TaskHead global;

library TaskHeads {
    /// @dev Nothing was published.
    uint256 internal constant RESULT_NONE = 0;
    /// @dev A link, by its digest, in the seal slot of the first contributor who revealed.
    uint256 internal constant RESULT_LINK = 1;
    /// @dev `ResultCode`, as the code of a contract or in `TaskSlots.longData`.
    uint256 internal constant RESULT_CODE = 2;
    /// @dev The same, together with the only contribution.
    uint256 internal constant RESULT_AND_CONTRIBUTION = 3;

    uint256 internal constant MAX_DEADLINE = type(uint40).max;
    uint256 internal constant MAX_INDEX = type(uint32).max;

    uint256 private constant STATUS = 160;
    uint256 private constant DEADLINE = 163;
    uint256 private constant INDEX = 203;
    uint256 private constant CONSENSUS = 235;
    uint256 private constant REVEALED = 251;
    uint256 private constant RESULT = 252;

    /// @dev A task that is ACTIVE. `index_` is cut to what fits.
    function create(address dealCode_, uint256 index_) internal pure returns (TaskHead) {
        uint256 cut = index_ < MAX_INDEX ? index_ : MAX_INDEX;
        return TaskHead.wrap(uint160(dealCode_) | uint256(TaskStatus.ACTIVE) << STATUS | cut << INDEX);
    }

    function exists(TaskHead head) internal pure returns (bool) {
        return TaskHead.unwrap(head) != 0;
    }

    function dealCode(TaskHead head) internal pure returns (address) {
        return address(uint160(TaskHead.unwrap(head)));
    }

    function status(TaskHead head) internal pure returns (TaskStatus) {
        return TaskStatus(TaskHead.unwrap(head) >> STATUS & 7);
    }

    function revealDeadline(TaskHead head) internal pure returns (uint256) {
        return TaskHead.unwrap(head) >> DEADLINE & MAX_DEADLINE;
    }

    function index(TaskHead head) internal pure returns (uint256) {
        return TaskHead.unwrap(head) >> INDEX & MAX_INDEX;
    }

    /// @dev 1 + number of the result hash, or 0.
    function consensus(TaskHead head) internal pure returns (uint256) {
        return TaskHead.unwrap(head) >> CONSENSUS & type(uint16).max;
    }

    function revealed(TaskHead head) internal pure returns (bool) {
        return TaskHead.unwrap(head) >> REVEALED & 1 != 0;
    }

    function result(TaskHead head) internal pure returns (uint256) {
        return TaskHead.unwrap(head) >> RESULT;
    }

    // ------------------------------------------------------------------ changes

    function withStatus(TaskHead head, TaskStatus status_) internal pure returns (TaskHead) {
        return TaskHead.wrap(TaskHead.unwrap(head) & ~(uint256(7) << STATUS) | uint256(status_) << STATUS);
    }

    /// @dev From ACTIVE to REVEALING. `deadline` is cut to what fits.
    function withConsensus(TaskHead head, uint256 number, uint256 deadline) internal pure returns (TaskHead) {
        return withStatus(withDeadline(head, deadline), TaskStatus.REVEALING).with((number + 1) << CONSENSUS);
    }

    /// @dev From REVEALING back to ACTIVE; nobody had revealed.
    function withoutConsensus(TaskHead head) internal pure returns (TaskHead) {
        uint256 kept = ~(MAX_DEADLINE << DEADLINE | uint256(type(uint16).max) << CONSENSUS);
        return withStatus(TaskHead.wrap(TaskHead.unwrap(head) & kept), TaskStatus.ACTIVE);
    }

    function withDeadline(TaskHead head, uint256 deadline) internal pure returns (TaskHead) {
        return head.with((deadline < MAX_DEADLINE ? deadline : MAX_DEADLINE) << DEADLINE);
    }

    function withRevealed(TaskHead head) internal pure returns (TaskHead) {
        return head.with(1 << REVEALED);
    }

    /// @dev COMPLETED, with the result at `where`.
    function withResult(TaskHead head, uint256 where) internal pure returns (TaskHead) {
        return withStatus(head, TaskStatus.COMPLETED).with(where << RESULT);
    }

    /// @dev Sets bits that are zero.
    function with(TaskHead head, uint256 bits) internal pure returns (TaskHead) {
        return TaskHead.wrap(TaskHead.unwrap(head) | bits);
    }
}
