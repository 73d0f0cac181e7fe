// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ContributionStatus, TaskStatus} from "../../src/interfaces/Views.sol";

/// @notice The cheatcodes that only the census needs.
interface CensusVm {
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);
    function writeLine(string calldata path, string calldata line) external;
    function toString(uint256 value) external pure returns (string memory);
}

/// @title Counts what a run did: calls, refusals, and every change of status of tasks and contributions
/// @notice A change that the protocol does not know fails the run. With the environment variable CENSUS set to a file,
/// each run adds one line of JSON to it; `eng/contracts-proof` sums them up.
abstract contract Census {
    error ForbiddenEdge(string what, uint256 from, uint256 to);

    CensusVm private constant VM = CensusVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    mapping(string => uint256) private _counts;
    string[] private _names;

    function count(string memory what) internal {
        if (_counts[what]++ == 0) _names.push(what);
    }

    function countOf(string memory what) public view returns (uint256) {
        return _counts[what];
    }

    /// @dev A call that the hub performed, or refused.
    function countCall(bool performed) internal {
        count("calls");
        count(performed ? "performed" : "refused");
    }

    function countEdge(TaskStatus from, TaskStatus to) internal {
        bool ends = to == TaskStatus.COMPLETED || to == TaskStatus.FAILED;
        bool known = (from == TaskStatus.UNSET && to == TaskStatus.ACTIVE)
            || (from == TaskStatus.ACTIVE && (ends || to == TaskStatus.REVEALING))
            || (from == TaskStatus.REVEALING && (ends || to == TaskStatus.ACTIVE));
        if (!known) revert ForbiddenEdge("task", uint256(from), uint256(to));
        count(string.concat("task ", nameOf(from), " to ", nameOf(to)));
    }

    function countEdge(ContributionStatus from, ContributionStatus to) internal {
        bool known =
            (from == ContributionStatus.UNSET
                    && (to == ContributionStatus.CONTRIBUTED || to == ContributionStatus.PROVED))
                || (from == ContributionStatus.CONTRIBUTED
                    && (to == ContributionStatus.PROVED || to == ContributionStatus.REJECTED));
        if (!known) revert ForbiddenEdge("contribution", uint256(from), uint256(to));
        count(string.concat("contribution ", nameOf(from), " to ", nameOf(to)));
    }

    /// @dev One line of JSON, when somebody asked for it.
    function report() public {
        string memory file = VM.envOr("CENSUS", "");
        if (bytes(file).length == 0) return;
        string memory line = "{";
        for (uint256 i = 0; i < _names.length; ++i) {
            line = string.concat(line, i == 0 ? '"' : ',"', _names[i], '":', VM.toString(_counts[_names[i]]));
        }
        VM.writeLine(file, string.concat(line, "}"));
    }

    function nameOf(TaskStatus status) private pure returns (string memory) {
        if (status == TaskStatus.UNSET) return "UNSET";
        if (status == TaskStatus.ACTIVE) return "ACTIVE";
        if (status == TaskStatus.REVEALING) return "REVEALING";
        return status == TaskStatus.COMPLETED ? "COMPLETED" : "FAILED";
    }

    function nameOf(ContributionStatus status) private pure returns (string memory) {
        if (status == ContributionStatus.UNSET) return "UNSET";
        if (status == ContributionStatus.CONTRIBUTED) return "CONTRIBUTED";
        return status == ContributionStatus.PROVED ? "PROVED" : "REJECTED";
    }
}
