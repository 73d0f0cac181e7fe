// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice Elements of the calls that do many things in one transaction.

/// @notice Arguments of `contribute` for a worker, with its EIP-712 signature unless it sends them itself.
struct SignedContribution {
    bytes32 taskid;
    address worker;
    bytes32 resultHash;
    bytes32 resultSeal;
    address enclaveChallenge;
    bytes enclaveSign;
    bytes authorizationSign;
    bytes workerSign;
}

/// @notice Arguments of `contributeAndFinalize`.
struct Completion {
    bytes32 taskid;
    bytes32 resultDigest;
    bytes results;
    bytes resultsCallback;
    address enclaveChallenge;
    bytes enclaveSign;
    bytes authorizationSign;
}
