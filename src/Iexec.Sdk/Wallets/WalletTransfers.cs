using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wallets;

/// <summary>Money from a wallet to another account, outside the escrow. Balances are looked at before anything is sent.</summary>
internal static class WalletTransfers
{
    /// <summary>The chain's coin.</summary>
    /// <exception cref="IexecException">ValidationError: nothing; BusinessError: the wallet has less.</exception>
    public static async Task<PlannedTransaction> PlanEtherAsync(ChainConnection chain, Address from, Address to, UInt256 wei, CancellationToken cancellationToken)
    {
        Check(to, wei);
        var balance = await chain.Settings.ReadingAsync(() => chain.Eth.GetBalanceAsync(from, cancellationToken)).ConfigureAwait(false);
        return balance < wei
            ? throw Poor($"{WeiAmount.FormatEther(wei)} ether", $"{WeiAmount.FormatEther(balance)} ether", "Send less; the gas is paid from the ether, too.")
            : PlannedTransaction.Transfer($"send {WeiAmount.FormatEther(wei)} ether", to, wei);
    }

    /// <summary>RLC; where it is the chain's coin, that coin.</summary>
    /// <exception cref="IexecException">As <see cref="PlanEtherAsync"/>.</exception>
    public static async Task<PlannedTransaction> PlanRlcAsync(ChainConnection chain, Address from, Address to, UInt256 nrlc, CancellationToken cancellationToken)
    {
        Check(to, nrlc);
        var balance = await chain.ReadAsync(hub => hub.GetTokenBalanceAsync(from, cancellationToken)).ConfigureAwait(false);
        if (balance < nrlc)
        {
            throw Poor($"{nrlc} nRLC", $"{balance} nRLC", new Advice($"Send at most {balance} nRLC.", Remedy.GetRlc));
        }

        var purpose = $"send {RlcAmount.FormatRlc(nrlc)} RLC ({nrlc} nRLC) to {to}";
        return chain.Hub.Configuration.IsNative
            ? PlannedTransaction.Transfer(purpose, to, nrlc * HubConfiguration.WeiPerNrlc)
            : new PlannedTransaction(purpose, chain.Calls.TransferToken(to, nrlc));
    }

    // Nobody has the key of the zero address: what is sent there is lost.
    private static void Check(Address to, UInt256 amount)
    {
        AccountActions.RefuseNothing(amount);
        if (to.IsZero)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{to} is nobody's account: what is sent there is lost", new Advice("Name the account that receives it.", Remedy.NameReceiver));
        }
    }

    private static IexecException Poor(string wanted, string has, Advice advice) => new(
        ErrorCode.BusinessError, $"Amount to send ({wanted}) is greater than the wallet's balance ({has})", advice);
}
