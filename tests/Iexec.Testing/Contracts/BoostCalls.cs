using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;

namespace Iexec.Testing.Contracts;

/// <summary>What belongs to Boost deals beside the match: call data, and the enclave's message.</summary>
public static class BoostCalls
{
    private static readonly AbiSignature Push = new("pushResultBoost(bytes32,uint256,bytes,bytes,bytes,address,bytes)");
    private static readonly AbiSignature ClaimFunction = new("claimBoost(bytes32,uint256)");

    /// <summary>pushResultBoost.</summary>
    public static byte[] PushResult(
        DealId deal, UInt256 index, byte[] results, byte[] resultsCallback, byte[] authorizationSign, Address enclaveChallenge, byte[] enclaveSign) =>
        new AbiWriter().Bytes32(deal.Value).Uint(index).Bytes(results).Bytes(resultsCallback).Bytes(authorizationSign).Address(enclaveChallenge).Bytes(enclaveSign)
            .ToCallData(Push.Selector);

    /// <summary>claimBoost.</summary>
    public static byte[] Claim(DealId deal, UInt256 index) => new AbiWriter().Bytes32(deal.Value).Uint(index).ToCallData(ClaimFunction.Selector);

    /// <summary>The enclave's signature: over worker, task and the digest of the result, or of the callback's data when there is a callback.</summary>
    public static byte[] SignResult(PrivateKey enclave, Address worker, TaskId task, ReadOnlySpan<byte> result) =>
        enclave.SignMessage(Keccak256.Hash([.. worker.AsSpan(), .. task.Value.AsSpan(), .. Keccak256.Hash(result).AsSpan()]).AsSpan()).ToArray();
}
