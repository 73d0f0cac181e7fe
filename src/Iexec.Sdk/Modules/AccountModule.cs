using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Modules;

/// <summary>Accounts in the escrow of the hub, from which deals are paid and stakes are taken. All amounts in nRLC.</summary>
public sealed class AccountModule
{
    private readonly Session _session;

    internal AccountModule(Session session) => _session = session;

    /// <summary>Free stake, and what deals and contributions hold (<c>viewAccount</c>).</summary>
    /// <param name="account">Null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer; ConfigurationError: no hub there.</exception>
    public async Task<Account> CheckBalanceAsync(Address? account = null, CancellationToken cancellationToken = default) =>
        await (await _session.ConnectAsync(cancellationToken).ConfigureAwait(false)).ReadAsync(hub => hub.GetAccountAsync(_session.AccountOf(account), cancellationToken))
            .ConfigureAwait(false);

    /// <summary>Moves RLC from the wallet to its account (<c>approveAndCall</c>, or the coin where RLC is the chain's; one transaction); gives its
    /// hash.</summary>
    /// <param name="amountNrlc">More than 0.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: 0; BusinessError: the wallet has less; Web3ProviderSendError: the node refused.</exception>
    public async Task<Bytes32> DepositAsync(UInt256 amountNrlc, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, wallet) => AccountActions.PlanDepositAsync(chain, wallet, amountNrlc, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Moves RLC from the account to the wallet; gives the transaction's hash.</summary>
    /// <param name="amountNrlc">More than 0.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: 0; BusinessError: the free stake is less; Web3ProviderSendError: the node
    /// refused.</exception>
    public async Task<Bytes32> WithdrawAsync(UInt256 amountNrlc, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, wallet) => AccountActions.PlanWithdrawAsync(chain, wallet, amountNrlc, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Allows a spender to use so much of the account, in place of what it was allowed before (ERC-20 <c>approve</c>); gives the
    /// transaction's hash.</summary>
    /// <param name="amountNrlc">More than 0.</param>
    /// <param name="spender">Who may.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: 0, which is <see cref="RevokeApprovalAsync"/>; Web3ProviderSendError: the node
    /// refused.</exception>
    public async Task<Bytes32> ApproveAsync(UInt256 amountNrlc, Address spender, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, _) => Task.FromResult(Allowances.PlanApprove(chain, spender, amountNrlc)), cancellationToken).ConfigureAwait(false);

    /// <summary>What a spender may still use of an account (ERC-20 <c>allowance</c>), in nRLC.</summary>
    /// <param name="spender">Who may.</param>
    /// <param name="owner">Whose account; null for the wallet's.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public async Task<UInt256> CheckAllowanceAsync(Address spender, Address? owner = null, CancellationToken cancellationToken = default) =>
        await Allowances.GetAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), _session.AccountOf(owner), spender, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Allows a spender nothing any more; gives the transaction's hash.</summary>
    /// <param name="spender">Who may no longer.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">Web3ProviderSendError: the node refused.</exception>
    public async Task<Bytes32> RevokeApprovalAsync(Address spender, CancellationToken cancellationToken = default) =>
        await _session.TransactAsync(
            (chain, _) => Task.FromResult(Allowances.PlanRevoke(chain, spender)), cancellationToken).ConfigureAwait(false);
}
