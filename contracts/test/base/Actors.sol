// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title An ERC-734 group that can also misbehave
contract Group {
    enum Answer {
        MEMBERS,
        REVERT
    }

    Answer private _answer;
    mapping(bytes32 => bool) private _members;

    function set(Answer answer) external {
        _answer = answer;
    }

    function add(address member) external {
        _members[bytes32(uint256(uint160(member)))] = true;
    }

    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool) {
        require(_answer != Answer.REVERT, "no answer");
        return purpose == 4 && _members[key];
    }
}

/// @title An ERC-1271 account that accepts one hash, and can also misbehave
contract ContractAccount {
    enum Answer {
        ONE_HASH,
        REVERT,
        SHORT,
        BOMB
    }

    Answer private _answer;
    bytes32 private _accepted;

    function set(Answer answer) external {
        _answer = answer;
    }

    function accept(bytes32 hash) external {
        _accepted = hash;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        require(_answer != Answer.REVERT, "no answer");
        if (_answer == Answer.SHORT) {
            assembly {
                return(0, 4)
            }
        }
        if (_answer == Answer.BOMB) {
            assembly {
                revert(0, 500000)
            }
        }
        return hash == _accepted ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return 0x150b7a02;
    }

    /// @dev Acts as told, so that it can be requester, owner or worker.
    function call(address target, bytes calldata data) external returns (bytes memory) {
        (bool success, bytes memory result) = target.call(data);
        if (!success) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }
}

/// @title An ERC-1154 consumer, good and bad
contract Consumer {
    enum Mood {
        GOOD,
        REVERT,
        BURN_GAS,
        BOMB,
        REENTER
    }

    Mood private _mood;
    bytes32 public id;
    bytes public result;
    uint256 public gasGiven;
    bytes private _reentry;

    function set(Mood mood) external {
        _mood = mood;
    }

    function setReentry(bytes calldata data) external {
        _mood = Mood.REENTER;
        _reentry = data;
    }

    function receiveResult(bytes32 id_, bytes calldata result_) external {
        gasGiven = gasleft();
        if (_mood == Mood.REVERT) revert("not wanted");
        if (_mood == Mood.BURN_GAS) {
            while (true) {}
        }
        if (_mood == Mood.BOMB) {
            assembly {
                return(0, 200000)
            }
        }
        if (_mood == Mood.REENTER) {
            (bool success,) = msg.sender.call(_reentry);
            require(!success, "re-entered");
        }
        id = id_;
        result = result_;
    }
}

/// @title A spender of the stake token that accepts or refuses
contract Spender {
    address public lastSender;
    uint256 public lastAmount;

    function receiveApproval(address sender, uint256 amount, address, bytes calldata) external returns (bool) {
        lastSender = sender;
        lastAmount = amount;
        return amount != 0;
    }
}
