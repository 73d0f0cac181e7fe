// Buys one computation at the market's price, follows it, and keeps its result:
//
//   IEXEC_WALLET_PASSWORD=… dotnet run --project samples/sdk/BuyComputation -- <chain.json> <wallet file> <app> <arguments> <result.zip>
using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Sdk;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Wallets;

if (args is not [var chainFile, var walletFile, var app, var arguments, var resultFile])
{
    Console.Error.WriteLine("usage: BuyComputation <chain.json> <wallet file> <app> <arguments> <result.zip>");
    return 2;
}

try
{
    using var key = WalletFile.Open(walletFile).Unlock(Environment.GetEnvironmentVariable("IEXEC_WALLET_PASSWORD"));
    using var iexec = IexecClient.FromFile(chainFile, signer: key);

    // What it costs is known before anything is signed.
    var quote = await iexec.Order.QuoteAsync(new ExecutionRequest
    {
        App = Address.Parse(app), Params = ExecutionParams.Create(given: null, arguments, inputFiles: []),
    });
    Console.WriteLine($"costs {RlcAmount.FormatRlc(quote.PriceNrlc)} RLC on pool {quote.Workerpool.Order.Workerpool}");

    // Deals are paid from the wallet's account in the escrow.
    var account = await iexec.Account.CheckBalanceAsync();
    if (account.Stake < quote.PriceNrlc)
    {
        await iexec.Account.DepositAsync(quote.PriceNrlc - account.Stake);
    }

    var deal = await iexec.Order.BuyAsync(quote);
    Console.WriteLine($"deal {deal.Id}");

    var task = DealModule.ComputeTaskId(deal.Id, 0);
    await foreach (var state in iexec.Task.WatchAsync(task))
    {
        Console.WriteLine($"task {state.StatusName} {state.Reason}");
    }

    // Fails for a task without result; keeps nothing whose digest is not the one on the chain.
    await iexec.Task.FetchResultsAsync(task, resultFile);
    Console.WriteLine($"result {resultFile}");
    return 0;
}
catch (Exception refused) when (refused is IexecException or FormatException)
{
    Console.Error.WriteLine(refused.Message);
    Console.Error.WriteLine((refused as IexecException)?.Hint);
    return 1;
}
