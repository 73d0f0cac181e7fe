using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;

namespace Iexec.Testing.Contracts;

/// <summary>One element of the calls that contribute and finalize many tasks.</summary>
public sealed record Completion(
    TaskId Task, Bytes32 Digest, byte[] Results, byte[] ResultsCallback, Address EnclaveChallenge, byte[] EnclaveSign, byte[] AuthorizationSign);

/// <summary>One element of the call that contributes for many workers.</summary>
public sealed record SignedContribution(
    TaskId Task, Address Worker, Bytes32 Hash, Bytes32 Seal, Address EnclaveChallenge, byte[] EnclaveSign, byte[] AuthorizationSign, byte[] WorkerSign);

/// <summary>Call data of the functions that do many things in one transaction, which the original does not have.</summary>
public static class BatchCalls
{
    /// <summary>contributeArray.</summary>
    public const string ContributeArray = "contributeArray((bytes32,address,bytes32,bytes32,address,bytes,bytes,bytes)[])";

    /// <summary>initializeAndContributeAndFinalizeArray.</summary>
    public const string InitializeAndComplete =
        "initializeAndContributeAndFinalizeArray(bytes32,uint256[],(bytes32,bytes32,bytes,bytes,address,bytes,bytes)[])";

    /// <summary>matchOrdersAndInitialize.</summary>
    public static readonly string MatchAndInitialize =
        $"matchOrdersAndInitialize({OrderSchemas.App.AbiTuple},{OrderSchemas.Dataset.AbiTuple},{OrderSchemas.Workerpool.AbiTuple},{OrderSchemas.Request.AbiTuple},uint256)";

    private static readonly Bytes32 ContributionType =
        Keccak256.Hash("Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)");

    /// <summary>Matches, and initializes the first tasks of the deal.</summary>
    public static byte[] EncodeMatchAndInitialize(SignedOrders orders, UInt256 tasks)
    {
        var call = new AbiWriter();
        OrderSchemas.App.WriteAbi(call, orders.App);
        OrderSchemas.Dataset.WriteAbi(call, orders.Dataset);
        OrderSchemas.Workerpool.WriteAbi(call, orders.Workerpool);
        OrderSchemas.Request.WriteAbi(call, orders.Request);
        return call.Uint(tasks).ToCallData(new AbiSignature(MatchAndInitialize).Selector);
    }

    /// <summary>Opens tasks of a deal and completes them.</summary>
    public static byte[] EncodeInitializeAndComplete(DealId deal, IReadOnlyCollection<UInt256> indexes, IReadOnlyCollection<Completion> completions) => new AbiWriter()
        .Bytes32(deal.Value)
        .StaticArray(indexes, (writer, index) => writer.Uint(index))
        .DynamicArray(completions, (array, item) => array.DynamicTuple(tuple => tuple
            .Bytes32(item.Task.Value).Bytes32(item.Digest).Bytes(item.Results).Bytes(item.ResultsCallback)
            .Address(item.EnclaveChallenge).Bytes(item.EnclaveSign).Bytes(item.AuthorizationSign)))
        .ToCallData(new AbiSignature(InitializeAndComplete).Selector);

    /// <summary>Contributions of several workers.</summary>
    public static byte[] EncodeContributeArray(IReadOnlyCollection<SignedContribution> contributions) => new AbiWriter()
        .DynamicArray(contributions, (array, item) => array.DynamicTuple(tuple => tuple
            .Bytes32(item.Task.Value).Address(item.Worker).Bytes32(item.Hash).Bytes32(item.Seal)
            .Address(item.EnclaveChallenge).Bytes(item.EnclaveSign).Bytes(item.AuthorizationSign).Bytes(item.WorkerSign)))
        .ToCallData(new AbiSignature(ContributeArray).Selector);

    /// <summary>A contribution that somebody else may send: the worker signs it.</summary>
    public static SignedContribution Contribute(TaskId task, PrivateKey worker, Bytes32 digest, PrivateKey authorizer, Eip712Domain domain)
    {
        var (hash, seal) = (ResultHashes.ResultHash(task, digest), ResultHashes.ResultSeal(worker.Address, task, digest));
        var message = new AbiWriter().Bytes32(ContributionType).Bytes32(task.Value).Address(worker.Address).Bytes32(hash).Bytes32(seal).Address(Address.Zero).ToArray();
        return new SignedContribution(
            task,
            worker.Address,
            hash,
            seal,
            Address.Zero,
            ResultHashes.NoEnclaveSign,
            ResultHashes.SignAuthorization(authorizer, worker.Address, task, Address.Zero),
            worker.Sign(domain.Digest(Keccak256.Hash(message))).ToArray());
    }
}
