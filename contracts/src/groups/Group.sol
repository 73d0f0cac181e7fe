// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC734} from "../interfaces/External.sol";

/// @title A group of accounts, for the restrictions of orders
/// @notice An order that is restricted to a group admits its members: requesters, apps, datasets or workerpools, whatever
/// the field asks for. The owner decides who is a member, at any time; matches made before stay. Groups are clones
/// made by `GroupFactory`. Of ERC-734 it has what orders ask (`keyHasPurpose` for purpose 4) and the events.
contract Group is IERC734 {
    /// @notice ERC-734. Of accounts, `key` is the address as a number, `keyType` 1.
    event KeyAdded(bytes32 indexed key, uint256 indexed purpose, uint256 indexed keyType);
    event KeyRemoved(bytes32 indexed key, uint256 indexed purpose, uint256 indexed keyType);
    /// @notice Nobody is a member any more.
    event Emptied();
    /// @notice `newOwner` may take the group over; zero takes the offer back.
    event OwnershipOffered(address indexed owner, address indexed newOwner);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /// @notice Only this account may do that: the owner, or whom the group was offered to, or at creation the factory.
    error NotAllowed(address caller, address expected);

    uint256 private constant MEMBER_PURPOSE = 4;
    uint256 private constant ACCOUNT_KEY = 1;

    /// @dev The contract that made the code that clones run.
    address private immutable FACTORY = msg.sender;

    /// @notice Who decides on the members.
    address public owner;
    /// @dev Counts how often the group was emptied: membership is by generation, so emptying costs the same for any size.
    uint96 private _generation;
    /// @notice Whom the group is offered to, or zero.
    address public pendingOwner;
    mapping(uint256 generation => mapping(address account => bool)) private _members;

    modifier onlyOwner() {
        _only(owner);
        _;
    }

    /// @notice The first owner and members; the factory calls it within the creation. Reverts NotAllowed for all others.
    /// Emits OwnershipTransferred, and KeyAdded for each member.
    function initialize(address owner_, address[] calldata accounts) external {
        _only(FACTORY);
        emit OwnershipTransferred(address(0), owner_);
        owner = owner_;
        _add(accounts);
    }

    // ------------------------------------------------------------------ members

    /// @notice ERC-734: whether `key` (an address as a number) is a member; for purpose 4, none has another.
    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool) {
        return
            purpose == MEMBER_PURPOSE && uint256(key) >> 160 == 0
                && _members[_generation][address(uint160(uint256(key)))];
    }

    /// @notice Whether an account is a member.
    function isMember(address account) external view returns (bool) {
        return _members[_generation][account];
    }

    /// @notice Makes accounts members; those who are stay so. Owner only, else NotAllowed. Emits KeyAdded for each new one.
    function add(address[] calldata accounts) external onlyOwner {
        _add(accounts);
    }

    /// @notice Ends memberships; those who are no members stay so. Owner only, else NotAllowed. Emits KeyRemoved for each.
    function remove(address[] calldata accounts) external onlyOwner {
        mapping(address => bool) storage members = _members[_generation];
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (!members[accounts[i]]) continue;
            members[accounts[i]] = false;
            emit KeyRemoved(_key(accounts[i]), MEMBER_PURPOSE, ACCOUNT_KEY);
        }
    }

    /// @notice Ends all memberships at once. Owner only, else NotAllowed. Emits Emptied, and no KeyRemoved.
    function empty() external onlyOwner {
        ++_generation;
        emit Emptied();
    }

    function _add(address[] calldata accounts) private {
        mapping(address => bool) storage members = _members[_generation];
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (members[accounts[i]]) continue;
            members[accounts[i]] = true;
            emit KeyAdded(_key(accounts[i]), MEMBER_PURPOSE, ACCOUNT_KEY);
        }
    }

    function _key(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    // ------------------------------------------------------------------ ownership

    /// @notice Offers the group to `newOwner`, who becomes the owner by `acceptOwnership`. Owner only, else NotAllowed.
    /// Emits OwnershipOffered.
    function transferOwnership(address newOwner) external onlyOwner {
        pendingOwner = newOwner;
        emit OwnershipOffered(msg.sender, newOwner);
    }

    /// @notice Takes the group that was offered to the caller. Reverts NotAllowed. Emits OwnershipTransferred.
    function acceptOwnership() external {
        _only(pendingOwner);
        emit OwnershipTransferred(owner, msg.sender);
        owner = msg.sender;
        pendingOwner = address(0);
    }

    /// @notice Leaves the group without owner: its members stay what they are, for ever. Owner only, else NotAllowed.
    /// Emits OwnershipTransferred.
    function renounceOwnership() external onlyOwner {
        emit OwnershipTransferred(owner, address(0));
        owner = address(0);
        pendingOwner = address(0);
    }

    function _only(address expected) private view {
        if (msg.sender != expected) revert NotAllowed(msg.sender, expected);
    }
}
