// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRegistry, IRegistryEntry} from "../interfaces/External.sol";
import {ERC721Enumerable} from "./ERC721Enumerable.sol";
import {Ownable} from "./Ownable.sol";

/// @title A registry of one kind of asset
/// @notice Each entry is a contract of its own, made by CREATE2, and an ERC-721 token whose id is its address.
/// Holding the token is owning the asset.
///
/// An entry is `proxyCode` followed by its content: an ERC-1167 proxy to `master` that carries the
/// content behind its code, where `RegistryEntry` reads it. The salt is the first owner, so the address is a
/// function of (registry, content, owner) and `predictX` can tell it beforehand.
abstract contract Registry is ERC721Enumerable, Ownable {
    /// @notice Code that every entry delegates to.
    address public immutable master;
    /// @notice The registry before this one, whose entries count as registered here; or zero.
    IRegistry public previous;
    /// @notice Whether `previous` is settled.
    bool public initialized;

    /// @param owner_ may set the base URI and, once, the previous registry.
    /// @param previous_ the registry before this one, or zero.
    /// @param settled true when `previous_` is final, so that `initialize` is not needed any more.
    constructor(
        address master_,
        string memory name_,
        string memory symbol_,
        string memory baseURI_,
        address owner_,
        address previous_,
        bool settled
    ) ERC721Enumerable(name_, symbol_, baseURI_) Ownable(owner_) {
        master = master_;
        previous = IRegistry(previous_);
        initialized = settled;
    }

    /// @notice Settles the previous registry, once. Owner only. Reverts "already initialized".
    function initialize(address previous_) external onlyOwner {
        require(!initialized, "already initialized");
        initialized = true;
        previous = IRegistry(previous_);
    }

    /// @notice Sets the prefix of `tokenURI`. Owner only.
    function setBaseURI(string calldata baseURI_) external onlyOwner {
        baseURI = baseURI_;
    }

    /// @notice Name services are not supported: always reverts.
    function setName(address, string calldata) external pure {
        revert("Operation not supported on this chain");
    }

    /// @notice Whether `entry` was created here or in a previous registry.
    function isRegistered(address entry) public view returns (bool) {
        return _exists(uint160(entry)) || _isRegisteredBefore(entry);
    }

    /// @notice Owner of `entry` when it is registered here or in a previous registry, else zero: existence and
    /// ownership in one call, for the hub.
    function entryOwner(address entry) external view returns (address owner_) {
        (owner_,) = _ownerAndNote(uint160(entry));
        if (owner_ == address(0) && _isRegisteredBefore(entry)) owner_ = IRegistryEntry(entry).owner();
    }

    /// @dev Whether a previous registry knows `entry`.
    function _isRegisteredBefore(address entry) internal view returns (bool) {
        return address(previous) != address(0) && previous.isRegistered(entry);
    }

    /// @notice The constant part of an entry's creation code; the entry's content follows it.
    function proxyCode() public view returns (bytes memory) {
        // Return everything behind these 11 bytes as the runtime code: codesize - 11 bytes from offset 11. Then the
        // 45 bytes of ERC-1167.
        return abi.encodePacked(
            hex"600b380380600b3d393df3", hex"363d3d373d3d3d363d73", master, hex"5af43d82803e903d91602b57fd5bf3"
        );
    }

    /// @notice keccak256 of `proxyCode`.
    function proxyCodeHash() external view returns (bytes32) {
        return keccak256(proxyCode());
    }

    /// @dev Creates the entry and mints it. The mint is the only event, hence the first of the receipt, where
    /// clients look for the new address. Reverts "Create2: Failed on deploy" when it exists.
    function _create(address entryOwner_, bytes memory content) internal returns (address entry) {
        bytes memory code = bytes.concat(proxyCode(), content);
        bytes32 salt = _salt(entryOwner_);
        assembly ("memory-safe") {
            entry := create2(0, add(code, 32), mload(code), salt)
        }
        require(entry != address(0), "Create2: Failed on deploy");
        _mint(entryOwner_, uint160(entry));
    }

    function _predict(address entryOwner_, bytes memory content) internal view returns (address) {
        bytes32 codeHash = keccak256(bytes.concat(proxyCode(), content));
        bytes32 digest = keccak256(abi.encodePacked(hex"ff", address(this), _salt(entryOwner_), codeHash));
        return address(uint160(uint256(digest)));
    }

    function _salt(address entryOwner_) private pure returns (bytes32) {
        return bytes32(uint256(uint160(entryOwner_)));
    }
}
