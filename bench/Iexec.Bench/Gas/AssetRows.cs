using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>Assets: the first of all, the next of the same owner, the first of another.</summary>
internal static class AssetRows
{
    private static readonly byte[] Image = "docker.io/iexechub/vanityeth:1.1.1"u8.ToArray();
    private static readonly byte[] File = "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ"u8.ToArray();
    private static readonly byte[] Fingerprint =
        """{"framework":"SCONE","version":"v5","entrypoint":"/app/helloworld","heapSize":1073741824,"fingerprint":"aa1234567890aa1234567890aa1234567890aa1234567890aa1234567890aa12"}"""u8.ToArray();

    private static readonly Bytes32 Checksum = Keccak256.Hash("checksum");

    public static async Task MeasureAsync(GasMarket market, GasSheet sheet)
    {
        foreach (var (row, owner, call) in ((string, PrivateKey, ContractCall)[])
        [
            ("createApp first", GasMarket.Newcomer, App(market, GasMarket.Newcomer, "my first app", [])),
            ("createApp next of owner", GasMarket.Newcomer, App(market, GasMarket.Newcomer, "my other app", [])),
            ("createApp first of another owner", GasMarket.Sponsor, App(market, GasMarket.Sponsor, "an other app", [])),
            ("createApp with TEE fingerprint JSON", GasMarket.Newcomer, App(market, GasMarket.Newcomer, "my third app", Fingerprint)),
            ("createDataset first", GasMarket.Newcomer, Dataset(market, "my first data")),
            ("createDataset next of owner", GasMarket.Newcomer, Dataset(market, "my other data")),
            ("createWorkerpool first", GasMarket.Newcomer, Pool(market, "my first pool")),
            ("createWorkerpool next of owner", GasMarket.Newcomer, Pool(market, "my other pool")),
        ])
        {
            sheet.Set(row, (await market.SendAsync(owner, call)).GasUsed);
        }
    }

    public static async Task MeasurePolicyAsync(GasMarket market, GasSheet sheet)
    {
        var policy = await market.SendAsync(GasMarket.Scheduler, new ContractCall(market.Pool, WorkerpoolContract.EncodeChangePolicy(36, 6)));
        sheet.Set("changePolicy", policy.GasUsed);
        await market.SendAsync(GasMarket.Scheduler, new ContractCall(market.Pool, WorkerpoolContract.EncodeChangePolicy(35, 5)));
    }

    private static ContractCall App(GasMarket market, PrivateKey owner, string name, byte[] enclave) =>
        market.Calls.CreateApp(owner.Address, name, "DOCKER", Image, Checksum, enclave);

    private static ContractCall Dataset(GasMarket market, string name) => market.Calls.CreateDataset(GasMarket.Newcomer.Address, name, File, Checksum);

    private static ContractCall Pool(GasMarket market, string name) => market.Calls.CreateWorkerpool(GasMarket.Newcomer.Address, name);
}
