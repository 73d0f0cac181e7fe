using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Serve;

/// <summary>Looks after a role's wallet while it runs: a lack is said when it arises and when it is over, and nothing stops because of it.</summary>
/// <param name="chain">The chain.</param>
/// <param name="commands">The wallet.</param>
/// <param name="workerpool">The pool whose stake rule holds; null when no stake is needed.</param>
/// <param name="log">Receives the warnings.</param>
internal sealed class WalletWatch(ChainConnection chain, WalletCommands commands, Address? workerpool, ILogger log)
{
    private string? _known;

    public ReconcileLoop Loop(TimeProvider time, IEntropySource entropy) =>
        new("wallet", ReconcileAsync, new ReconcilePace(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)), time, entropy, log);

    /// <summary>What is missing now; null if nothing is.</summary>
    public Task<IexecException?> FindLackAsync(CancellationToken cancellationToken) => chain.Settings.ReadingAsync(async () =>
    {
        var balance = chain.Eth.GetBalanceAsync(commands.Wallet, cancellationToken);
        var fees = chain.Eth.SuggestFeesAsync(cancellationToken);
        var account = chain.Hub.GetAccountAsync(commands.Wallet, cancellationToken);
        var tokens = chain.Hub.GetTokenBalanceAsync(commands.Wallet, cancellationToken);
        var needsStake = workerpool is { } pool && await chain.Hub.GetWorkerpoolAsync(pool, cancellationToken) is { } found && found.WorkerStakeRatioPolicy > UInt256.Zero;
        var stake = await account;
        return WalletNeeds.FindLack(
            new WalletFunds(await balance, (await fees).MaxPrice, needsStake, stake.Stake + stake.Locked, await tokens), commands);
    });

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var lack = await FindLackAsync(cancellationToken);
        if (lack is not null && _known is null)
        {
            log.LogWarning("{Lack} {Hint}", lack.Message, lack.Hint);
        }
        else if (lack is null && _known is not null)
        {
            log.LogInformation("The wallet {Wallet} has what it needs again", commands.Wallet);
        }

        _known = lack?.Message;
    }
}
