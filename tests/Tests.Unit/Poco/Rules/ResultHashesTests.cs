using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Tests.Unit.Poco.Vectors;
using Xunit;

namespace Tests.Unit.Poco.Rules;

/// <summary>Values computed with ethers 6 from the keys 0x11…11 (worker), 0x22…22 (pool) and 0x33…33 (enclave).</summary>
public sealed class ResultHashesTests
{
    private static readonly TaskId Task = TaskId.Of(new DealId(Bytes32.Parse(new string('a', 64))), 2);
    private static readonly Address Worker = Address.Parse("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
    private static readonly Bytes32 Digest = new(SHA256.HashData("A result"u8));

    [Fact]
    public void Task_id_hashes_deal_and_index()
    {
        Assert.Equal("0xf04c900c69b2687067bbda7f4040b37d36989c18645b1cd121054e319ee3cac8", Task.ToString());
        var vector = SdkVectors.Root.GetProperty("taskid");
        Assert.True(DealId.TryParse(SdkVectors.Text(vector, "dealid"), out var deal));
        Assert.Equal(SdkVectors.Text(vector, "taskid"), TaskId.Of(deal, 0).ToString());
    }

    [Fact]
    public void Result_hash_and_seal()
    {
        Assert.Equal("0x2a8022a1267d1022b7c1067323756f7dcd4da0612c2ed867019f8d216a9c1520", ResultHashes.ResultHash(Task, Digest).ToString());
        Assert.Equal("0xca510767e36e8b365f190a71b62dff20ae18e864cc89f1d47fb55f4754ad99e9", ResultHashes.ResultSeal(Worker, Task, Digest).ToString());
    }

    [Fact]
    public void Authorization_without_and_with_enclave()
    {
        using var pool = PrivateKey.Parse(new string('2', 64));
        Assert.Equal("0xf8f67b7b0c094e2ed5e29e0d7a5f54a305b644f0b806be39b0f18796d37ae4ac", ResultHashes.Authorization(Worker, Task, default).ToString());
        var sign = ResultHashes.SignAuthorization(pool, Worker, Task, default);
        Assert.Equal(
            "0xf36de2cbcd2af9faabb8cbb6e7ded4a00059837bc9d8b5f48aa867520be63bbc4a49e29a9ca5e590597784d0c69422d54b922ad5c9c731f1f21857e59bc10d4e1c",
            Hex.Encode(sign));
        Assert.Equal(pool.Address, ResultHashes.RecoverAuthorizer(Worker, Task, default, sign));
        Assert.NotEqual(pool.Address, ResultHashes.RecoverAuthorizer(pool.Address, Task, default, sign));
        Assert.Null(ResultHashes.RecoverAuthorizer(Worker, Task, default, sign.AsSpan(1)));
        Assert.Equal(
            "0xd07a9aa264f4fd1d4bef0052e8c8fa53ee50753a8069e26058fae7cee490dfa7",
            ResultHashes.Authorization(Worker, Task, Address.Parse("0x5CbDd86a2FA8Dc4bDdd8a8f69dBa48572EeC07FB")).ToString());
    }

    [Fact]
    public void Enclave_message_and_signature()
    {
        using var enclave = PrivateKey.Parse(new string('3', 64));
        var (hash, seal) = (ResultHashes.ResultHash(Task, Digest), ResultHashes.ResultSeal(Worker, Task, Digest));
        Assert.Equal("0x945a4e2ef0e2284e94433c19aea8f6ba83bd97e3f4f98980e507a417c6bd5ff0", ResultHashes.EnclaveMessage(hash, seal).ToString());
        Assert.Equal(
            "0x8f4bab4aaeb4fb6a15c4149ab34f03c42d301431b8a9f2f961794f9e1f5346130d1336f4b6b0215956d3d8cdcae948234bc74deaa8d282ec7c115e9567ddb5781c",
            Hex.Encode(ResultHashes.SignEnclaveMessage(enclave, hash, seal)));
    }

    [Fact]
    public void Callback_digest_is_keccak_of_the_data() => Assert.Equal(
        "0xb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6",
        ResultHashes.CallbackDigest(UInt256.One.ToBytes32().AsSpan()).ToString());
}
