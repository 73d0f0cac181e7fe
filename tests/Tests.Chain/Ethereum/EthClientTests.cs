using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Ethereum;

public sealed class EthClientTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly PrivateKey Key = AnvilProcess.Keys[0];
    private static readonly Address Stranger = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly UInt256 Ether = UInt256.Parse("1000000000000000000");
    private static readonly RevertDecoder Reverts = new("Refused(uint256)");

    private AnvilProcess _anvil = null!;

    private EthClient Eth => _anvil.Eth;

    public async Task InitializeAsync() => _anvil = await AnvilProcess.StartAsync(reverts: Reverts);

    public Task DisposeAsync() => _anvil.DisposeAsync().AsTask();

    [Fact]
    public async Task Chain_id_block_and_balances()
    {
        Assert.Equal(65535UL, await Eth.GetChainIdAsync(None));
        Assert.Equal(0UL, await Eth.GetBlockNumberAsync(None));
        Assert.Equal(Ether * 10_000, await Eth.GetBalanceAsync(Key.Address, None));
        await _anvil.MineAsync(3);
        var head = await Eth.GetBlockAsync(number: null, None);
        Assert.Equal(3UL, head!.Number);
        Assert.NotNull(head.BaseFeePerGas);
        Assert.Equal(head, await Eth.GetBlockAsync(head.Hash, None));
        Assert.Equal(head.ParentHash, (await Eth.GetBlockAsync(2, None))!.Hash);
        Assert.Null(await Eth.GetBlockAsync(4, None));
        Assert.Null(await Eth.GetBlockAsync(Bytes32.Zero, None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transfer_is_mined_under_the_hash_that_we_computed(bool dynamicFee)
    {
        var signed = await SignAsync(Stranger, Ether, [], 21000, dynamicFee);
        Assert.Equal(signed.Hash, await Eth.SendRawAsync(signed, None));
        Assert.Null(await Eth.GetReceiptAsync(signed.Hash, None));
        Assert.Equal(0UL, await Eth.GetTransactionCountAsync(Key.Address, pending: false, None));
        Assert.Equal(1UL, await Eth.GetTransactionCountAsync(Key.Address, pending: true, None));
        await _anvil.MineAsync();

        var receipt = await Eth.GetReceiptAsync(signed.Hash, None);
        Assert.True(receipt!.Succeeded);
        Assert.Equal((signed.Hash, 1UL, 21000UL), (receipt.TransactionHash, receipt.BlockNumber, receipt.GasUsed));
        Assert.True(receipt.EffectiveGasPrice > 0);
        Assert.Null(receipt.ContractAddress);
        Assert.Equal(Ether, await Eth.GetBalanceAsync(Stranger, None));
    }

    [Fact]
    public async Task Contract_is_created_where_we_predicted_and_its_log_is_read()
    {
        var contract = await DeployAsync();
        var call = await SignAsync(contract, 0, [], 100_000);
        await Eth.SendRawAsync(call, None);
        await _anvil.MineAsync();

        var receipt = await Eth.GetReceiptAsync(call.Hash, None);
        var log = Assert.Single(receipt!.Logs);
        var topic = ((UInt256)42).ToBytes32();
        Assert.Equal((contract, receipt.BlockHash, call.Hash, 0UL), (log.Address, log.BlockHash, log.TransactionHash, log.LogIndex));
        Assert.Equal([topic], log.Topics);
        Assert.Equal(new byte[32], log.Data);

        var found = await Eth.GetLogsAsync(new LogFilter(0, receipt.BlockNumber, [contract], [[Bytes32.Zero, topic]]), None);
        Assert.Equal(log.TransactionHash, Assert.Single(found).TransactionHash);
        Assert.Empty(await Eth.GetLogsAsync(new LogFilter(0, receipt.BlockNumber, [contract], [[Bytes32.Zero]]), None));
        Assert.Empty(await Eth.GetLogsAsync(new LogFilter(0, receipt.BlockNumber, [Stranger], [null]), None));
        Assert.Single(await Eth.GetLogsAsync(new LogFilter(0, receipt.BlockNumber, [], []), None));
    }

    [Fact]
    public async Task Reverts_are_decoded_in_calls_and_in_estimates()
    {
        var contract = await DeployAsync();
        var error = Revert(contract, new AbiWriter().String("too late").ToCallData([0x08, 0xc3, 0x79, 0xa0]));
        var e = await Assert.ThrowsAsync<RevertException>(() => Eth.CallAsync(error, block: null, None));
        Assert.Equal(("Error", "too late", NodeErrorKind.Reverted), (e.Reason.Name, e.Reason.Message, e.Kind));

        var custom = Revert(contract, new AbiWriter().Uint(7).ToCallData(new AbiSignature("Refused(uint256)").Selector));
        e = await Assert.ThrowsAsync<RevertException>(() => Eth.EstimateGasAsync(custom, None));
        Assert.Equal("Refused(7)", e.Reason.Message);

        var panic = Revert(contract, new AbiWriter().Uint(0x11).ToCallData([0x4e, 0x48, 0x7b, 0x71]));
        e = await Assert.ThrowsAsync<RevertException>(() => Eth.CallAsync(panic, block: null, None));
        Assert.Equal("panic 0x11: arithmetic overflow or underflow", e.Reason.Message);

        var unknown = Revert(contract, [0xde, 0xad]);
        e = await Assert.ThrowsAsync<RevertException>(() => Eth.CallAsync(unknown, block: null, None));
        Assert.Equal("0xdead", e.Reason.Message);
    }

    [Fact]
    public async Task Reverted_transaction_has_a_receipt_that_says_so()
    {
        var contract = await DeployAsync();
        var signed = await SignAsync(contract, 0, [1], 100_000);
        await Eth.SendRawAsync(signed, None);
        await _anvil.MineAsync();
        Assert.False((await Eth.GetReceiptAsync(signed.Hash, None))!.Succeeded);
    }

    [Fact]
    public async Task Many_calls_share_a_round_trip_and_fail_on_their_own()
    {
        var contract = await DeployAsync();
        var calls = Enumerable.Range(0, 250).Select(i => i % 2 == 0
            ? new EthCall(null, contract, ReadOnlyMemory<byte>.Empty)
            : Revert(contract, new AbiWriter().Uint(i).ToCallData(new AbiSignature("Refused(uint256)").Selector))).ToArray();
        var replies = await Eth.CallManyAsync(calls, block: null, None);
        Assert.Equal(250, replies.Length);
        Assert.All(Enumerable.Range(0, 250), i => Assert.Equal(
            i % 2 == 0 ? null : $"Refused({i})", (replies[i].Error as RevertException)?.Reason.Message));
        Assert.Empty(replies[0].GetData());
        Assert.Throws<RevertException>(() => replies[1].GetData());
    }

    [Fact]
    public async Task Sending_the_same_transaction_again_is_no_error()
    {
        var signed = await SignAsync(Stranger, 1, [], 21000);
        await Eth.SendRawAsync(signed, None);
        Assert.Equal(signed.Hash, await Eth.SendRawAsync(signed, None));
    }

    [Fact]
    public async Task Refusals_of_the_pool_are_recognised()
    {
        var fees = (TransactionFees.DynamicFee)await Eth.SuggestFeesAsync(None);
        await Eth.SendRawAsync(Request(0, 1, fees).Sign(Key), None);
        Assert.Equal(NodeErrorKind.ReplacementUnderpriced, await KindAsync(Request(0, 2, fees)));
        await Eth.SendRawAsync(Request(0, 3, FeePolicy.Bump(fees, fees)).Sign(Key), None);
        await _anvil.MineAsync();
        Assert.Equal(3, await Eth.GetBalanceAsync(Stranger, None));
        Assert.Equal(NodeErrorKind.NonceTooLow, await KindAsync(Request(0, 4, fees)));
        Assert.Equal(NodeErrorKind.InsufficientFunds, await KindAsync(Request(1, Ether * 20_000, fees)));
    }

    private async Task<NodeErrorKind> KindAsync(TransactionRequest request) =>
        (await Assert.ThrowsAsync<JsonRpcException>(() => Eth.SendRawAsync(request.Sign(Key), None))).Kind;

    private static TransactionRequest Request(ulong nonce, UInt256 value, TransactionFees fees) =>
        new(65535, nonce, Stranger, value, ReadOnlyMemory<byte>.Empty, 21000, fees);

    private static EthCall Revert(Address contract, byte[] data) => new(Key.Address, contract, data);

    private async Task<Address> DeployAsync()
    {
        var signed = await SignAsync(to: null, 0, EchoContract.InitCode, 200_000);
        await Eth.SendRawAsync(signed, None);
        await _anvil.MineAsync();
        var receipt = await Eth.GetReceiptAsync(signed.Hash, None);
        var predicted = ContractAddress.Create(Key.Address, 0);
        Assert.Equal(predicted, receipt!.ContractAddress);
        Assert.Equal(EchoContract.InitCode[12..], await Eth.GetCodeAsync(predicted, None));
        return predicted;
    }

    private async Task<SignedTransaction> SignAsync(Address? to, UInt256 value, byte[] data, ulong gasLimit, bool dynamicFee = true)
    {
        var fees = await Eth.SuggestFeesAsync(None);
        Assert.IsType<TransactionFees.DynamicFee>(fees);
        var nonce = await Eth.GetTransactionCountAsync(Key.Address, pending: true, None);
        return new TransactionRequest(65535, nonce, to, value, data, gasLimit, dynamicFee ? fees : new TransactionFees.Legacy(fees.MaxPrice))
            .Sign(Key);
    }
}
