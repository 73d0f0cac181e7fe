using System.Net;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Orders;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Sdk.Client;

/// <summary>What a client does before anything is asked of a network, and when nobody answers.</summary>
public sealed class IexecClientTests
{
    private static readonly Address Asset = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly ChainSettings Chain = new() { Name = "test", Id = 1, Host = new Uri("http://node"), Hub = Asset };

    [Fact]
    public async Task A_network_that_was_away_is_asked_again_by_the_next_call()
    {
        using var network = new Away();
        using var iexec = new IexecClient(Chain, options: new IexecOptions { Handler = network });
        await RefusedAsync(ErrorCode.Web3ProviderError, () => iexec.Network.GetNetworkAsync());
        var asked = network.Asked;
        Assert.NotEqual(0, asked);
        await RefusedAsync(ErrorCode.Web3ProviderError, () => iexec.Hub.CountCategoryAsync());
        Assert.Equal(2 * asked, network.Asked);
    }

    [Fact]
    public async Task What_the_settings_do_not_name_is_missed_by_name()
    {
        using var iexec = new IexecClient(Chain);
        var refused = await RefusedAsync(ErrorCode.ConfigurationError, () => iexec.Secrets.CheckRequesterSecretExistsAsync("x", Asset));
        Assert.Contains("sms", refused.Message, StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.ConfigurationError, () => iexec.Orderbook.PageAsync(new Iexec.Sdk.Wire.Market.WorkerpoolOrderQuery()));
        await RefusedAsync(ErrorCode.ConfigurationError, () => iexec.Storage.GetAsync(default, Stream.Null));
    }

    [Fact]
    public void Options_and_orders_that_make_no_sense_are_refused_at_once()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        Refused("Confirmations must be at least 1", () => new IexecClient(Chain, key, new IexecOptions { Confirmations = 0 }));
        Refused("app is a required field", () => OrderModule.CreateAppOrder(Address.Zero));
        Refused("volume must be greater than 0", () => OrderModule.CreateWorkerpoolOrder(Asset, 0, volume: UInt256.Zero));
        Refused("'tdx' tag must be used with 'tee' tag", () => OrderModule.CreateDatasetOrder(Asset, tag: Tag.Of(Tag.TdxBit)));
        using var iexec = new IexecClient(Chain, key);
        Refused("app is a required field", () => iexec.Order.CreateRequestOrder(new ExecutionRequest { App = Address.Zero }));
        Refused(
            "iexec_input_files[0] \"ipfs://x\" is not a valid URL",
            () => iexec.Order.CreateRequestOrder(new ExecutionRequest { App = Asset, Params = "{\"iexec_input_files\":[\"ipfs://x\"]}" }));
        Refused(
            "iexec_secrets is not supported for non TEE tasks",
            () => iexec.Order.CreateRequestOrder(new ExecutionRequest { App = Asset, Params = "{\"iexec_secrets\":{\"1\":\"x\"}}" }));
        var request = iexec.Order.CreateRequestOrder(new ExecutionRequest { App = Asset }, workerpoolMaxPriceNrlc: 5, volume: 3);
        Assert.Equal((key.Address, key.Address, (UInt256)5, (UInt256)3), (request.Requester, request.Beneficiary, request.WorkerpoolMaxPrice, request.Volume));
    }

    [Fact]
    public void A_handler_of_the_caller_outlives_the_client()
    {
        using var network = new Away();
        new IexecClient(Chain, options: new IexecOptions { Handler = network }).Dispose();
        Assert.False(network.IsDisposed);
    }

    private static void Refused(string message, Func<object> make) =>
        Assert.Equal((ErrorCode.ValidationError, message), Assert.Throws<IexecException>(make) is var refused ? (refused.Code, refused.Message) : default);

    private static async Task<IexecException> RefusedAsync(ErrorCode code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<IexecException>(act);
        Assert.Equal(code, refused.Code);
        return refused;
    }

    private sealed class Away : HttpMessageHandler
    {
        public int Asked { get; private set; }

        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            throw new HttpRequestException(HttpRequestError.ConnectionError, "nobody is there", null, HttpStatusCode.BadGateway);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
