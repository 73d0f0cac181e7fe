// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title A stranger whose code the hub or a token calls, and who then calls back whatever it was told
contract Intruder {
    address private _target;
    bytes[] private _attempts;
    bool private _inside;
    bool[] public admitted;
    /// How often it was called and, being inside already, did nothing.
    uint256 public visits;

    function plan(address target, bytes[] calldata attempts) external {
        _target = target;
        delete _attempts;
        delete admitted;
        for (uint256 i = 0; i < attempts.length; ++i) {
            _attempts.push(attempts[i]);
        }
    }

    function outcomes() external view returns (uint256) {
        return admitted.length;
    }

    /// @dev ERC-1154.
    function receiveResult(bytes32, bytes calldata) external {
        intrude();
    }

    /// @dev What a token with hooks calls on both sides of a transfer.
    function tokensMoved() external {
        intrude();
    }

    /// @dev ERC-677.
    function receiveApproval(address, uint256, address, bytes calldata) external returns (bool) {
        intrude();
        return true;
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        intrude();
        return 0x150b7a02;
    }

    receive() external payable {
        intrude();
    }

    /// @dev Acts for itself.
    function call(address target, bytes calldata data) external returns (bytes memory) {
        (bool success, bytes memory result) = target.call(data);
        if (!success) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }

    function intrude() private {
        ++visits;
        if (_inside) return;
        _inside = true;
        for (uint256 i = 0; i < _attempts.length; ++i) {
            (bool success,) = _target.call(_attempts[i]);
            admitted.push(success);
        }
        _inside = false;
    }
}

/// @title Asked by ERC-1271 or ERC-734, it tries to act, and says yes all the same
contract TreacherousJudge {
    address private _target;
    bytes private _attempt;
    bool private _hides;

    /// @param hides whether it says yes although it failed to act.
    function plan(address target, bytes calldata attempt, bool hides) external {
        _target = target;
        _attempt = attempt;
        _hides = hides;
    }

    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        act();
        return 0x1626ba7e;
    }

    function keyHasPurpose(bytes32, uint256) external returns (bool) {
        act();
        return true;
    }

    function act() private {
        (bool success,) = _target.call{gas: gasleft() / 2}(_attempt);
        require(success || _hides, "could not act");
    }
}

/// @title A token that tells both sides of every transfer, before and after it
contract TalkativeToken {
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
        totalSupply += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        move(msg.sender, to, amount);
        return true;
    }

    /// @dev Everybody has approved everybody: what the hub asks for, it gets.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        move(from, to, amount);
        return true;
    }

    function move(address from, address to, uint256 amount) private {
        tell(from);
        tell(to);
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        tell(from);
        tell(to);
    }

    function tell(address who) private {
        if (who.code.length == 0) return;
        (bool heard,) = who.call(abi.encodeWithSignature("tokensMoved()"));
        heard; // the hub does not listen
    }
}
