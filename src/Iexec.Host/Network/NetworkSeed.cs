using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Chain;
using Iexec.Poco.Chain;
using Iexec.Poco.Registries;

namespace Iexec.Host.Network;

/// <summary>
/// Gives the roles of the local network what they need on the chain: gas, a stake, the worker pool. Looks first, so that a later start
/// does nothing twice.
/// </summary>
internal sealed class NetworkSeed(IHub hub, LocalChain chain, Faucet faucet, TimeProvider time)
{
    private const string PoolDescription = "local workerpool";
    private const ulong WorkerStakeNrlc = 1_000_000_000_000;

    private readonly HubCalls _calls = new(hub.Configuration);

    /// <summary>The pool's address; everything is mined when this returns.</summary>
    public async Task<Address> PlantAsync(PrivateKey poolOwner, IReadOnlyList<PrivateKey> workers, CancellationToken cancellationToken)
    {
        var stakes = new List<(PrivateKey Key, UInt256 Stake)> { (poolOwner, PoolOffers.StakeNeeded * 4) };
        stakes.AddRange(workers.Select(worker => (worker, (UInt256)WorkerStakeNrlc)));
        var poor = new List<(PrivateKey Key, UInt256 Missing)>();
        foreach (var (key, stake) in stakes)
        {
            await faucet.GiveEtherAsync(key.Address, LocalChain.Ether(1000), cancellationToken);
            var account = await hub.GetAccountAsync(key.Address, cancellationToken);
            if (account.Stake + account.Locked < stake / 2)
            {
                poor.Add((key, stake));
                await faucet.GiveRlcAsync(key.Address, stake, cancellationToken);
            }
        }

        await chain.Admin.MineAsync(cancellationToken);
        var pool = await FindPoolAsync(poolOwner.Address, cancellationToken);
        var pending = new List<Bytes32>();
        foreach (var (key, missing) in poor)
        {
            pending.Add(await SendAsync(key, _calls.Deposit(missing), cancellationToken));
        }

        if (pool is null)
        {
            pending.Add(await SendAsync(poolOwner, _calls.CreateWorkerpool(poolOwner.Address, PoolDescription), cancellationToken));
        }

        if (pending.Count > 0)
        {
            await chain.Admin.MineAsync(cancellationToken);
            await ConfirmAsync(pending, cancellationToken);
        }

        return pool ?? await FindPoolAsync(poolOwner.Address, cancellationToken) ?? throw new InvalidOperationException("The worker pool was created but is not registered.");
    }

    private Task<Address?> FindPoolAsync(Address owner, CancellationToken cancellationToken) =>
        hub.GetAssetByIndexAsync(AssetKind.Workerpool, owner, 0, cancellationToken);

    private async Task<Bytes32> SendAsync(PrivateKey key, ContractCall call, CancellationToken cancellationToken)
    {
        const ulong Gas = 1_500_000;
        var nonce = await chain.Eth.GetTransactionCountAsync(key.Address, pending: true, cancellationToken);
        var fees = await chain.Eth.SuggestFeesAsync(cancellationToken);
        var request = new Ethereum.Transactions.TransactionRequest(hub.Configuration.ChainId, nonce, call.To, UInt256.Zero, call.Data, Gas, fees);
        return await chain.Eth.SendRawAsync(request.Sign(key), cancellationToken);
    }

    private async Task ConfirmAsync(List<Bytes32> hashes, CancellationToken cancellationToken)
    {
        foreach (var hash in hashes)
        {
            TransactionReceipt? receipt;
            while ((receipt = await chain.Eth.GetReceiptAsync(hash, cancellationToken)) is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
            }

            if (!receipt.Succeeded)
            {
                throw new InvalidOperationException($"The transaction {hash}, which sets up the local network, was refused by the contracts.");
            }
        }
    }
}
