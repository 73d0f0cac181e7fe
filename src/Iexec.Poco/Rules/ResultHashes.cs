using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Poco.Rules;

/// <summary>The hashes and signatures around a contribution. Values are joined as raw bytes, addresses with 20; signatures are EIP-191 over the 32 bytes of the hash.</summary>
public static class ResultHashes
{
    /// <summary>The <c>enclaveSign</c> of a contribution without an enclave: 32 zero bytes, as the official workers send.</summary>
    public static byte[] NoEnclaveSign => new byte[32];

    /// <summary>keccak-256(task ‖ digest): what contributors agree on.</summary>
    public static Bytes32 ResultHash(TaskId task, Bytes32 resultDigest) => Keccak256.Hash([.. task.Value.AsSpan(), .. resultDigest.AsSpan()]);

    /// <summary>keccak-256(worker ‖ task ‖ digest): proves that a worker knew the digest when it contributed.</summary>
    public static Bytes32 ResultSeal(Address worker, TaskId task, Bytes32 resultDigest) =>
        Keccak256.Hash([.. worker.AsSpan(), .. task.Value.AsSpan(), .. resultDigest.AsSpan()]);

    /// <summary>keccak-256 of the callback data, the digest of a task whose result goes to a contract.</summary>
    public static Bytes32 CallbackDigest(ReadOnlySpan<byte> callbackData) => Keccak256.Hash(callbackData);

    /// <summary>keccak-256(worker ‖ task ‖ enclave challenge): what a pool's owner signs to admit a worker to a task.</summary>
    public static Bytes32 Authorization(Address worker, TaskId task, Address enclaveChallenge) =>
        Keccak256.Hash([.. worker.AsSpan(), .. task.Value.AsSpan(), .. enclaveChallenge.AsSpan()]);

    /// <summary>The pool owner's signature of <see cref="Authorization"/>, 65 bytes.</summary>
    public static byte[] SignAuthorization(PrivateKey workerpoolOwner, Address worker, TaskId task, Address enclaveChallenge) =>
        workerpoolOwner.SignMessage(Authorization(worker, task, enclaveChallenge).AsSpan()).ToArray();

    /// <summary>The account that signed an authorization; null when the signature is malformed.</summary>
    public static Address? RecoverAuthorizer(Address worker, TaskId task, Address enclaveChallenge, ReadOnlySpan<byte> sign) =>
        Signature.TryParse(sign, out var signature)
            ? PublicKey.RecoverAddress(Eip191.HashMessage(Authorization(worker, task, enclaveChallenge).AsSpan()), signature)
            : null;

    /// <summary>keccak-256(result hash ‖ result seal): what the enclave signs.</summary>
    public static Bytes32 EnclaveMessage(Bytes32 resultHash, Bytes32 resultSeal) => Keccak256.Hash([.. resultHash.AsSpan(), .. resultSeal.AsSpan()]);

    /// <summary>The enclave's signature of <see cref="EnclaveMessage"/>, 65 bytes.</summary>
    public static byte[] SignEnclaveMessage(PrivateKey enclave, Bytes32 resultHash, Bytes32 resultSeal) =>
        enclave.SignMessage(EnclaveMessage(resultHash, resultSeal).AsSpan()).ToArray();
}
