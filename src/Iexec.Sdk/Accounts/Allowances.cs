using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Contracts;
using Iexec.Sdk.Chains;

namespace Iexec.Sdk.Accounts;

/// <summary>What others may take from an account of the escrow, as ERC-20 has it. Amounts in nRLC.</summary>
internal static class Allowances
{
    /// <summary>What <paramref name="spender"/> may still take from the account of <paramref name="owner"/>.</summary>
    public static Task<UInt256> GetAsync(ChainConnection chain, Address owner, Address spender, CancellationToken cancellationToken) =>
        chain.Settings.ReadingAsync(async () => HubContract.DecodeAllowance(
            await chain.Eth.CallAsync(new EthCall(null, chain.Hub.Configuration.Hub, HubContract.EncodeAllowance(owner, spender)), null, cancellationToken)
                .ConfigureAwait(false)));

    /// <summary>Allows so much, in place of what was allowed before.</summary>
    /// <exception cref="Errors.IexecException">ValidationError: nothing, which is <see cref="PlanRevoke"/>.</exception>
    public static PlannedTransaction PlanApprove(ChainConnection chain, Address spender, UInt256 amountNrlc)
    {
        AccountActions.RefuseNothing(amountNrlc);
        return new PlannedTransaction($"allow {spender} to use {amountNrlc} nRLC of the account", chain.Calls.Approve(spender, amountNrlc));
    }

    /// <summary>Allows nothing any more.</summary>
    public static PlannedTransaction PlanRevoke(ChainConnection chain, Address spender) =>
        new($"take back what {spender} may use of the account", chain.Calls.Approve(spender, UInt256.Zero));
}
