using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;

namespace Iexec.Testing.Contracts;

/// <summary>A transaction to be sent. A null <paramref name="To"/> creates a contract; the value is in wei.</summary>
public sealed record TestTransaction(PrivateKey From, Address? To, byte[] Data, ulong GasLimit = 8_000_000, UInt256 ValueWei = default);

/// <summary>
/// Sends transactions to a node that mines on demand, at a gas price of zero, and says who is in which block. It counts nonces itself,
/// so it has to be the only sender of its keys.
/// </summary>
public sealed class BlockSender(AnvilProcess node)
{
    private readonly Dictionary<Address, ulong> _nonces = [];
    private ulong? _chainId;

    /// <summary>A node on which gas costs nothing and whose blocks hold whatever is sent. Hardfork cancun, unless another is named.</summary>
    public static AnvilOptions FreeOfCharge(string hardfork = "cancun") => new(ExtraArguments:
    [
        "--hardfork", hardfork, "--gas-price", "0", "--block-base-fee-per-gas", "0", "--disable-min-priority-fee", "--gas-limit", "1000000000",
    ]);

    /// <summary>Signs and sends without mining.</summary>
    public async Task<Bytes32> SubmitAsync(TestTransaction transaction)
    {
        _chainId ??= await node.Eth.GetChainIdAsync(CancellationToken.None);
        var from = transaction.From.Address;
        if (!_nonces.TryGetValue(from, out var nonce))
        {
            nonce = await node.Eth.GetTransactionCountAsync(from, pending: true, CancellationToken.None);
        }

        var signed = new TransactionRequest(
            _chainId.Value, nonce, transaction.To, transaction.ValueWei, transaction.Data, transaction.GasLimit, new TransactionFees.Legacy(UInt256.Zero)).Sign(transaction.From);
        await node.Eth.SendRawAsync(signed, CancellationToken.None);
        _nonces[from] = nonce + 1;
        return signed.Hash;
    }

    /// <summary>Sends alone in a block, so that every slot and account is cold. The receipt may say that it reverted.</summary>
    public async Task<TransactionReceipt> SendAsync(TestTransaction transaction)
    {
        var hash = await SubmitAsync(transaction);
        await node.MineAsync();
        return await ReceiptAsync(hash);
    }

    /// <summary>Creates a contract and gives its address.</summary>
    public async Task<Address> CreateAsync(PrivateKey from, string name, byte[] initCode)
    {
        var receipt = await SendAsync(new TestTransaction(from, null, initCode, 20_000_000));
        return receipt is { Succeeded: true, ContractAddress: { } address }
            ? address
            : throw new InvalidOperationException($"{name} could not be created: the transaction {receipt.TransactionHash} reverted.");
    }

    /// <summary>The receipt of a mined transaction.</summary>
    public async Task<TransactionReceipt> ReceiptAsync(Bytes32 hash) =>
        await node.Eth.GetReceiptAsync(hash, CancellationToken.None) ?? throw new InvalidOperationException($"The transaction {hash} was not mined.");
}
