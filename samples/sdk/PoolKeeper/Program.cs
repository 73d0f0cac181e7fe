// Keeps a worker pool on offer: publishes an order, watches the pool's deals, and publishes the next order when one is sold. Ends with Ctrl-C:
//
//   IEXEC_WALLET_PASSWORD=… dotnet run --project samples/sdk/PoolKeeper -- <chain.json> <wallet file> <pool> <category> <price in nRLC> <tasks per order>
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Sdk;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Market;

if (args is not [var chainFile, var walletFile, var poolText, var categoryText, var price, var volumeText])
{
    Console.Error.WriteLine("usage: PoolKeeper <chain.json> <wallet file> <pool> <category> <price in nRLC> <tasks per order>");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    using var key = WalletFile.Open(walletFile).Unlock(Environment.GetEnvironmentVariable("IEXEC_WALLET_PASSWORD"));
    using var iexec = IexecClient.FromFile(chainFile, signer: key);
    var pool = Address.Parse(poolText);
    var offer = OrderModule.CreateWorkerpoolOrder(pool, UInt256.Parse(categoryText), RlcAmount.Parse(price), UInt256.Parse(volumeText), trust: 1);

    // What was sold before is known before anything is offered.
    var sales = new DealQuery { Workerpool = pool };
    var known = await iexec.Deal.FetchDealsAsync(sales, stop.Token).Select(deal => deal.DealId).ToHashSetAsync(cancellationToken: stop.Token);
    await OfferAsync();
    await foreach (var deal in NewDealsAsync(iexec, sales, known, stop.Token))
    {
        Console.WriteLine($"sold {deal.Volume} tasks to {deal.Requester} in deal {deal.Id}");
        await OfferAsync();
    }

    async Task OfferAsync()
    {
        var query = new WorkerpoolOrderQuery { Workerpool = pool, Category = offer.Category, App = AddressFilter.Any, Dataset = AddressFilter.Any, Requester = AddressFilter.Any };
        if ((await iexec.Orderbook.PageAsync(query, stop.Token)).Count == 0)
        {
            // Signing again gives the offer a new salt, and so a new volume.
            Console.WriteLine($"offered {await iexec.Order.PublishAsync(await iexec.Order.SignAsync(offer, stop.Token), stop.Token)}");
        }
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
}
catch (Exception refused) when (refused is IexecException or FormatException)
{
    Console.Error.WriteLine(refused.Message);
    Console.Error.WriteLine((refused as IexecException)?.Hint);
    return 1;
}

return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// Each deal once, as it appears.
static async IAsyncEnumerable<MarketDeal> NewDealsAsync(
    IexecClient iexec, DealQuery sales, HashSet<Bytes32> known, [EnumeratorCancellation] CancellationToken cancellationToken)
{
    while (true)
    {
        // The newest come first: when one is known, the rest is.
        await foreach (var deal in iexec.Deal.FetchDealsAsync(sales, cancellationToken).TakeWhile(deal => known.Add(deal.DealId)))
        {
            yield return deal;
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
    }
}
