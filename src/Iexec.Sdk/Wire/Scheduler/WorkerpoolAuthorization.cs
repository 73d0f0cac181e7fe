using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Rules;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>A signature as the middleware wraps it: 65 bytes as hexadecimal in <c>{"value": "0x…"}</c>.</summary>
internal sealed record SignatureValue(string Value)
{
    /// <summary>The 65 bytes.</summary>
    /// <exception cref="FormatException">Not hexadecimal.</exception>
    public byte[] ToBytes() => Hex.Decode(Value);
}

/// <summary>
/// The pool owner's permission that a worker contributes to a task. The contracts demand the owner's personal signature (EIP-191) over
/// <c>keccak-256(worker ‖ taskId ‖ enclaveChallenge)</c>; the challenge is the zero address for a task without trusted execution.
/// </summary>
internal sealed record WorkerpoolAuthorization(
    Bytes32 ChainTaskId, Bytes32 DealId, ulong TaskIndex, Address WorkerWallet, Address EnclaveChallenge, SignatureValue Signature)
{
    /// <summary>The task.</summary>
    [JsonIgnore]
    public TaskId TaskId => new(ChainTaskId);

    /// <summary>What is signed, before the EIP-191 prefix.</summary>
    public static Bytes32 Hash(Address worker, TaskId task, Address enclaveChallenge) =>
        ResultHashes.Authorization(worker, task, enclaveChallenge);

    /// <summary>The permission, signed by the pool's owner.</summary>
    public static WorkerpoolAuthorization Create(PrivateKey poolOwner, DealId deal, ulong index, Address worker, Address enclaveChallenge)
    {
        var task = TaskId.Of(deal, index);
        var sign = ResultHashes.SignAuthorization(poolOwner, worker, task, enclaveChallenge);
        return new(task.Value, deal.Value, index, worker, enclaveChallenge, new SignatureValue(Hex.Encode(sign)));
    }

    /// <summary>True if <paramref name="poolOwner"/> signed exactly this.</summary>
    public bool IsSignedBy(Address poolOwner) =>
        Hex.TryDecode(Signature.Value, out var bytes)
        && ResultHashes.RecoverAuthorizer(WorkerWallet, TaskId, EnclaveChallenge, bytes) == poolOwner;
}

/// <summary>A task given to a worker.</summary>
internal sealed record ReplicateTaskSummary(WorkerpoolAuthorization WorkerpoolAuthorization, string? SmsUrl = null);
