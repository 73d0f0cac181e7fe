using System.Net;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing;
using Tests.Unit.Cli;
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

    [Theory]
    [InlineData("name is a required field", "", "DOCKER", "x")]
    [InlineData(" is not a valid type", "x", "", "x")]
    [InlineData("multiaddr is a required field", "x", "DOCKER", "")]
    [InlineData("VM is not a valid type", "x", "VM", "x")]
    public async Task An_app_that_nobody_could_run_is_not_registered(string message, string name, string type, string multiaddr)
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        using var network = new Away();
        using var iexec = new IexecClient(Chain, key, new IexecOptions { Handler = network });
        var app = new AppDescription { Name = name, Type = type, Multiaddr = multiaddr, Checksum = Bytes32.Zero };
        Assert.Equal(message, (await RefusedAsync(ErrorCode.ValidationError, () => iexec.App.DeployAppAsync(app))).Message);
        Assert.Equal(message, (await RefusedAsync(ErrorCode.ValidationError, () => iexec.App.PredictAppAddressAsync(app))).Message);
        Assert.Equal(0, network.Asked);
    }

    [Fact]
    public async Task What_else_has_no_name_is_not_registered()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        using var network = new Away();
        using var iexec = new IexecClient(Chain, key, new IexecOptions { Handler = network });
        (string Missing, Func<Task> Act)[] calls =
        [
            ("name", () => iexec.Dataset.DeployDatasetAsync(new DatasetDescription { Name = "", Multiaddr = "x" })),
            ("multiaddr", () => iexec.Dataset.PredictDatasetAddressAsync(new DatasetDescription { Name = "x", Multiaddr = null! })),
            ("description", () => iexec.Workerpool.DeployWorkerpoolAsync(new WorkerpoolDescription { Description = "" })),
            ("name", () => iexec.Hub.CreateCategoryAsync("", "x", 1)),
            ("description", () => iexec.Hub.CreateCategoryAsync("x", "", 1)),
        ];
        foreach (var (missing, act) in calls)
        {
            Assert.Equal($"{missing} is a required field", (await RefusedAsync(ErrorCode.ValidationError, act)).Message);
        }

        Assert.Equal(0, network.Asked);
    }

    [Fact]
    public async Task A_client_that_was_disposed_says_so_and_can_be_disposed_again()
    {
        using var network = new Away();
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        var iexec = new IexecClient(Chain with { Sms = new Uri("http://sms"), IexecGateway = new Uri("http://market") }, key, new IexecOptions { Handler = network });
        iexec.Dispose();
        iexec.Dispose();
        Func<Task>[] calls =
        [
            () => iexec.Account.CheckBalanceAsync(), () => iexec.Account.DepositAsync(1), () => iexec.Secrets.CheckRequesterSecretExistsAsync("x"),
            () => iexec.Orderbook.PageAsync(new WorkerpoolOrderQuery()),
        ];
        foreach (var call in calls)
        {
            Assert.Equal(typeof(IexecClient).FullName, (await Assert.ThrowsAsync<ObjectDisposedException>(call)).ObjectName);
        }

        Assert.Equal(0, network.Asked);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_as_cancelled_and_names_the_transaction_that_is_out()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        using var cancel = new CancellationTokenSource();
        using var node = new NeverMining();
        var sent = Bytes32.Zero;
        using var iexec = new IexecClient(
            new ChainSettings { Name = "dev", Id = 65535, Host = new Uri("http://node"), Hub = Address.Parse("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca") }, key,
            new IexecOptions
            {
                Handler = node,
                TransactionSent = hash =>
                {
                    sent = hash;
                    cancel.Cancel();
                },
            });
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => iexec.Account.ApproveAsync(1, Asset, cancel.Token));
        Assert.NotEqual(Bytes32.Zero, sent);
        Assert.Contains(sent.ToString(), stopped.Message, StringComparison.Ordinal);
        Assert.Equal(cancel.Token, stopped.CancellationToken);
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

    // Takes every transaction and has no receipt of any.
    private sealed class NeverMining() : DelegatingHandler(new AnsweringHub())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            return asked is JsonObject call && (string?)call["method"] == "eth_getTransactionReceipt"
                ? new HttpResponseMessage { Content = new StringContent($$"""{"jsonrpc":"2.0","id":{{call["id"]!.ToJsonString()}},"result":null}""") }
                : await base.SendAsync(request, cancellationToken);
        }
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
