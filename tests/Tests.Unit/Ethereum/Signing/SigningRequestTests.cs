using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Ethereum.Signing;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Auth;
using Iexec.Sdk.Wire.Compass;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Ethereum.Signing;

/// <summary>What a signer outside of the program is shown is what its signature will stand for.</summary>
public sealed class SigningRequestTests
{
    private static readonly Address Asset = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly Eip712Domain Hub = new("iExecODB", "5.0.0", 31337, Asset);
    private static readonly Bytes32 Salt = Bytes32.Parse("0x" + new string('7', 64));

    public static TheoryData<string> Documents => [.. Shown.Keys];

    private static readonly Dictionary<string, TypedDocument> Shown = new()
    {
        ["AppOrder"] = OrderSchemas.App.Document(new AppOrder { App = Asset, AppPrice = 7, Volume = 3, Salt = Salt, Tag = Tag.Of(Tag.TeeBit) }, Hub),
        ["DatasetOrder"] = OrderSchemas.Dataset.Document(new DatasetOrder { Dataset = Asset, Volume = UInt256.MaxValue, RequesterRestrict = Asset, Salt = Salt }, Hub),
        ["WorkerpoolOrder"] = OrderSchemas.Workerpool.Document(new WorkerpoolOrder { Workerpool = Asset, Volume = 1, Category = 2, Trust = 5, Salt = Salt }, Hub),
        ["RequestOrder"] = OrderSchemas.Request.Document(
            new RequestOrder { App = Asset, Requester = Asset, Volume = 1, Params = "{\"iexec_args\":\"\\\"é\\u0000\"}", Salt = Salt }, Hub),
        ["Challenge"] = new ChallengeDocument("iExec Gateway", ulong.MaxValue, "Sign \"this\"\n<ü>").Document,
        ["WorkerpoolLocation"] = WorkerpoolStatement.Document(134, Asset, "https://pool.example/?a=b&c", 1_700_000_000),
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_as_a_wallet_reads_it_has_the_digest_that_is_signed(string type)
    {
        var document = Shown[type];
        Assert.Equal(type, document.PrimaryType);
        using var json = JsonDocument.Parse(document.ToJson());
        var read = TypedData.Parse(json.RootElement);
        Assert.Equal((document.PrimaryType, document.Digest), (read.PrimaryType, read.Digest));
        Assert.Equal(document.Digest, new SigningRequest.TypedData(document).Digest);
    }

    [Fact]
    public async Task A_private_key_signs_all_three_kinds_as_it_always_did()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(5));
        ISigner signer = key;
        var order = new AppOrder { App = Asset, Volume = 1, Salt = Salt };
        Assert.Equal(
            OrderSchemas.App.SignAsIs(order, key, Hub).Sign.ToArray(),
            (await signer.SignAsync(new SigningRequest.TypedData(OrderSchemas.App.Document(order, Hub)), default)).ToArray());

        var words = Encoding.UTF8.GetBytes("hello");
        Assert.Equal(key.SignMessage(words), await signer.SignAsync(new SigningRequest.Message(words), default));

        var transaction = new TransactionRequest(31337, 4, Asset, 1, default, 21_000, new TransactionFees.DynamicFee(9, 2));
        var signed = transaction.With(await signer.SignAsync(new SigningRequest.Transaction(transaction), default));
        Assert.Equal((transaction.Sign(key).Hash, key.Address), (signed.Hash, SignedTransaction.Decode(signed.Raw).Sender));
    }
}
