// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title An account by ERC-1271 that owns, buys and schedules; it misbehaves about one hash and is sane about the rest
contract House {
    enum Answer {
        YES,
        YES_AND_MUCH_MORE,
        NO,
        ZERO,
        REVERT,
        REVERT_AT_LENGTH,
        SHORT,
        DIRTY,
        NOTHING,
        BURN_GAS,
        WRITE
    }

    Answer private _answer;
    bytes32 private _odd;
    uint256 private _written;

    function set(bytes32 odd, Answer answer) external {
        _odd = odd;
        _answer = answer;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external returns (bytes4) {
        if (hash != _odd || _answer == Answer.YES) return 0x1626ba7e;
        if (_answer == Answer.NO) return 0xffffffff;
        if (_answer == Answer.ZERO) return 0;
        require(_answer != Answer.REVERT, "no answer");
        if (_answer == Answer.WRITE) {
            ++_written; // a static call must not allow it
            return 0x1626ba7e;
        }
        if (_answer == Answer.BURN_GAS) {
            while (true) {}
        }
        bool reverts = _answer == Answer.REVERT_AT_LENGTH;
        uint256 size =
            _answer == Answer.SHORT ? 31 : _answer == Answer.DIRTY ? 32 : _answer == Answer.NOTHING ? 0 : 300_000;
        uint256 junk = _answer == Answer.DIRTY ? 1 : 0;
        assembly {
            mstore(0, or(shl(224, 0x1626ba7e), junk))
            if reverts { revert(0, size) }
            return(0, size)
        }
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return 0x150b7a02;
    }
}
