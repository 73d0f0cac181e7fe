// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title A workerpool's policy inside the signed order
/// @notice The policy of a pool is not part of an order, so it could change between signature and match. Whoever minds
/// writes it into the salt of its workerpool order or request order:
///
///   bytes 0-7    0xffc943af21fb3e77: the first 8 of keccak256("iExec PoCo workerpool policy, 1")
///   bytes 8-15   worker stake ratio, percent, big endian
///   byte  16     scheduler reward ratio, percent
///   bytes 17-31  anything
///
/// Any other salt commits to nothing.
library PolicyCommitment {
    bytes8 internal constant MAGIC = bytes8(keccak256("iExec PoCo workerpool policy, 1"));

    /// @dev Whether an order of this salt accepts the policy.
    function accepts(bytes32 salt, uint256 workerStakeRatio, uint256 schedulerRewardRatio)
        internal
        pure
        returns (bool)
    {
        if (bytes8(salt) != MAGIC) return true;
        return uint64(uint256(salt) >> 128) == workerStakeRatio && uint8(salt[16]) == schedulerRewardRatio;
    }
}
