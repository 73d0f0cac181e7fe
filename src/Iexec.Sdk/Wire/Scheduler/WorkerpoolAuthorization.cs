using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>A signature as the middleware wraps it: 65 bytes as hexadecimal in <c>{"value": "0x…"}</c>.</summary>
public sealed record SignatureValue(string Value)
{
    /// <summary>The 65 bytes.</summary>
    /// <exception cref="FormatException">Not hexadecimal.</exception>
    public byte[] ToBytes() => Hex.Decode(Value);
}

/// <summary>
/// The pool owner's permission that a worker contributes to a task. The contracts demand the owner's personal signature (EIP-191) over
/// <c>keccak-256(worker ‖ taskId ‖ enclaveChallenge)</c>; the challenge is the zero address for a task without trusted execution.
/// </summary>
public sealed record WorkerpoolAuthorization(
    Bytes32 ChainTaskId, Bytes32 DealId, ulong TaskIndex, Address WorkerWallet, Address EnclaveChallenge, SignatureValue Signature)
{
    /// <summary>The task.</summary>
    [JsonIgnore]
    public TaskId TaskId => new(ChainTaskId);

    /// <summary>What is signed, before the EIP-191 prefix.</summary>
    public static Bytes32 Hash(Address worker, TaskId task, Address enclaveChallenge) =>
        Keccak256.Hash([.. worker.AsSpan(), .. task.Value.AsSpan(), .. enclaveChallenge.AsSpan()]);

    /// <summary>The permission, signed by the pool's owner.</summary>
    public static WorkerpoolAuthorization Create(PrivateKey poolOwner, DealId deal, ulong index, Address worker, Address enclaveChallenge)
    {
        var task = TaskId.Of(deal, index);
        var sign = poolOwner.SignMessage(Hash(worker, task, enclaveChallenge).AsSpan());
        return new(task.Value, deal.Value, index, worker, enclaveChallenge, new SignatureValue(sign.ToString()));
    }

    /// <summary>True if <paramref name="poolOwner"/> signed exactly this.</summary>
    public bool IsSignedBy(Address poolOwner) =>
        Hex.TryDecode(Signature.Value, out var bytes)
        && Ethereum.Crypto.Signature.TryParse(bytes, out var signature)
        && PublicKey.RecoverAddress(Eip191.HashMessage(Hash(WorkerWallet, TaskId, EnclaveChallenge).AsSpan()), signature) == poolOwner;
}

/// <summary>A task given to a worker.</summary>
public sealed record ReplicateTaskSummary(WorkerpoolAuthorization WorkerpoolAuthorization, string? SmsUrl = null);
