using System.IO.Compression;
using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Sdk;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Multiaddrs;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Market;
using Tests.Network.Letter;
using Xunit;

namespace Tests.Network.Client;

/// <summary>The samples of <c>samples/sdk</c>, compiled and run as programs of their own, on a network like the letter's.</summary>
[Collection(OtherLetterCollection.Name)]
public sealed class SampleTests(LetterNetwork network)
{
    [Fact]
    public async Task A_computation_is_bought_and_its_result_is_on_the_disk()
    {
        var buyer = await network.BuyerAsync();
        var result = buyer.Party["bought.zip"];

        var lines = await SampleProgram.RunAsync(buyer.Party, "BuyComputation", buyer.App, "from a sample", result);

        Assert.Contains(lines, line => line.StartsWith("costs ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("task COMPLETED", StringComparison.Ordinal));
        await using var archive = await ZipFile.OpenReadAsync(result);
        using var text = new StreamReader(await archive.Entries.Single(entry => entry.Name == "hello.txt").OpenAsync());
        Assert.Contains("argument: sample", await text.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_is_encrypted_registered_and_on_offer_for_one_app()
    {
        var buyer = await network.BuyerAsync();
        var owner = await network.InitAsync("dataset-owner", "iexec init");
        await network.FundAsync(owner.Address);
        byte[] plain = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7))];
        var file = owner["numbers.bin"];
        await File.WriteAllBytesAsync(file, plain);

        var lines = await SampleProgram.RunAsync(owner, "PublishDataset", file, buyer.App, "5 nRLC");

        using var iexec = IexecClient.FromFile(owner["chain.json"]);
        var dataset = await iexec.Dataset.ShowDatasetAsync(Address.Parse(Rest(lines, "dataset")));
        Assert.Equal(owner.Address, dataset.Owner);
        Assert.True(await iexec.Dataset.CheckDatasetSecretExistsAsync(dataset.Address));
        Assert.True(OrderHash.TryParse(Rest(lines, "order"), out var order));
        var published = await iexec.Orderbook.FetchDatasetOrderAsync(order);
        Assert.Equal(Address.Parse(buyer.App), published.Order.Order.AppRestrict);
        Assert.Equal((UInt256)5, published.Order.Order.DatasetPrice);

        // What anybody can download is what was registered, and only the key opens it.
        Assert.True(Cid.TryParse(Multiaddr.IpfsCid(Multiaddr.Decode(dataset.Multiaddr)), out var cid));
        using var downloaded = new MemoryStream();
        await iexec.Storage.GetAsync(cid, downloaded);
        var encrypted = downloaded.ToArray();
        Assert.Equal(dataset.Checksum, new Bytes32(SHA256.HashData(encrypted)));
        using var aes = Aes.Create();
        aes.SetKey(DatasetKey.Parse(await File.ReadAllTextAsync(file + ".key")).Bytes);
        Assert.Equal(plain, aes.DecryptCbc(encrypted.AsSpan(16), encrypted.AsSpan(0, 16)));
    }

    [Fact]
    public async Task A_pool_is_on_offer_again_as_soon_as_an_order_is_sold()
    {
        var buyer = await network.BuyerAsync();
        var owner = await network.InitAsync("pool-owner", "iexec init");
        await network.FundAsync(owner.Address);
        var pool = await DeployPoolAsync(owner);
        // In a category of its own: nobody else on this network is to buy of a pool without workers.
        await using var keeper = SampleProgram.Start(owner, "PoolKeeper", pool.ToString(), "4", "0", "1");
        var first = await keeper.ReadAsync("offered");

        using var key = WalletFile.Open(buyer.Party.Keystore.FindNewest()!).Unlock(buyer.Party.Password);
        using var iexec = IexecClient.FromFile(buyer.Party["chain.json"], signer: key);
        var deal = await iexec.Order.BuyAsync(new ExecutionRequest { App = Address.Parse(buyer.App), Workerpool = pool, Category = 4 });

        Assert.EndsWith($"in deal {deal.Id}", await keeper.ReadAsync("sold"), StringComparison.Ordinal);
        var second = await keeper.ReadAsync("offered");
        await keeper.StopAsync();
        var open = await iexec.Orderbook.FetchWorkerpoolOrderbookAsync(new WorkerpoolOrderQuery { Workerpool = pool }).ToListAsync();
        Assert.Equal(second, Assert.Single(open).Hash.ToString());
        Assert.NotEqual(first, second);
    }

    private static async Task<Address> DeployPoolAsync(Party owner)
    {
        using var key = WalletFile.Open(owner.Keystore.FindNewest()!).Unlock(owner.Password);
        using var iexec = IexecClient.FromFile(owner["chain.json"], signer: key);
        var pool = new WorkerpoolDescription { Description = "a pool without workers" };
        var predicted = await iexec.Workerpool.PredictWorkerpoolAddressAsync(pool);
        Assert.False(await iexec.Workerpool.CheckDeployedWorkerpoolAsync(predicted));
        Assert.Equal(predicted, (await iexec.Workerpool.DeployWorkerpoolAsync(pool)).Address);
        return predicted;
    }

    private static string Rest(string[] lines, string word) => Assert.Single(lines, line => line.StartsWith(word + " ", StringComparison.Ordinal))[(word.Length + 1)..].Trim();
}
