// Sells the use of a file that nobody sees: encrypts and uploads it, registers it, gives its key to the secret service, and publishes an order for
// one app, inside enclaves only:
//
//   IEXEC_WALLET_PASSWORD=… dotnet run --project samples/sdk/PublishDataset -- <chain.json> <wallet file> <file> <app> <price in nRLC>
using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wallets;

if (args is not [var chainFile, var walletFile, var file, var app, var price])
{
    Console.Error.WriteLine("usage: PublishDataset <chain.json> <wallet file> <file> <app> <price in nRLC>");
    return 2;
}

try
{
    var priceNrlc = RlcAmount.Parse(price);
    var onlyApp = Address.Parse(app);
    using var key = WalletFile.Open(walletFile).Unlock(Environment.GetEnvironmentVariable("IEXEC_WALLET_PASSWORD"));
    using var iexec = IexecClient.FromFile(chainFile, signer: key);

    // The key is on the disk before anything that only it can open.
    var datasetKey = iexec.Dataset.GenerateEncryptionKey();
    await SaveKeyAsync(file + ".key", datasetKey);
    var checksum = await EncryptAsync(iexec, file, file + ".enc", datasetKey);
    var cid = await UploadAsync(iexec, file + ".enc");

    var dataset = await iexec.Dataset.DeployDatasetAsync(new DatasetDescription
    {
        Name = Path.GetFileName(file), Multiaddr = $"/ipfs/{cid}", Checksum = checksum,
    });
    Console.WriteLine($"dataset {dataset.Address}");

    await iexec.Dataset.PushDatasetSecretAsync(dataset.Address, datasetKey);

    // The app is named: whoever may run any app on a dataset can run one that prints it.
    var order = await iexec.Order.SignAsync(OrderModule.CreateDatasetOrder(
        dataset.Address, priceNrlc, volume: 1000, tag: TagNames.Parse("tee,tdx", TagPolicy.Tdx), appRestrict: onlyApp));
    Console.WriteLine($"order {await iexec.Order.PublishAsync(order)}");
    return 0;
}
catch (Exception refused) when (refused is IexecException or FormatException or IOException)
{
    Console.Error.WriteLine(refused.Message);
    Console.Error.WriteLine((refused as IexecException)?.Hint);
    return 1;
}

static async Task SaveKeyAsync(string path, DatasetKey key)
{
    // For its owner alone, and never over another.
    var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
    if (!OperatingSystem.IsWindows())
    {
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    }

    await using var writer = new StreamWriter(path, options);
    await writer.WriteAsync(key.ExportText());
}

static async Task<Bytes32> EncryptAsync(IexecClient iexec, string plainFile, string encryptedFile, DatasetKey key)
{
    await using var plain = File.OpenRead(plainFile);
    await using var encrypted = File.Create(encryptedFile);
    return await iexec.Dataset.EncryptAsync(plain, encrypted, key);
}

static async Task<Cid> UploadAsync(IexecClient iexec, string file)
{
    await using var content = File.OpenRead(file);
    return (await iexec.Storage.PutAsync(content, Path.GetFileName(file))).Cid;
}
