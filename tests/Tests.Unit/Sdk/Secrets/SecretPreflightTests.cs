using System.Net;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Sms;
using Xunit;

namespace Tests.Unit.Sdk.Secrets;

/// <summary>Secrets without which a task would fail, each missing once; and what needs none is asked of nobody.</summary>
public sealed class SecretPreflightTests
{
    private const string Dataset = "0x323190D01FaC21d5050D7F7fcDF370e5eB4bd065";
    private const string Requester = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private const string Beneficiary = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private static readonly Tag Tee = Tag.Of(Tag.TeeBit, Tag.TdxBit);

    [Theory]
    [InlineData(
        "{\"iexec_result_encryption\":true}", "/secrets/web2?ownerAddress=" + Beneficiary + "&secretName=iexec-result-encryption-public-key",
        "Request requirements check failed: Beneficiary result encryption key is not set in the SMS. Result encryption will fail.")]
    [InlineData(
        "{\"iexec_result_storage_provider\":\"dropbox\"}", "/secrets/web2?ownerAddress=" + Requester + "&secretName=iexec-result-dropbox-token",
        "Request requirements check failed: Requester storage token is not set for selected provider \"dropbox\". Result archive upload will fail.")]
    [InlineData(
        "{\"iexec_secrets\":{\"1\":\"mine\"}}", "/requesters/" + Requester + "/secrets/mine",
        "Request requirements check failed: Requester secret \"mine\" is not set for requester " + Requester + " in the SMS. Requester secret provisioning will fail.")]
    [InlineData(
        "{}", "/secrets/web3?secretAddress=" + Dataset,
        "Dataset requirements check failed: Dataset encryption key is not set for dataset " + Dataset + " in the SMS. Dataset decryption will fail.")]
    public async Task A_missing_secret_is_named_in_the_official_words(string parameters, string path, string message)
    {
        using var sms = new Secrets { Missing = path };
        var request = Request(parameters, Tee, Address.Parse(Dataset));

        var error = await Assert.ThrowsAsync<IexecException>(() => sms.Preflight().CheckRequestAsync(request));
        Assert.Equal(message, error.Message);
        Assert.Equal(ErrorCode.BusinessError, error.Code);
        Assert.Contains("skip the check", error.Hint, StringComparison.Ordinal);

        sms.Missing = null;
        await sms.Preflight().CheckRequestAsync(request);
        Assert.Contains(path, sms.Asked);
    }

    [Theory]
    [InlineData("{\"iexec_result_encryption\":true}", false, false, true)]
    [InlineData("{\"iexec_result_encryption\":true}", true, false, false)]
    [InlineData("{\"iexec_result_encryption\":true}", false, true, false)]
    [InlineData("{\"iexec_result_encryption\":false}", false, false, false)]
    [InlineData("--help", false, false, false)]
    public void Encryption_that_nobody_would_do_is_not_paid_for(string parameters, bool isRequestTrusted, bool isAppTrusted, bool isRefused)
    {
        var app = new AppOrder { App = Address.Parse(Dataset), Volume = UInt256.One, Tag = isAppTrusted ? Tee : Tag.None };
        var set = new OrderSet(
            new Signed<AppOrder>(app, default), OrderSet.NoDataset, new Signed<WorkerpoolOrder>(new WorkerpoolOrder { Workerpool = Address.Zero, Volume = UInt256.One, Tag = Tee }, default),
            new Signed<RequestOrder>(Request(parameters, isRequestTrusted ? Tee : Tag.None, Address.Zero), default));

        var refused = Record.Exception(() => SecretPreflight.CheckEncryption(set));

        Assert.Equal(isRefused, refused is IexecException { Code: ErrorCode.BusinessError });
        Assert.Equal(isRefused, refused is not null);
    }

    [Fact]
    public async Task A_datasets_order_needs_its_key_only_where_it_is_decrypted()
    {
        using var sms = new Secrets { Missing = "/secrets/web3?secretAddress=" + Dataset };
        await Assert.ThrowsAsync<IexecException>(() => sms.Preflight().CheckDatasetAsync(Address.Parse(Dataset), Tee));
        sms.Asked.Clear();

        await sms.Preflight().CheckDatasetAsync(Address.Parse(Dataset), Tag.None);
        await sms.Preflight().CheckRequestAsync(Request("{\"iexec_args\":\"x\",\"iexec_result_storage_provider\":\"ipfs\"}", Tag.None, Address.Parse(Dataset)));
        Assert.Empty(sms.Asked);
    }

    [Fact]
    public async Task Params_with_a_fault_are_a_validation_error_and_a_silent_service_is_none()
    {
        using var sms = new Secrets { Status = HttpStatusCode.InternalServerError };
        var wrong = await Assert.ThrowsAsync<IexecException>(() => sms.Preflight().CheckRequestAsync(Request("{\"iexec_arg\":1}", Tee, default)));
        Assert.Equal((ErrorCode.ValidationError, "Unknown key \"iexec_arg\" in params"), (wrong.Code, wrong.Message));

        var down = await Assert.ThrowsAsync<IexecException>(() => sms.Preflight().CheckDatasetAsync(Address.Parse(Dataset), Tee));
        Assert.Equal(ErrorCode.SmsCallError, down.Code);
    }

    private static RequestOrder Request(string parameters, Tag tag, Address dataset) => new()
    {
        App = Address.Parse(Dataset), Dataset = dataset, Requester = Address.Parse(Requester), Beneficiary = Address.Parse(Beneficiary), Params = parameters, Tag = tag, Volume = 1,
    };

    private sealed class Secrets : HttpMessageHandler
    {
        public string? Missing { get; set; }

        public HttpStatusCode Status { get; init; } = HttpStatusCode.NoContent;

        public List<string> Asked { get; } = [];

        public SecretPreflight Preflight() =>
            new(() => new SmsClient(new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://sms/") }), CancellationToken.None);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery;
            lock (Asked)
            {
                Asked.Add(path);
            }

            return Task.FromResult(new HttpResponseMessage(path == Missing ? HttpStatusCode.NotFound : Status));
        }
    }
}
