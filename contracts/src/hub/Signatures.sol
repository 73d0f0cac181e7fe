// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1271, IERC734} from "../interfaces/External.sol";
import {HubStorage} from "./HubStorage.sol";
import {OrderHashing} from "./OrderHashing.sol";

/// @title Who signed what
/// @notice EIP-712 domain of the hub; signatures of keys (ECDSA) and of contracts (ERC-1271); consents given on-chain;
/// membership in groups (ERC-734).
abstract contract Signatures is HubStorage {
    string internal constant DOMAIN_NAME = "iExecODB";
    string internal constant DOMAIN_VERSION = "5.0.0";

    /// @dev Half of the order of secp256k1: above it lies the malleable twin of a signature.
    uint256 private constant MAX_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    address private immutable SELF = address(this);
    uint256 private immutable DEPLOYMENT_CHAIN_ID = block.chainid;
    bytes32 private immutable DEPLOYMENT_DOMAIN_SEPARATOR = _computeDomainSeparator();

    /// @dev The separator for where the code runs now: at its own address, or behind a proxy, or after a fork.
    function _domainSeparator() internal view returns (bytes32) {
        if (address(this) == SELF && block.chainid == DEPLOYMENT_CHAIN_ID) return DEPLOYMENT_DOMAIN_SEPARATOR;
        return _computeDomainSeparator();
    }

    function _computeDomainSeparator() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                OrderHashing.DOMAIN_TYPEHASH,
                keccak256(bytes(DOMAIN_NAME)),
                keccak256(bytes(DOMAIN_VERSION)),
                block.chainid,
                address(this)
            )
        );
    }

    function _typedDataHash(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _domainSeparator(), structHash));
    }

    /// @dev EIP-191, version 0x45, of 32 bytes.
    function _personalHash(bytes32 hash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", hash));
    }

    /// @dev Whether `signature` of `hash` is by `account`: by its key (65 bytes, or 64 as in EIP-2098) or, when it has
    /// code, by its word (ERC-1271; a revert or a malformed answer means no). The key is tried first, because it is
    /// the common case; nobody has the key of a contract, but an account that delegates (EIP-7702) has both, and
    /// either counts. Reverts "invalid-signature-format" for another length where there is no code.
    function _isSignature(address account, bytes32 hash, bytes calldata signature) internal view returns (bool) {
        return _isKeySignature(account, hash, signature) || _isContractSignature(account, hash, signature);
    }

    /// @dev The part that stays true for ever.
    function _isKeySignature(address account, bytes32 hash, bytes calldata signature) internal pure returns (bool) {
        bytes32 r;
        bytes32 s;
        uint8 v;
        if (signature.length == 65) {
            r = bytes32(signature[:32]);
            s = bytes32(signature[32:64]);
            v = uint8(signature[64]);
        } else if (signature.length == 64) {
            r = bytes32(signature[:32]);
            bytes32 vs = bytes32(signature[32:64]);
            s = vs & bytes32(uint256(type(int256).max));
            v = 27 + uint8(uint256(vs >> 255));
        } else {
            return false;
        }
        if (uint256(s) > MAX_S) return false;
        address signer = ecrecover(hash, v, r, s);
        return signer != address(0) && signer == account;
    }

    /// @dev The part that the account may take back.
    function _isContractSignature(address account, bytes32 hash, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        if (account.code.length == 0) {
            require(signature.length == 65 || signature.length == 64, "invalid-signature-format");
            return false;
        }
        return _answers(
            account,
            gasleft(),
            abi.encodeCall(IERC1271.isValidSignature, (hash, signature)),
            bytes32(IERC1271.isValidSignature.selector)
        );
    }

    /// @dev Whether `account` consented on-chain to the order of this hash.
    function _isPresignature(address account, bytes32 hash) internal view returns (bool) {
        return account != address(0) && _orders[hash].presigner() == account;
    }

    function _isPresignatureOrSignature(address account, bytes32 hash, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        return _isPresignature(account, hash) || _isSignature(account, hash, signature);
    }

    /// @dev Whether `account` satisfies the restriction of an order: zero lets everybody in, an address itself, and a
    /// group contract its members. A group has 100,000 gas to answer, so that it cannot burn what its callers brought.
    function _isAllowed(address restriction, address account) internal view returns (bool) {
        if (restriction == address(0) || restriction == account) return true;
        if (restriction.code.length == 0) return false;
        return _answers(
            restriction,
            GROUP_GAS,
            abi.encodeCall(IERC734.keyHasPurpose, (bytes32(uint256(uint160(account))), GROUPMEMBER_PURPOSE)),
            bytes32(uint256(1))
        );
    }

    /// @dev Whether a static call succeeds and its first word is `expected`. Copies 32 bytes of what is returned, so
    /// that a long answer costs the one who gives it.
    function _answers(address target, uint256 gasLimit, bytes memory data, bytes32 expected)
        private
        view
        returns (bool answered)
    {
        assembly ("memory-safe") {
            let success := staticcall(gasLimit, target, add(data, 32), mload(data), 0, 32)
            answered := and(and(success, gt(returndatasize(), 31)), eq(mload(0), expected))
        }
    }
}
