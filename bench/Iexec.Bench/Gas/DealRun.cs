using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Rules;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>A deal from the match to the end of its tasks. Every step gives its gas, <see cref="Total"/> their sum.</summary>
internal sealed class DealRun(GasMarket market, SignedOrders orders)
{
    /// <summary>The link that a worker writes for a result on IPFS, 89 bytes.</summary>
    public static readonly byte[] Results = "{ \"storage\": \"ipfs\", \"location\": \"/ipfs/QmWfXJxiMWGf1tQYw6Ehjp3UaLJYcjwzuFbLCPb2tLzzsD\" }"u8.ToArray();

    /// <summary>What a callback receives, 64 bytes.</summary>
    public static readonly byte[] CallbackData = [.. Keccak256.Hash("first").AsSpan(), .. Keccak256.Hash("second").AsSpan()];

    private static readonly Bytes32 PlainDigest = Keccak256.Hash("result");

    public ulong Total { get; private set; }

    public DealId Deal { get; } = orders.DealId(market.Domain);

    private byte[] Data { get; } = orders.Request.Order.Callback.IsZero ? [] : CallbackData;

    private Bytes32 Digest => Data.Length == 0 ? PlainDigest : ResultHashes.CallbackDigest(Data);

    public TaskId Task(ulong index = 0) => TaskId.Of(Deal, index);

    public Task<ulong> MatchAsync(string function = "matchOrders", PrivateKey? from = null) =>
        SendAsync(from ?? GasMarket.Requester, new ContractCall(market.Hub, orders.Encode(function)));

    public Task<ulong> InitializeAsync(ulong index = 0) => SendAsync(GasMarket.Scheduler, market.Calls.Initialize(Deal, index));

    public Task<ulong> InitializeAllAsync(ulong count) =>
        SendAsync(GasMarket.Scheduler, market.Calls.InitializeArray([.. Enumerable.Range(0, (int)count).Select(index => (Deal, (ulong)index))]));

    public Task<ulong> ContributeAsync(int worker = 0, ulong index = 0, bool enclave = false, PrivateKey? authorizer = null, Bytes32? digest = null)
    {
        var (task, key, said) = (Task(index), GasMarket.Workers[worker], digest ?? Digest);
        var hash = ResultHashes.ResultHash(task, said);
        var seal = ResultHashes.ResultSeal(key.Address, task, said);
        var challenge = enclave ? GasMarket.Enclave.Address : Address.Zero;
        return SendAsync(key, market.Calls.Contribute(
            task, hash, seal, challenge, EnclaveSign(enclave, hash, seal), ResultHashes.SignAuthorization(authorizer ?? GasMarket.Scheduler, key.Address, task, challenge)));
    }

    public Task<ulong> RevealAsync(int worker = 0, ulong index = 0) => SendAsync(GasMarket.Workers[worker], market.Calls.Reveal(Task(index), Digest));

    public Task<ulong> FinalizeAsync(ulong index = 0) => SendAsync(GasMarket.Scheduler, market.Calls.Finalize(Task(index), Results, Data));

    public Task<ulong> ContributeAndFinalizeAsync(ulong index = 0, bool enclave = false)
    {
        var done = Complete(index, enclave);
        return SendAsync(GasMarket.Workers[0], market.Calls.ContributeAndFinalize(
            done.Task, done.Digest, done.Results, done.ResultsCallback, done.EnclaveChallenge, done.EnclaveSign, done.AuthorizationSign));
    }

    /// <summary>Match and the first tasks' initialization in one transaction.</summary>
    public Task<ulong> MatchAndInitializeAsync(ulong tasks = 1) =>
        SendAsync(GasMarket.Requester, new ContractCall(market.Hub, BatchCalls.EncodeMatchAndInitialize(orders, tasks)));

    /// <summary>Initialization, contribution and finalization of the first tasks in one transaction.</summary>
    public Task<ulong> InitializeAndCompleteAsync(ulong tasks, bool enclave)
    {
        ulong[] indexes = [.. Enumerable.Range(0, (int)tasks).Select(index => (ulong)index)];
        return SendAsync(GasMarket.Workers[0], new ContractCall(
            market.Hub, BatchCalls.EncodeInitializeAndComplete(Deal, [.. indexes.Select(index => (UInt256)index)], [.. indexes.Select(index => Complete(index, enclave))])));
    }

    /// <summary>The first workers' contributions in one transaction of the scheduler.</summary>
    public Task<ulong> ContributeTogetherAsync(int workers) => SendAsync(GasMarket.Scheduler, new ContractCall(market.Hub, BatchCalls.EncodeContributeArray(
        [.. GasMarket.Workers.Take(workers).Select(worker => BatchCalls.Contribute(Task(), worker, Digest, GasMarket.Scheduler, market.Domain))])));

    public Task<ulong> PushResultAsync(ulong index = 0, bool enclave = false)
    {
        var (task, key) = (Task(index), GasMarket.Workers[0]);
        var challenge = enclave ? GasMarket.Enclave.Address : Address.Zero;
        var sign = enclave ? BoostCalls.SignResult(GasMarket.Enclave, key.Address, task, Data.Length == 0 ? Results : Data) : [];
        return SendAsync(key, new ContractCall(market.Hub, BoostCalls.PushResult(
            Deal, index, Results, Data, ResultHashes.SignAuthorization(GasMarket.Scheduler, key.Address, task, challenge), challenge, sign)));
    }

    public Task<ulong> ReopenAsync() => SendAsync(GasMarket.Scheduler, market.Calls.Reopen(Task()));

    public Task<ulong> ClaimAsync() => SendAsync(GasMarket.Requester, market.Calls.Claim(Task()));

    /// <summary>Any other step that belongs to the deal.</summary>
    public async Task<ulong> SendAsync(PrivateKey from, ContractCall call)
    {
        TransactionReceipt receipt = await market.SendAsync(from, call);
        Total += receipt.GasUsed;
        return receipt.GasUsed;
    }

    private Completion Complete(ulong index, bool enclave)
    {
        var (task, worker) = (Task(index), GasMarket.Workers[0].Address);
        var challenge = enclave ? GasMarket.Enclave.Address : Address.Zero;
        var sign = EnclaveSign(enclave, ResultHashes.ResultHash(task, Digest), ResultHashes.ResultSeal(worker, task, Digest));
        return new Completion(task, Digest, Results, Data, challenge, sign, ResultHashes.SignAuthorization(GasMarket.Scheduler, worker, task, challenge));
    }

    private static byte[] EnclaveSign(bool enclave, Bytes32 hash, Bytes32 seal) =>
        enclave ? ResultHashes.SignEnclaveMessage(GasMarket.Enclave, hash, seal) : ResultHashes.NoEnclaveSign;
}
