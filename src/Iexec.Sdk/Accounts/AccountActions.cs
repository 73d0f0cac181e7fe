using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Accounts;

/// <summary>What a wallet holds outside the escrow.</summary>
/// <param name="Wei">The chain's coin, in wei.</param>
/// <param name="Nrlc">RLC, in nRLC.</param>
public sealed record WalletBalances(UInt256 Wei, UInt256 Nrlc)
{
    /// <summary>In both units of each, as the official client names them.</summary>
    internal JsonObject ToJson() => new()
    {
        ["ether"] = WithPoint(WeiAmount.FormatEther(Wei)), ["RLC"] = WithPoint(RlcAmount.FormatRlc(Nrlc)), ["nRLC"] = Nrlc.ToString(), ["wei"] = Wei.ToString(),
    };

    // Its form of a whole number: 195.0.
    private static string WithPoint(string amount) => amount.Contains('.', StringComparison.Ordinal) ? amount : amount + ".0";
}

/// <summary>Balances, deposit and withdrawal. Amounts are checked before anything is sent, so that a refusal costs no gas.</summary>
internal static class AccountActions
{
    /// <summary>Ether and RLC of an account.</summary>
    public static Task<WalletBalances> GetBalancesAsync(ChainConnection chain, Address account, CancellationToken cancellationToken) =>
        chain.ReadAloneAsync(async hub =>
        {
            var (isNative, token) = (hub.Configuration.IsNative, hub.Configuration.Token);
            var reply = await chain.Eth.CallManyWithBalanceAsync(account, isNative ? [] : [new EthCall(null, token, RlcContract.EncodeBalanceOf(account))], cancellationToken)
                .ConfigureAwait(false);
            return new WalletBalances(reply.Wei, isNative ? reply.Wei / HubConfiguration.WeiPerNrlc : RlcContract.DecodeBalanceOf(reply.Calls[0].GetData()));
        });

    /// <summary>From the wallet to the escrow, checked.</summary>
    /// <exception cref="IexecException">BusinessError: the wallet has less.</exception>
    public static async Task<PlannedTransaction> PlanDepositAsync(ChainConnection chain, Address wallet, UInt256 amountNrlc, CancellationToken cancellationToken)
    {
        RefuseNothing(amountNrlc);
        var balance = await chain.ReadAsync(hub => hub.GetTokenBalanceAsync(wallet, cancellationToken)).ConfigureAwait(false);
        return balance < amountNrlc
            ? throw new IexecException(
                ErrorCode.BusinessError,
                $"Deposit amount ({amountNrlc} nRLC) is greater than the wallet's balance ({balance} nRLC)",
                new Advice($"Deposit at most {balance}, or get {amountNrlc - balance} nRLC more for {wallet}.", Remedy.GetRlc))
            : chain.Hub.Configuration.IsNative
            ? new PlannedTransaction($"deposit {amountNrlc} nRLC", chain.Calls.DepositCoins(), amountNrlc * HubConfiguration.WeiPerNrlc)
            : new PlannedTransaction($"deposit {amountNrlc} nRLC", chain.Calls.Deposit(amountNrlc));
    }

    /// <summary>From the wallet to the escrow.</summary>
    /// <exception cref="IexecException">As <see cref="PlanDepositAsync"/>, or what the node refused.</exception>
    public static async Task<TransactionReceipt> DepositAsync(ChainConnection chain, TransactionSender sender, UInt256 amountNrlc, CancellationToken cancellationToken) =>
        await sender.SendAsync(await PlanDepositAsync(chain, sender.Sender, amountNrlc, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>From the escrow to the wallet, checked.</summary>
    /// <exception cref="IexecException">BusinessError: the free stake is less.</exception>
    public static async Task<PlannedTransaction> PlanWithdrawAsync(ChainConnection chain, Address wallet, UInt256 amountNrlc, CancellationToken cancellationToken)
    {
        RefuseNothing(amountNrlc);
        var account = await chain.ReadAsync(hub => hub.GetAccountAsync(wallet, cancellationToken)).ConfigureAwait(false);
        return account.Stake < amountNrlc
            ? throw new IexecException(
                ErrorCode.BusinessError,
                $"Withdraw amount ({amountNrlc} nRLC) is greater than the account's free stake ({account.Stake} nRLC)",
                account.Locked.IsZero ? $"Withdraw at most {account.Stake}." : $"Withdraw at most {account.Stake}; {account.Locked} nRLC are locked until your deals and contributions end.")
            : new PlannedTransaction($"withdraw {amountNrlc} nRLC", chain.Calls.Withdraw(amountNrlc));
    }

    /// <summary>A transaction that moves nothing only costs gas.</summary>
    internal static void RefuseNothing(UInt256 amountNrlc)
    {
        if (amountNrlc.IsZero)
        {
            throw new IexecException(ErrorCode.ValidationError, "The amount must be greater than 0");
        }
    }
}
