// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title One owner, named at construction
abstract contract Ownable {
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /// @notice The owner, or zero when renounced.
    address public owner;

    modifier onlyOwner() {
        require(msg.sender == owner, "Ownable: caller is not the owner");
        _;
    }

    constructor(address owner_) {
        _setOwner(owner_);
    }

    /// @notice Gives the ownership away. Owner only; not to zero. Emits OwnershipTransferred.
    function transferOwnership(address newOwner) external onlyOwner {
        require(newOwner != address(0), "Ownable: new owner is the zero address");
        _setOwner(newOwner);
    }

    /// @notice Leaves the contract without owner, for ever. Owner only. Emits OwnershipTransferred.
    function renounceOwnership() external onlyOwner {
        _setOwner(address(0));
    }

    function _setOwner(address newOwner) private {
        emit OwnershipTransferred(owner, newOwner);
        owner = newOwner;
    }
}
