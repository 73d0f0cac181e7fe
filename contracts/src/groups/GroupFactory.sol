// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Group} from "./Group.sol";

/// @title Makes groups
/// @notice Each is an ERC-1167 clone, made by CREATE2: its address follows from who makes it and a number of its
/// choice, so that orders can name a group before it exists. Nobody else can make that group.
contract GroupFactory {
    event GroupCreated(address indexed group, address indexed owner, bytes32 salt);

    /// @notice The caller has made a group with this salt already.
    error GroupExists(address group);

    /// @notice Code that every group delegates to.
    address public immutable master = address(new Group());

    /// @notice Makes a group owned by the caller. Reverts GroupExists. Emits OwnershipTransferred and KeyAdded of the
    /// group, GroupCreated.
    /// @param salt any number, new for each group of one owner.
    /// @param accounts the first members.
    function createGroup(bytes32 salt, address[] calldata accounts) external returns (Group group) {
        address place = predictGroup(msg.sender, salt);
        if (place.code.length != 0) revert GroupExists(place);
        bytes memory code = _creationCode();
        bytes32 fullSalt = _salt(msg.sender, salt);
        assembly ("memory-safe") {
            place := create2(0, add(code, 32), mload(code), fullSalt)
        }
        group = Group(place);
        group.initialize(msg.sender, accounts);
        emit GroupCreated(place, msg.sender, salt);
    }

    /// @notice Where the group of `owner` and `salt` is, or would be.
    function predictGroup(address owner, bytes32 salt) public view returns (address) {
        bytes32 codeHash = keccak256(_creationCode());
        bytes32 digest = keccak256(abi.encodePacked(hex"ff", address(this), _salt(owner, salt), codeHash));
        return address(uint160(uint256(digest)));
    }

    /// @dev Ten bytes that return what follows them: the 45 bytes of ERC-1167.
    function _creationCode() private view returns (bytes memory) {
        return abi.encodePacked(
            hex"3d602d80600a3d3981f3", hex"363d3d373d3d3d363d73", master, hex"5af43d82803e903d91602b57fd5bf3"
        );
    }

    function _salt(address owner, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(owner, salt));
    }
}
