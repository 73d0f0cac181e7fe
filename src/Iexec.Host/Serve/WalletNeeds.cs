using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Serve;

/// <summary>What a role's wallet has: ether in wei, the price of gas in wei, and whether it must and does have a stake.</summary>
internal sealed record WalletFunds(UInt256 BalanceWei, UInt256 GasPriceWei, bool NeedsStake, UInt256 StakeNrlc, UInt256 TokensNrlc);

/// <summary>Decides whether a wallet can pay for what a role does, and says how to make it so.</summary>
internal static class WalletNeeds
{
    /// <summary>A contribution, a reveal and room for dearer gas.</summary>
    public const ulong GasForOneTask = 1_000_000;

    /// <summary>True if the wallet can pay for one task at today's price of gas.</summary>
    public static async Task<bool> HasGasAsync(EthClient eth, Address wallet, CancellationToken cancellationToken)
    {
        var balance = eth.GetBalanceAsync(wallet, cancellationToken);
        var fees = await eth.SuggestFeesAsync(cancellationToken);
        return await balance >= fees.MaxPrice * GasForOneTask;
    }

    /// <summary>Null when nothing is missing.</summary>
    public static IexecException? FindLack(WalletFunds funds, WalletCommands commands)
    {
        // A chain may give its gas for nothing.
        var gasWei = funds.GasPriceWei * GasForOneTask;
        if (funds.BalanceWei < gasWei)
        {
            return new IexecException(
                ErrorCode.BusinessError,
                $"The wallet {commands.Wallet} has {WeiAmount.FormatEther(funds.BalanceWei)} ether; one task needs up to {WeiAmount.FormatEther(gasWei)} for gas.",
                commands.GetEther());
        }

        return funds.NeedsStake && funds.StakeNrlc == UInt256.Zero
            ? new IexecException(
                ErrorCode.BusinessError,
                $"The wallet {commands.Wallet} has no stake: workers of this pool stake a share of each task's price.",
                commands.Deposit(hasTokens: funds.TokensNrlc >= WalletCommands.DepositNrlc))
            : null;
    }
}

/// <summary>The commands that give a role's wallet what it lacks.</summary>
internal sealed record WalletCommands(ChainSettings Chain, Address Wallet, KeyFiles Files, Uri? Faucet)
{
    /// <summary>A first stake, enough for tasks of some RLC.</summary>
    public const ulong DepositNrlc = 10_000_000_000;

    public string GetEther() => Faucet is null
        ? $"Send ether of chain {Chain.Id} to {Wallet}."
        : $"Run: curl '{Faucet}getETH?address={Wallet}'";

    public string Deposit(bool hasTokens)
    {
        var deposit = $"iexec account deposit {RlcAmount.FormatRlc(DepositNrlc)} RLC --chain {Chain.Name} --wallet-file {Quote(Files.Keystore)} --password-file {Quote(Files.PasswordFile)}";
        return (hasTokens, Faucet) switch
        {
            (true, _) => $"Run: {deposit}",
            (false, null) => $"Send RLC to {Wallet}, then run: {deposit}",
            (false, _) => $"Run: curl '{Faucet}getRLC?address={Wallet}' && {deposit}",
        };
    }

    private static string Quote(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal))
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
