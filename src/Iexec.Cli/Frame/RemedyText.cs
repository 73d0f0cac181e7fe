using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>What to do about an error, by commands and options.</summary>
internal static class RemedyText
{
    /// <summary>The hint of an error, where there is one in the words of the command line.</summary>
    public static string? HintOf(IexecException error) => error.Advice.Remedy == Remedy.None ? error.Hint : error.Advice.In(Of(error.Advice));

    /// <summary>The error and its hint in one line.</summary>
    public static string InOneLine(IexecException error) => HintOf(error) is { } hint ? $"{error.Message} ({hint})" : error.Message;

    private static string? Of(Advice advice) => advice.Remedy switch
    {
        Remedy.MakeWallet => "Make one with \"iexec wallet create\", bring one with \"iexec wallet import <privateKey>\", or name its folder with --keystoredir.",
        Remedy.CheckWalletFile => "Check --wallet-file and --keystoredir, or make a wallet: iexec wallet create",
        Remedy.ChooseWallet => "Choose another one with --wallet-file or --wallet-address.",
        Remedy.UseWalletOfOwner => $"The owner is {advice.About}: choose its wallet with --wallet-address.",
        Remedy.UseWalletOfRequester => "Choose the requester's wallet with --wallet-address.",
        Remedy.BeRequester => "Set \"requester\" to your address, or choose the requester's wallet with --wallet-address.",
        Remedy.ReplaceWallet => "Use --force to put it aside as a backup.",
        Remedy.ChooseKeystore => "Check its permissions, or name another one with --keystoredir.",
        Remedy.ShowWallet => $"{advice.Text} See: iexec wallet show",
        Remedy.Deposit => $"Deposit what is missing: iexec account deposit {advice.About}",
        Remedy.AskForDeposit => $"{advice.Text} They run: iexec account deposit {advice.About}",
        Remedy.GetRlc => $"{advice.Text} A local network gives some: iexec wallet getRLC",
        Remedy.FindFaucet => $"{advice.Text} A local network has a faucet of its own: iexec up",
        Remedy.NameReceiver => "Name the receiver with --to.",
        Remedy.StartNetwork => "Start the local network with \"iexec up\", which adds it, or name another network with --chain.",
        Remedy.StartNode => $"Check that the node of \"{advice.About}\" runs and that \"host\" in chain.json is right; a local network is started by \"iexec up\".",
        Remedy.NameNetwork => "Set \"default\", or name a network with --chain.",
        Remedy.MakeProject => "Run \"iexec init\" in this folder, or go to the folder of your project.",
        Remedy.DescribeSection => $"Run \"iexec {advice.About} init\", then edit iexec.json.",
        Remedy.StoreFile => "Give a local file a URL with \"iexec storage put <file>\".",
        Remedy.LeaveSaltOut => "Leave --salt out for a new group.",
        Remedy.MakeGroup => "Check the address and --chain; make one with \"iexec group create\".",
        Remedy.AddMembers => $"Write up to {advice.About}, and the others with \"iexec group add\".",
        Remedy.NameInput => "--input takes a file or an http(s) URL; pack a folder first.",
        Remedy.CountAssets => $"Count them: iexec {advice.About} count",
        Remedy.CountCategories => "How many there are: iexec category count; the first is 0.",
        _ => OfOrders(advice) ?? OfSecrets(advice) ?? OfExecutions(advice) ?? advice.Text,
    };

    private static string? OfOrders(Advice advice) => advice.Remedy switch
    {
        Remedy.DraftOrder => $"Run \"iexec order init --{advice.About}\", then edit iexec.json.",
        Remedy.DraftPurchase => "Run \"iexec order init --buy\", then set its app in iexec.json.",
        Remedy.SignOrder => $"Sign one: iexec order sign --{advice.About}, or name a published one: --{advice.About} <orderHash>.",
        Remedy.SignAgain => $"Sign it again: iexec order sign --{advice.About}",
        Remedy.PublishOrder => $"Publish it: iexec order publish --{advice.About}",
        Remedy.ListOrders => "List what is published with \"iexec orderbook\".",
        Remedy.ListShortIds => $"{advice.Text} See what is on offer: iexec orderbook show",
        Remedy.ListPools => "Choose an order that offers it: iexec orderbook workerpool --category <id>",
        Remedy.AskForOther => "See what is on offer: iexec orderbook workerpool --category <id>; ask for another --category, --trust or --tag.",
        Remedy.OfferAsset => $"Its owner has to publish one: iexec {advice.About} publish",
        Remedy.SkipCheck => "If you consider this is not an issue, use --skip-preflight-check to skip preflight requirement check.",
        Remedy.SkipEncryption => "Ask for it with --tag tee,tdx, or leave the encryption out; --skip-preflight-check buys it nevertheless.",
        Remedy.LowerTrust => "Lower \"trust\", wait for more workers, or use --skip-preflight-check if you know better.",
        _ => null,
    };

    private static string? OfSecrets(Advice advice) => advice.Remedy switch
    {
        Remedy.WriteSecrets => "Write --secret 1=my-secret-name 2=another-name.",
        Remedy.ReplaceSecret => "Use --force-update to replace it.",
        Remedy.MakeDatasetKey => "\"iexec dataset encrypt\" writes one to .secrets/datasets.",
        Remedy.FillDatasetFolder => $"Put the files to encrypt into {advice.About}. (\"iexec dataset init --encrypted\" and \"iexec tee init\" make the folders they read.)",
        Remedy.EncryptAgain => "Use --force to encrypt it again with a new key; the former key is put aside.",
        Remedy.MakeResultKeys => "Make one: iexec result generate-encryption-keypair",
        Remedy.NameResultKey => "The result was encrypted for another key: name it with --beneficiary-key-file.",
        Remedy.ChooseResultKey => "Choose another one with --beneficiary-key-file, or its folder with --beneficiary-keystoredir.",
        _ => null,
    };

    private static string? OfExecutions(Advice advice) => advice.Remedy switch
    {
        Remedy.DownloadResult => "Download the result first: iexec task show <taskid> --download, then name the file.",
        Remedy.AwaitResult => $"Wait for it: iexec task show {advice.About} --watch --download",
        Remedy.AwaitTask => $"Wait for it: iexec task show {advice.About} --watch",
        Remedy.AwaitDeal => $"Watch it: iexec deal show {advice.About} --watch",
        Remedy.ClaimDeal => "A task that its pool has not begun is claimed with its deal: iexec deal claim <dealid>",
        Remedy.ShowTask => "Look at single tasks: iexec task show <taskid>",
        Remedy.CheckId => "Check the id and --chain.",
        Remedy.CheckTaskId => "Check the id and --chain; a pool may need a moment to begin a new task.",
        _ => null,
    };
}
