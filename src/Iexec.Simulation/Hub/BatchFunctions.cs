using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Functions that do many things in one transaction, all or nothing; each element as if it were sent alone.</summary>
internal static class BatchFunctions
{
    private const string Contribution = "(bytes32,address,bytes32,bytes32,address,bytes,bytes,bytes)";
    private const string Completion = "(bytes32,bytes32,bytes,bytes,address,bytes,bytes)";

    // Each task writes a slot that was empty, over 25,000 gas with its event: more than these are more than a block of 30 million gas holds. A deal of
    // 2^256 tasks would otherwise never end here, where gas is not counted.
    private const int MostTasksAtOnce = 1_200;

    private static readonly Bytes32 ContributionType =
        Keccak256.Hash("Contribution(bytes32 taskid,address worker,bytes32 resultHash,bytes32 resultSeal,address enclaveChallenge)");

    public static FunctionTable Table => new()
    {
        ["multicall(bytes[])"] = (execution, message, arguments, results) =>
        {
            var answers = arguments.DynamicArray(item => item.Bytes()).Select(call => execution.Call(message with { Data = call })).ToArray();
            results.DynamicArray(answers, (item, answer) => item.Bytes(answer));
        },
        [$"matchOrdersAndInitialize({SignedOrdersCodec.Types},uint256)"] = (execution, _, arguments, results) =>
        {
            var orders = SignedOrdersCodec.Read(arguments);
            var id = execution.Match(orders, orders.Request.Order.Requester);
            var deal = execution.State.Hub.Deals[id];
            var (first, size) = execution.State.Hub.RangeOf(deal);
            var tasks = UInt256.Min(arguments.Uint(), size);
            Refusal.Unless(tasks <= MostTasksAtOnce);
            for (ulong i = 0; i < tasks; i++)
            {
                execution.Initialize(id, first + i);
            }

            results.Bytes32(id.Value);
        },
        [$"contributeArray({Contribution}[])"] = (execution, message, arguments, results) =>
        {
            foreach (var contribute in arguments.DynamicArray(item => item.DynamicTuple(tuple => ReadContribution(tuple, message.Sender))))
            {
                contribute(execution);
            }

            results.Bool(true);
        },
        [$"contributeAndFinalizeArray({Completion}[])"] = (execution, message, arguments, results) =>
        {
            foreach (var (_, complete) in arguments.DynamicArray(item => item.DynamicTuple(tuple => ReadCompletion(tuple, message.Sender))))
            {
                complete(execution);
            }

            results.Bool(true);
        },
        [$"initializeAndContributeAndFinalizeArray(bytes32,uint256[],{Completion}[])"] = (execution, message, arguments, results) =>
        {
            var deal = new DealId(arguments.Bytes32());
            var indexes = arguments.StaticArray(1, item => item.Uint());
            var completions = arguments.DynamicArray(item => item.DynamicTuple(tuple => ReadCompletion(tuple, message.Sender)));
            Refusal.Unless(indexes.Length == completions.Length);
            foreach (var (index, (task, complete)) in indexes.Zip(completions))
            {
                Refusal.Unless(execution.Initialize(deal, index) == task);
                complete(execution);
            }

            results.Bool(true);
        },
    };

    /// <summary>A contribution of the sender, or of another worker that signed it; whoever sends it, once and just what was signed.</summary>
    private static Action<Execution> ReadContribution(AbiReader tuple, Address sender)
    {
        var (task, worker, hash, seal, enclave) = (tuple.Bytes32(), tuple.Address(), tuple.Bytes32(), tuple.Bytes32(), tuple.Address());
        var (enclaveSign, authorization, workerSign) = (tuple.Bytes(), tuple.Bytes(), tuple.Bytes());
        return execution =>
        {
            if (worker != sender)
            {
                var fields = new AbiWriter().Bytes32(ContributionType).Bytes32(task).Address(worker).Bytes32(hash).Bytes32(seal).Address(enclave).ToArray();
                Refusal.Unless(execution.IsSignature(worker, execution.Settings.Configuration.Domain.Digest(Keccak256.Hash(fields)), workerSign));
            }

            execution.Contribute(worker, new TaskId(task), hash, seal, enclave, enclaveSign, authorization);
        };
    }

    private static (TaskId Task, Action<Execution> Complete) ReadCompletion(AbiReader tuple, Address sender)
    {
        var (task, digest, results, callbackData, enclave) = (new TaskId(tuple.Bytes32()), tuple.Bytes32(), tuple.Bytes(), tuple.Bytes(), tuple.Address());
        var (enclaveSign, authorization) = (tuple.Bytes(), tuple.Bytes());
        return (task, execution => execution.ContributeAndFinalize(sender, task, digest, results, callbackData, enclave, enclaveSign, authorization));
    }
}
