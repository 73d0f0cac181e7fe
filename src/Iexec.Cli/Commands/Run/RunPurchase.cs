using Iexec.Cli.Commands.Order;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Accounts;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Runs;

namespace Iexec.Cli.Commands.Run;

/// <summary>
/// Buys once. The signed orders are on the disk before they are sent, their request is for one task, and the deal that they make has an id that
/// follows from them: so an interrupted purchase is found again, or sent again, and is never a second one.
/// </summary>
internal sealed class RunPurchase(CommandContext context, ChainConnection chain, RunJournal journal, RunProgress progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Address _wallet = context.SelectWallet().Address;

    /// <summary>The deal that the orders of a purchase make.</summary>
    public static DealId DealOf(ChainConnection chain, OrderSet set) => DealId.Of(OrderSchemas.Hash(set.Request.Order, chain.Hub.Configuration.Domain), UInt256.Zero);

    /// <summary>What an interrupted run has sent decides what is left to do, so it is waited for.</summary>
    public async Task WaitForPendingAsync()
    {
        var isTold = false;
        while (true)
        {
            var (mined, known) = await chain.ReadAsync(async _ =>
            {
                var latest = chain.Eth.GetTransactionCountAsync(_wallet, pending: false, context.Cancellation);
                var pending = chain.Eth.GetTransactionCountAsync(_wallet, pending: true, context.Cancellation);
                return (await latest, await pending);
            });
            if (known <= mined)
            {
                return;
            }

            if (!isTold)
            {
                isTold = true;
                context.Note($"Waiting for {known - mined} transactions of the wallet that are under way");
            }

            await Task.Delay(Pause, context.Time, context.Cancellation);
        }
    }

    /// <summary>The deal of a request: that of a former run, or a new one.</summary>
    /// <param name="isAgain">Buys although a former purchase of the same has ended.</param>
    public async Task<DealId> DealAsync(ExecutionRequest request, bool isAgain)
    {
        var key = RunWish.KeyOf(request);
        if (journal.FindPurchase(key) is { } begun && !(isAgain && journal.IsSettled(key, DealOf(chain, begun))) && await ResumeAsync(begun) is { } resumed)
        {
            return resumed;
        }

        // Orders that the chain says are used up can never be filled: what the journal said of them is no purchase.
        return await context.WhatIsLeftAsync(without => BuyNewAsync(key, request, without));
    }

    private async Task<DealId> BuyNewAsync(string key, ExecutionRequest request, IReadOnlySet<OrderHash> without)
    {
        var quote = await new ServedQuotes(chain, () => context.Market(chain.Settings), _wallet, context.Warn).FindAsync(request, without, context.Cancellation);
        progress.Tell("price", $"{AmountText.Rlc(quote.PriceNrlc)} at workerpool {quote.Workerpool.Order.Workerpool}");
        await DepositAsync(quote.PriceNrlc);
        var set = await quote.SignAsync(await context.UnlockAsync(), chain.Hub.Configuration.Domain, context.Entropy, context.Cancellation);
        await journal.SavePurchaseAsync(key, set, context.Cancellation);
        var made = await BuyAsync(set, _ => $"Buy this execution for {AmountText.Rlc(quote.PriceNrlc)}?");
        progress.Tell("deal", made.Id.ToString());
        return made.Id;
    }

    /// <summary>The deal if it was made, or can still be made, of the orders of a former run; else null, and then it can never be made twice.</summary>
    private async Task<DealId?> ResumeAsync(OrderSet begun)
    {
        var id = DealOf(chain, begun);
        if (await IsThereAsync(id))
        {
            progress.Tell("deal", id.ToString(), wasDone: true);
            return id;
        }

        try
        {
            await BuyAsync(begun, estimate => $"Go on to buy this execution for {AmountText.Rlc(estimate.TotalNrlc)}?");
        }
        catch (IexecException refused) when (refused.Code is ErrorCode.BusinessError || refused.InnerException is RevertException)
        {
            // Nothing of ours is under way: what was not sent and does not match any more is over.
            if (!await IsThereAsync(id))
            {
                context.Note($"The purchase of the former run is given up: {refused.Message}");
                return null;
            }
        }

        progress.Tell("deal", id.ToString());
        return id;
    }

    private Task<MadeDeal> BuyAsync(OrderSet set, Func<MatchEstimate, string> question) =>
        new Purchase(context, chain, new TrustCheck(chain.Workerpools, context.Warn)).RunAsync(set, question);

    private async Task<bool> IsThereAsync(DealId id) => await chain.ReadAsync(hub => hub.GetDealAsync(id, context.Cancellation)) is not null;

    // Without somebody who agrees, the check before the purchase refuses and says what is missing.
    private async Task DepositAsync(UInt256 priceNrlc)
    {
        var account = await chain.ReadAsync(hub => hub.GetAccountAsync(_wallet, context.Cancellation));
        if (priceNrlc <= account.Stake || (!context.Force && (context.Raw || !context.Environment.IsInputTerminal)))
        {
            return;
        }

        var missing = priceNrlc - account.Stake;
        await context.ConfirmAsync($"Deposit {AmountText.Rlc(missing)} from your wallet into your account?");
        await AccountActions.DepositAsync(chain, await context.SenderAsync(chain), missing, context.Cancellation);
        progress.Tell("deposit", AmountText.Rlc(missing));
    }
}
