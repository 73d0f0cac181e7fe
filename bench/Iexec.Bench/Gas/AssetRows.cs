using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>Assets registered by an account that has none of the kind yet, and by one that has.</summary>
internal static class AssetRows
{
    private static readonly byte[] Image = "docker.io/iexechub/vanityeth:1.1.1"u8.ToArray();
    private static readonly byte[] File = "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ"u8.ToArray();
    private static readonly byte[] Fingerprint =
        """{"framework":"SCONE","version":"v5","entrypoint":"/app/helloworld","heapSize":1073741824,"fingerprint":"aa1234567890aa1234567890aa1234567890aa1234567890aa1234567890aa12"}"""u8.ToArray();

    private static readonly Bytes32 Checksum = Keccak256.Hash("checksum");

    public static async Task MeasureAsync(GasMarket market, GasSheet sheet)
    {
        var owner = GasMarket.Newcomer;
        ContractCall App(string name, byte[] enclave) => market.Calls.CreateApp(owner.Address, name, "DOCKER", Image, Checksum, enclave);
        ContractCall Dataset(string name) => market.Calls.CreateDataset(owner.Address, name, File, Checksum);
        ContractCall Pool(string name) => market.Calls.CreateWorkerpool(owner.Address, name);

        foreach (var (row, call) in ((string, ContractCall)[])
        [
            ("createApp (first of owner)", App("my first app", [])),
            ("createApp (next)", App("my other app", [])),
            ("createApp with TEE fingerprint JSON", App("my third app", Fingerprint)),
            ("createDataset first", Dataset("my first data")),
            ("createDataset next", Dataset("my other data")),
            ("createWorkerpool first", Pool("my first pool")),
            ("createWorkerpool next", Pool("my other pool")),
        ])
        {
            sheet.Set(row, (await market.SendAsync(owner, call)).GasUsed);
        }

        var policy = await market.SendAsync(GasMarket.Scheduler, new ContractCall(market.Pool, WorkerpoolContract.EncodeChangePolicy(36, 6)));
        sheet.Set("changePolicy", policy.GasUsed);
        await market.SendAsync(GasMarket.Scheduler, new ContractCall(market.Pool, WorkerpoolContract.EncodeChangePolicy(35, 5)));
    }
}
