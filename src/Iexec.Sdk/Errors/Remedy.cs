namespace Iexec.Sdk.Errors;

/// <summary>
/// What mends an error, by name: a program of its own can say in its own words how that is done there, the command line by its commands and
/// options.
/// </summary>
internal enum Remedy
{
    /// <summary>The text says all.</summary>
    None,

    /// <summary>Make a wallet, import one, or name its folder.</summary>
    MakeWallet,

    /// <summary>Name another wallet file, or make a wallet.</summary>
    CheckWalletFile,

    /// <summary>Name another wallet file.</summary>
    ChooseWallet,

    /// <summary>Use the wallet of an owner: about whom.</summary>
    UseWalletOfOwner,

    /// <summary>Use the wallet of the requester.</summary>
    UseWalletOfRequester,

    /// <summary>Be the requester, or use the wallet of the requester.</summary>
    BeRequester,

    /// <summary>Put the former wallet aside.</summary>
    ReplaceWallet,

    /// <summary>Name another keystore.</summary>
    ChooseKeystore,

    /// <summary>Look at the wallet's ether.</summary>
    ShowWallet,

    /// <summary>Deposit: about how much.</summary>
    Deposit,

    /// <summary>Ask somebody else to deposit: about how much.</summary>
    AskForDeposit,

    /// <summary>Get RLC on a local network.</summary>
    GetRlc,

    /// <summary>Use the faucet of a local network.</summary>
    FindFaucet,

    /// <summary>Name who receives.</summary>
    NameReceiver,

    /// <summary>Start a local network.</summary>
    StartNetwork,

    /// <summary>Start the node of a network: about which.</summary>
    StartNode,

    /// <summary>Name the network.</summary>
    NameNetwork,

    /// <summary>Make a project folder.</summary>
    MakeProject,

    /// <summary>Describe an asset or category: about which section.</summary>
    DescribeSection,

    /// <summary>Draft an order: about which kind.</summary>
    DraftOrder,

    /// <summary>Draft the purchase of version 2.</summary>
    DraftPurchase,

    /// <summary>Sign an order, or name a published one: about which kind.</summary>
    SignOrder,

    /// <summary>Sign an order again: about which kind.</summary>
    SignAgain,

    /// <summary>Publish an order: about which kind.</summary>
    PublishOrder,

    /// <summary>Look at what is published.</summary>
    ListOrders,

    /// <summary>Look at what is published, under short ids.</summary>
    ListShortIds,

    /// <summary>Look at the offers of pools.</summary>
    ListPools,

    /// <summary>Look at the offers of pools, or ask for something else.</summary>
    AskForOther,

    /// <summary>Have an asset offered by its owner: about which kind.</summary>
    OfferAsset,

    /// <summary>Skip a check.</summary>
    SkipCheck,

    /// <summary>Ask for trusted execution, or do without the encryption of the result.</summary>
    SkipEncryption,

    /// <summary>Lower the trust, or skip the check.</summary>
    LowerTrust,

    /// <summary>Write the secrets of a requester.</summary>
    WriteSecrets,

    /// <summary>Allow that a secret is replaced.</summary>
    ReplaceSecret,

    /// <summary>Make the key of a dataset.</summary>
    MakeDatasetKey,

    /// <summary>Put datasets into their folder.</summary>
    FillDatasetFolder,

    /// <summary>Encrypt a dataset again.</summary>
    EncryptAgain,

    /// <summary>Make the keys for results.</summary>
    MakeResultKeys,

    /// <summary>Name the key of a result.</summary>
    NameResultKey,

    /// <summary>Name another key for results, or its folder.</summary>
    ChooseResultKey,

    /// <summary>Download a result.</summary>
    DownloadResult,

    /// <summary>Wait for a result: about which task.</summary>
    AwaitResult,

    /// <summary>Wait for a task: about which.</summary>
    AwaitTask,

    /// <summary>Wait for a deal: about which.</summary>
    AwaitDeal,

    /// <summary>Claim the deal in place of the task.</summary>
    ClaimDeal,

    /// <summary>Look at single tasks.</summary>
    ShowTask,

    /// <summary>Look at the number of assets: about which kind.</summary>
    CountAssets,

    /// <summary>Look at the number of categories.</summary>
    CountCategories,

    /// <summary>Check an id and the network.</summary>
    CheckId,

    /// <summary>Check the id of a task that may not have begun, and the network.</summary>
    CheckTaskId,

    /// <summary>Store a file that others can fetch.</summary>
    StoreFile,

    /// <summary>Leave the salt of a group to chance.</summary>
    LeaveSaltOut,

    /// <summary>Find or make a group.</summary>
    MakeGroup,

    /// <summary>Add members in several transactions: about how many at once.</summary>
    AddMembers,

    /// <summary>Name an input that exists.</summary>
    NameInput,
}
