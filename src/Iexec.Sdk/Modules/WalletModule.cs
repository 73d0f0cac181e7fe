using Iexec.Ethereum;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;

namespace Iexec.Sdk.Modules;

/// <summary>The wallet of the client: what it holds outside the escrow, and how it gives that away.</summary>
public sealed class WalletModule
{
    private readonly Session _session;

    internal WalletModule(Session session) => _session = session;

    /// <summary>The wallet's address.</summary>
    /// <exception cref="IexecException">Web3ProviderSignMessageError: the client has no wallet.</exception>
    public Address GetAddress() => _session.Signer.Address;

    /// <summary>The chain's coin in wei, and RLC in nRLC.</summary>
    /// <param name="account">Null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer; ConfigurationError: no hub there.</exception>
    public async Task<WalletBalances> CheckBalancesAsync(Address? account = null, CancellationToken cancellationToken = default) =>
        await AccountActions.GetBalancesAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), _session.AccountOf(account), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Sends the chain's coin; gives the transaction's hash when it is mined.</summary>
    /// <param name="amountWei">More than 0.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: 0, or nobody's address; BusinessError: the wallet has less; Web3ProviderSendError: the node
    /// refused.</exception>
    public async Task<Bytes32> SendEthAsync(UInt256 amountWei, Address to, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, from) => WalletTransfers.PlanEtherAsync(chain, from, to, amountWei, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Sends RLC (ERC-20 <c>transfer</c>, or the coin where RLC is the chain's); gives the transaction's hash when it is mined.</summary>
    /// <param name="amountNrlc">More than 0.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">As <see cref="SendEthAsync"/>.</exception>
    public async Task<Bytes32> SendRlcAsync(UInt256 amountNrlc, Address to, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, from) => WalletTransfers.PlanRlcAsync(chain, from, to, amountNrlc, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Sends all RLC, then all of the chain's coin that the gas leaves. What lies in the escrow stays there.</summary>
    /// <param name="to">The receiver.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">As <see cref="SendEthAsync"/>. When the first transfer fails, the second is not tried: the coin is its
    /// gas.</exception>
    public Task<SweptWallet> SweepAsync(Address to, CancellationToken cancellationToken = default) => _session.WithSenderAsync(
        async (chain, sender) =>
        {
            var sweep = new WalletSweep(chain, sender.Sender, to, cancellationToken);
            var rlc = await sweep.PlanRlcAsync().ConfigureAwait(false) is { } tokens ? (await sender.SendAsync(tokens, cancellationToken).ConfigureAwait(false)).TransactionHash : (Bytes32?)null;
            var coin = await sweep.PlanEtherAsync().ConfigureAwait(false) is { } ether ? (await sender.SendAsync(ether, cancellationToken).ConfigureAwait(false)).TransactionHash : (Bytes32?)null;
            return new SweptWallet(rlc, coin);
        },
        cancellationToken);

    /// <summary>Would tell what a wallet holds on both sides of a bridge.</summary>
    /// <param name="account">Null for the wallet.</param>
    /// <param name="cancellationToken">Unused.</param>
    /// <exception cref="IexecException">NotAvailableError, always: there is no bridge yet.</exception>
    public Task<WalletBalances> CheckBridgedBalancesAsync(Address? account = null, CancellationToken cancellationToken = default) =>
        Task.FromException<WalletBalances>(MissingServices.Bridge());

    /// <summary>Would move RLC from a main chain to its side chain.</summary>
    /// <param name="amountNrlc">How much.</param>
    /// <param name="cancellationToken">Unused.</param>
    /// <exception cref="IexecException">NotAvailableError, always: there is no bridge yet. Nothing is sent.</exception>
    public Task<Bytes32> BridgeToSidechainAsync(UInt256 amountNrlc, CancellationToken cancellationToken = default) =>
        Task.FromException<Bytes32>(MissingServices.Bridge());

    /// <summary>Would move RLC from a side chain to its main chain.</summary>
    /// <param name="amountNrlc">How much.</param>
    /// <param name="cancellationToken">Unused.</param>
    /// <exception cref="IexecException">NotAvailableError, always: there is no bridge yet. Nothing is sent.</exception>
    public Task<Bytes32> BridgeToMainchainAsync(UInt256 amountNrlc, CancellationToken cancellationToken = default) =>
        Task.FromException<Bytes32>(MissingServices.Bridge());
}

/// <summary>The transactions of a sweep; null where there was nothing to send.</summary>
/// <param name="RlcTransaction">Hash of the transfer of RLC.</param>
/// <param name="CoinTransaction">Hash of the transfer of the chain's coin.</param>
public sealed record SweptWallet(Bytes32? RlcTransaction, Bytes32? CoinTransaction);
