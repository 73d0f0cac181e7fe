using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Contracts;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Poco;

/// <summary>Generated call data, results, events and errors against the compiled contract: the compiler's codec and ours agree.</summary>
public sealed class BindingsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly PrivateKey Key = AnvilProcess.Keys[0];
    private static readonly Address Other = AnvilProcess.Keys[1].Address;

    private AnvilProcess _anvil = null!;
    private ulong _nonce;

    public async Task InitializeAsync() => _anvil = await AnvilProcess.StartAsync(reverts: new RevertDecoder(ContractErrors.All));

    public Task DisposeAsync() => _anvil.DisposeAsync().AsTask();

    [Fact]
    public async Task Token_is_deployed_read_and_moved()
    {
        var token = (await SendAsync(null, RlcContract.EncodeDeployment(Key.Address))).ContractAddress!.Value;
        var supply = RlcContract.DecodeTotalSupply(await ReadAsync(token, RlcContract.EncodeTotalSupply()));
        Assert.Equal(supply, RlcContract.DecodeBalanceOf(await ReadAsync(token, RlcContract.EncodeBalanceOf(Key.Address))));
        Assert.Equal(9, RlcContract.DecodeDecimals(await ReadAsync(token, RlcContract.EncodeDecimals())));
        Assert.Equal("RLC", RlcContract.DecodeSymbol(await ReadAsync(token, RlcContract.EncodeSymbol())));

        var receipt = await SendAsync(token, RlcContract.EncodeTransfer(Other, 7));
        Assert.True(RlcContract.Transfer.TryDecode(Assert.Single(receipt.Logs), out var transfer));
        Assert.Equal((Key.Address, Other, (UInt256)7), (transfer.From, transfer.To, transfer.Value));

        var e = await Assert.ThrowsAsync<RevertException>(() =>
            _anvil.Eth.CallAsync(new EthCall(Other, token, RlcContract.EncodeTransfer(Key.Address, 8)), block: null, None));
        Assert.Equal($"ERC20InsufficientBalance({Other}, 7, 8)", e.Reason.Message);
    }

    [Fact]
    public async Task Registry_predicts_and_creates_an_app_from_texts_and_bytes()
    {
        var registry = (await SendAsync(null, AppRegistryContract.EncodeDeployment(Key.Address, "https://é/", default, true))).ContractAddress!.Value;
        byte[] multiaddr = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        var checksum = Bytes32.Parse(new string('c', 64));
        var predicted = AppRegistryContract.DecodePredictApp(
            await ReadAsync(registry, AppRegistryContract.EncodePredictApp(Other, "naïve", "DOCKER", multiaddr, checksum, [])));

        var receipt = await SendAsync(registry, AppRegistryContract.EncodeCreateApp(Other, "naïve", "DOCKER", multiaddr, checksum, []));
        var created = receipt.Logs.Select(log => AppRegistryContract.Transfer.TryDecode(log, out var value) ? value : null).Single(value => value is not null);
        Assert.Equal((Address.Zero, Other), (created!.From, created.To));
        Assert.Equal(UInt256.FromBigEndian(predicted.AsSpan()), created.TokenId);
        Assert.Equal("naïve", AppContract.DecodeAppName(await ReadAsync(predicted, AppContract.EncodeAppName())));
        Assert.Equal(multiaddr, AppContract.DecodeAppMultiaddr(await ReadAsync(predicted, AppContract.EncodeAppMultiaddr())));
        Assert.Equal(checksum, AppContract.DecodeAppChecksum(await ReadAsync(predicted, AppContract.EncodeAppChecksum())));
        Assert.Empty(AppContract.DecodeAppMREnclave(await ReadAsync(predicted, AppContract.EncodeAppMREnclave())));
    }

    private Task<byte[]> ReadAsync(Address contract, byte[] data) => _anvil.Eth.CallAsync(new EthCall(null, contract, data), block: null, None);

    private async Task<TransactionReceipt> SendAsync(Address? to, byte[] data)
    {
        var fees = await _anvil.Eth.SuggestFeesAsync(None);
        var signed = new TransactionRequest(65535, _nonce++, to, 0, data, 8_000_000, fees).Sign(Key);
        await _anvil.Eth.SendRawAsync(signed, None);
        await _anvil.MineAsync();
        var receipt = await _anvil.Eth.GetReceiptAsync(signed.Hash, None);
        Assert.True(receipt!.Succeeded);
        return receipt;
    }
}
