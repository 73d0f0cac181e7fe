// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC721Receiver} from "../interfaces/External.sol";

/// @title ERC-721 with metadata and enumeration, over addresses
/// @notice Token id = the address of an entry. One slot per token holds its owner, its place in both lists and a note of
/// the registry, so that `ownerOf` and a transfer read one slot.
abstract contract ERC721Enumerable {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);

    struct Token {
        address owner;
        uint32 indexInOwned;
        uint32 indexInAll;
        uint32 note;
    }

    string public name;
    string public symbol;
    /// @notice Prefix of `tokenURI`.
    string public baseURI;

    mapping(uint256 tokenId => Token) private _tokens;
    mapping(address owner => address[]) private _owned;
    address[] private _all;
    mapping(uint256 tokenId => address) private _approved;

    /// @notice Whether `operator` may move every token of `owner`.
    mapping(address owner => mapping(address operator => bool)) public isApprovedForAll;

    constructor(string memory name_, string memory symbol_, string memory baseURI_) {
        name = name_;
        symbol = symbol_;
        baseURI = baseURI_;
    }

    // ------------------------------------------------------------------ views

    /// @notice ERC-165: 165, 721, 721 metadata, 721 enumerable.
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x80ac58cd || id == 0x5b5e139f || id == 0x780e9d63;
    }

    /// @notice Number of tokens of `owner`. Reverts for the zero address.
    function balanceOf(address owner) external view returns (uint256) {
        require(owner != address(0), "ERC721: balance query for the zero address");
        return _owned[owner].length;
    }

    /// @notice Owner of a token. Reverts when there is no such token.
    function ownerOf(uint256 tokenId) public view returns (address) {
        address owner = _tokens[tokenId].owner;
        require(owner != address(0), "ERC721: owner query for nonexistent token");
        return owner;
    }

    /// @notice Address allowed to move the token, or zero. Reverts when there is no such token.
    function getApproved(uint256 tokenId) external view returns (address) {
        require(_exists(tokenId), "ERC721: approved query for nonexistent token");
        return _approved[tokenId];
    }

    /// @notice Base URI followed by the token id in decimal. Reverts when there is no such token.
    function tokenURI(uint256 tokenId) external view returns (string memory) {
        require(_exists(tokenId), "ERC721Metadata: URI query for nonexistent token");
        return string.concat(baseURI, _decimal(tokenId));
    }

    /// @notice Number of tokens.
    function totalSupply() external view returns (uint256) {
        return _all.length;
    }

    /// @notice Token id at a place of the list of all tokens (order is not stable). Reverts out of bounds.
    function tokenByIndex(uint256 index) external view returns (uint256) {
        require(index < _all.length, "ERC721Enumerable: global index out of bounds");
        return uint160(_all[index]);
    }

    /// @notice Token id at a place of an owner's list (order is not stable). Reverts out of bounds.
    function tokenOfOwnerByIndex(address owner, uint256 index) external view returns (uint256) {
        require(index < _owned[owner].length, "ERC721Enumerable: owner index out of bounds");
        return uint160(_owned[owner][index]);
    }

    // ------------------------------------------------------------------ transfers

    /// @notice Lets `to` move one token. Caller: its owner or an operator of the owner, else it reverts. Emits Approval.
    /// Reverts too when `to` is the owner, or no such token exists.
    function approve(address to, uint256 tokenId) external {
        address owner = ownerOf(tokenId);
        require(to != owner, "ERC721: approval to current owner");
        require(
            msg.sender == owner || isApprovedForAll[owner][msg.sender],
            "ERC721: approve caller is not owner nor approved for all"
        );
        _approved[tokenId] = to;
        emit Approval(owner, to, tokenId);
    }

    /// @notice Lets `operator` move every token of the caller, or no longer. Emits ApprovalForAll.
    /// Reverts when it is the caller itself.
    function setApprovalForAll(address operator, bool approved) external {
        require(operator != msg.sender, "ERC721: approve to caller");
        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    /// @notice Moves a token, and with it the right to sign its orders. Emits Approval (to zero), Transfer.
    /// Reverts when the caller may not, `from` does not own it, or `to` is zero.
    function transferFrom(address from, address to, uint256 tokenId) public {
        address owner = _tokens[tokenId].owner;
        require(owner != address(0), "ERC721: operator query for nonexistent token");
        require(
            msg.sender == owner || _approved[tokenId] == msg.sender || isApprovedForAll[owner][msg.sender],
            "ERC721: transfer caller is not owner nor approved"
        );
        require(owner == from, "ERC721: transfer of token that is not own");
        require(to != address(0), "ERC721: transfer to the zero address");

        delete _approved[tokenId];
        emit Approval(from, address(0), tokenId);

        _removeFromOwned(from, _tokens[tokenId].indexInOwned);
        _tokens[tokenId].owner = to;
        _tokens[tokenId].indexInOwned = _appendToOwned(to, tokenId);
        emit Transfer(from, to, tokenId);
    }

    /// @notice `transferFrom` that a contract must accept (ERC-721 receiver).
    function safeTransferFrom(address from, address to, uint256 tokenId) external {
        safeTransferFrom(from, to, tokenId, "");
    }

    /// @notice `transferFrom` that a contract must accept (ERC-721 receiver), else it reverts; it is given `data`.
    function safeTransferFrom(address from, address to, uint256 tokenId, bytes memory data) public {
        transferFrom(from, to, tokenId);
        if (to.code.length != 0) {
            require(
                IERC721Receiver(to).onERC721Received(msg.sender, from, tokenId, data)
                    == IERC721Receiver.onERC721Received.selector,
                "ERC721: transfer to non ERC721Receiver implementer"
            );
        }
    }

    // ------------------------------------------------------------------ internals

    function _exists(uint256 tokenId) internal view returns (bool) {
        return _tokens[tokenId].owner != address(0);
    }

    /// @dev Owner of a token and the registry's note on it; zero when there is no such token.
    function _ownerAndNote(uint256 tokenId) internal view returns (address owner, uint32 note) {
        Token memory token = _tokens[tokenId];
        return (token.owner, token.note);
    }

    function _setNote(uint256 tokenId, uint32 note) internal {
        _tokens[tokenId].note = note;
    }

    /// @dev `tokenId` is a fresh CREATE2 address, hence never minted before.
    function _mint(address to, uint256 tokenId) internal {
        require(to != address(0), "ERC721: mint to the zero address");
        // 2^32 entries would cost 2^49 gas.
        uint32 indexInAll = uint32(_all.length);
        _all.push(address(uint160(tokenId)));
        _tokens[tokenId] = Token(to, _appendToOwned(to, tokenId), indexInAll, 0);
        emit Transfer(address(0), to, tokenId);
    }

    function _appendToOwned(address owner, uint256 tokenId) private returns (uint32 index) {
        index = uint32(_owned[owner].length);
        _owned[owner].push(address(uint160(tokenId)));
    }

    function _removeFromOwned(address owner, uint32 index) private {
        address[] storage list = _owned[owner];
        address last = list[list.length - 1];
        list.pop();
        if (index != list.length) {
            list[index] = last;
            _tokens[uint160(last)].indexInOwned = index;
        }
    }

    function _decimal(uint256 value) private pure returns (string memory) {
        bytes memory digits = new bytes(78);
        uint256 start = 78;
        do {
            digits[--start] = bytes1(uint8(48 + value % 10));
            value /= 10;
        } while (value != 0);
        bytes memory result = new bytes(78 - start);
        for (uint256 i = 0; i < result.length; ++i) {
            result[i] = digits[start + i];
        }
        return string(result);
    }
}
