// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title What a refused Boost match reads like
library BoostRefusals {
    /// @dev Reverts with the text of a rule of `OrderChecks`.
    function refuse(uint256 rule) internal pure {
        revert(string.concat("PocoBoost: ", _reason(rule)));
    }

    function _reason(uint256 rule) private pure returns (string memory) {
        if (rule == 0x00) return "Category mismatch";
        if (rule == 0x01) return "Unknown category";
        if (rule == 0x03) return "Overpriced app";
        if (rule == 0x04) return "Overpriced dataset";
        if (rule == 0x05) return "Overpriced workerpool";
        if (rule == 0x06) return "Workerpool tag does not match demand";
        if (rule == 0x07) return "App tag does not match demand";
        if (rule == 0x10) return "App mismatch";
        if (rule == 0x11) return "Dataset mismatch";
        if (rule == 0x12) return "Workerpool restricted by request order";
        if (rule == 0x13) return "Dataset restricted by app order";
        if (rule == 0x14) return "Workerpool restricted by app order";
        if (rule == 0x15) return "Requester restricted by app order";
        if (rule == 0x16) return "App restricted by dataset order";
        if (rule == 0x17) return "Workerpool restricted by dataset order";
        if (rule == 0x18) return "Requester restricted by dataset order";
        if (rule == 0x19) return "App restricted by workerpool order";
        if (rule == 0x1a) return "Dataset restricted by workerpool order";
        if (rule == 0x1b) return "Requester restricted by workerpool order";
        if (rule == 0x20) return "App not registered";
        if (rule == 0x21) return "Invalid app order signature";
        if (rule == 0x30) return "Dataset not registered";
        if (rule == 0x31) return "Invalid dataset order signature";
        if (rule == 0x40) return "Workerpool not registered";
        if (rule == 0x41) return "Invalid workerpool order signature";
        if (rule == 0x50) return "Invalid request order signature";
        return "One or more orders consumed";
    }
}
