using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Market;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Testing;
using Tests.Unit.Cli;
using Xunit;

namespace Tests.Unit.Sdk.Client;

/// <summary>Whatever a node or a service answers, or does not, the caller of the client gets an answer or an <see cref="IexecException"/>.</summary>
public sealed class HostileServicesTests
{
    private static readonly Address Asset = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly Cid File = new CidBuilder().Finish();

    private static readonly ChainSettings Chain = new()
    {
        Name = "dev", Id = 65535, Host = new Uri("http://node"), Hub = Address.Parse("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca"),
        IexecGateway = new Uri("http://market"), Sms = new Uri("http://sms"), IpfsGateway = new Uri("http://storage"), Compass = new Uri("http://compass"),
    };

    private static readonly Dictionary<string, Func<HttpResponseMessage>> Replies = new()
    {
        ["nothing"] = () => Text("", "application/json"),
        ["a page"] = () => Text("<html>Welcome</html>", "text/html"),
        ["a page that says it is JSON"] = () => Text("<html>Welcome</html>", "application/json"),
        ["null"] = () => Text("null", "application/json"),
        ["a list"] = () => Text("[]", "application/json"),
        ["a list of lists"] = () => Text("[[1],[2]]", "application/json"),
        ["an empty object"] = () => Text("{}", "application/json"),
        ["a number"] = () => Text("7", "application/json"),
        ["a text"] = () => Text("\"x\"", "application/json"),
        ["depth"] = () => Text(new string('[', 100_000), "application/json"),
        ["half an object"] = () => Text("{\"ok\":true,\"orders\":[{\"or", "application/json"),
        ["members of other kinds"] = () => Text(
            """{"ok":true,"count":"x","orders":{},"deals":5,"data":7,"published":[],"unpublished":{},"apiUrl":5,"Hash":5,"result":{},"error":7}""", "application/json"),
        ["members that are empty"] = () => Text(
            """{"ok":true,"count":1,"orders":[null],"deals":[null],"data":{},"published":{},"unpublished":[null],"apiUrl":null,"Hash":null,"result":null}""", "application/json"),
        ["members of the wrong inside"] = () => Text(
            """
            {"ok":true,"count":1e99,"orders":[{"order":{"app":"x"}}],"deals":[{"dealid":"x","app":{}}],"published":{"orderHash":{}},"unpublished":[{}],
             "data":{"types":{},"domain":{"chainId":"x"},"primaryType":5,"message":[]},"apiUrl":"ftp://x","Hash":"Qm","Size":"-","jsonrpc":"2.0","id":{},"error":{"code":"x","message":[]} }
            """, "application/json"),
        ["an unknown alphabet"] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = Typed([0x7b, 0x7d], "application/json; charset=klingon") },
        ["no text at all"] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = Typed([0xff, 0xfe, 0x00, 0xc0, 0x80], "application/json") },
        ["an error without words"] = () => new HttpResponseMessage(HttpStatusCode.BadRequest),
        ["an error in an unknown alphabet"] = () => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = Typed([0x7b, 0x7d], "application/json; charset=klingon") },
        ["an error of another kind"] = () => Text("""{"error":{"message":[]},"message":7}""", "application/json", HttpStatusCode.BadRequest),
        ["no right"] = () => Text("{}", "application/json", HttpStatusCode.Unauthorized),
        ["not found"] = () => new HttpResponseMessage(HttpStatusCode.NotFound),
        ["elsewhere"] = () => new HttpResponseMessage(HttpStatusCode.Found),
        ["an internal error"] = () => new HttpResponseMessage(HttpStatusCode.InternalServerError),
        ["too busy"] = () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
        ["a broken body"] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = Typed(new BrokenStream(), "application/json") },
        ["a broken error"] = () => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = Typed(new BrokenStream(), "application/json") },
        ["a broken connection"] = () => throw new HttpRequestException(HttpRequestError.ResponseEnded),
        ["a plain broken connection"] = () => throw new IOException("Connection reset by peer"),
        ["nobody"] = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"),
        ["silence"] = () => throw new TaskCanceledException("The configured timeout elapsed.", new TimeoutException()),
    };

    private static readonly string PublicKey = ResultModule.GenerateEncryptionKeyPair().PublicKeyPem;

    private static readonly Dictionary<string, Func<IexecClient, Task>> Calls = new()
    {
        ["network"] = iexec => iexec.Network.GetNetworkAsync(),
        ["hub.count"] = iexec => iexec.Hub.CountCategoryAsync(),
        ["hub.show"] = iexec => iexec.Hub.ShowCategoryAsync(0),
        ["hub.ratio"] = iexec => iexec.Hub.GetTimeoutRatioAsync(),
        ["hub.create"] = iexec => iexec.Hub.CreateCategoryAsync("x", "y", 1),
        ["wallet.balances"] = iexec => iexec.Wallet.CheckBalancesAsync(),
        ["wallet.sendEth"] = iexec => iexec.Wallet.SendEthAsync(1, Asset),
        ["wallet.sendRlc"] = iexec => iexec.Wallet.SendRlcAsync(1, Asset),
        ["wallet.sweep"] = iexec => iexec.Wallet.SweepAsync(Asset),
        ["account.balance"] = iexec => iexec.Account.CheckBalanceAsync(),
        ["account.deposit"] = iexec => iexec.Account.DepositAsync(1),
        ["account.withdraw"] = iexec => iexec.Account.WithdrawAsync(1),
        ["account.approve"] = iexec => iexec.Account.ApproveAsync(1, Asset),
        ["account.allowance"] = iexec => iexec.Account.CheckAllowanceAsync(Asset),
        ["app.show"] = iexec => iexec.App.ShowAppAsync(Asset),
        ["app.showUser"] = iexec => iexec.App.ShowUserAppAsync(0),
        ["app.count"] = iexec => iexec.App.CountUserAppsAsync(),
        ["app.predict"] = iexec => iexec.App.PredictAppAddressAsync(new() { Name = "x", Multiaddr = "y", Checksum = Bytes32.Zero }),
        ["app.deploy"] = iexec => iexec.App.DeployAppAsync(new() { Name = "x", Multiaddr = "y", Checksum = Bytes32.Zero }),
        ["app.transfer"] = iexec => iexec.App.TransferAppAsync(Asset, Address.Parse("0x0000000000000000000000000000000000000b0b")),
        ["app.checkSecret"] = iexec => iexec.App.CheckAppSecretExistsAsync(Asset),
        ["app.pushSecret"] = iexec => iexec.App.PushAppSecretAsync(Asset, "x"),
        ["dataset.show"] = iexec => iexec.Dataset.ShowDatasetAsync(Asset),
        ["dataset.pushSecret"] = iexec => iexec.Dataset.PushDatasetSecretAsync(Asset, iexec.Dataset.GenerateEncryptionKey()),
        ["workerpool.show"] = iexec => iexec.Workerpool.ShowWorkerpoolAsync(Asset),
        ["workerpool.url"] = iexec => iexec.Workerpool.GetWorkerpoolApiUrlAsync(Asset),
        ["workerpool.setUrl"] = iexec => iexec.Workerpool.SetWorkerpoolApiUrlAsync(Asset, new Uri("http://pool")),
        ["workerpool.strength"] = iexec => iexec.Workerpool.GetStrengthAsync(Asset),
        ["deal.show"] = iexec => iexec.Deal.ShowAsync(default),
        ["deal.watch"] = iexec => BeginAsync(iexec.Deal.WatchAsync(default)),
        ["deal.claim"] = iexec => iexec.Deal.ClaimAsync(default),
        ["deal.ofRequester"] = iexec => AllAsync(iexec.Deal.FetchRequesterDealsAsync()),
        ["task.show"] = iexec => iexec.Task.ShowAsync(default),
        ["task.watch"] = iexec => BeginAsync(iexec.Task.WatchAsync(default)),
        ["task.claim"] = iexec => iexec.Task.ClaimAsync(default),
        ["task.logs"] = iexec => iexec.Task.FetchLogsAsync(default),
        ["order.hash"] = iexec => iexec.Order.HashAsync(OrderModule.CreateAppOrder(Asset)),
        ["order.sign"] = iexec => iexec.Order.SignAsync(OrderModule.CreateWorkerpoolOrder(Asset, 0)),
        ["order.publish"] = iexec => iexec.Order.PublishAsync(new Signed<AppOrder>(OrderModule.CreateAppOrder(Asset), new byte[65])),
        ["order.unpublish"] = iexec => iexec.Order.UnpublishAsync(OrderKind.App, default),
        ["order.unpublishAll"] = iexec => iexec.Order.UnpublishAllAsync(OrderKind.Request),
        ["order.quote"] = iexec => iexec.Order.QuoteAsync(new ExecutionRequest { App = Asset }),
        ["order.bulk"] = iexec => iexec.Order.PrepareDatasetBulkAsync(
            [new(OrderModule.CreateDatasetOrder(Asset, volume: OrderModule.InfiniteVolume), new byte[65])]),
        ["orderbook.app"] = iexec => iexec.Orderbook.FetchAppOrderAsync(default),
        ["orderbook.apps"] = iexec => AllAsync(iexec.Orderbook.FetchAppOrderbookAsync(new AppOrderQuery { App = Asset })),
        ["orderbook.datasets"] = iexec => iexec.Orderbook.PageAsync(new DatasetOrderQuery { Dataset = Asset }),
        ["orderbook.pools"] = iexec => iexec.Orderbook.PageAsync(new WorkerpoolOrderQuery()),
        ["orderbook.requests"] = iexec => iexec.Orderbook.PageAsync(new RequestOrderQuery()),
        ["result.check"] = iexec => iexec.Result.CheckResultEncryptionKeyExistsAsync(),
        ["result.push"] = iexec => iexec.Result.PushResultEncryptionKeyAsync(PublicKey, forceUpdate: true),
        ["secrets.check"] = iexec => iexec.Secrets.CheckRequesterSecretExistsAsync("x"),
        ["secrets.push"] = iexec => iexec.Secrets.PushRequesterSecretAsync("x", "y"),
        ["storage.check"] = iexec => iexec.Storage.CheckStorageTokenExistsAsync("dropbox"),
        ["storage.push"] = iexec => iexec.Storage.PushStorageTokenAsync("x", "dropbox", forceUpdate: true),
        ["storage.put"] = iexec => iexec.Storage.PutAsync(new MemoryStream([1, 2]), "x"),
        ["storage.get"] = iexec => iexec.Storage.GetAsync(File, Stream.Null),
    };

    public static TheoryData<string> Hosts => ["node", "node, once it is known", "market", "sms", "storage", "compass", "pool"];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Any_answer_is_taken_or_told_as_an_error_of_the_family(string host)
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        var faults = new List<string>();
        var told = 0;
        foreach (var (name, reply) in Replies)
        {
            foreach (var (called, call) in Calls)
            {
                using var network = new Network(host, reply);
                using var iexec = new IexecClient(Chain, key, new IexecOptions { Handler = network, Time = new HurriedTime() });
                try
                {
                    await call(iexec);
                }
                catch (IexecException known) when (known.Code != ErrorCode.Error)
                {
                    told++;
                }
                catch (Exception leaked)
                {
                    faults.Add($"{called}, answered with {name}: {leaked.GetType().Name} {leaked.Message}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.NotEqual(0, told);
    }

    [Fact]
    public async Task A_scheduler_that_answers_anything_gives_no_logs()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        foreach (var (name, reply) in Replies)
        {
            using var http = new ServiceHttp(new Network("pool", reply), new HurriedTime());
            var error = await Record.ExceptionAsync(() => new SchedulerClient(http.At(new Uri("http://pool"))).GetTaskLogsAsync(65535, default, key, CancellationToken.None));
            Assert.True(error is IexecException, $"{name}: {error}");
        }
    }

    /// <summary>A program with a window waits for a call without standing in its way: nothing of the client runs on the window's thread again.</summary>
    [Fact]
    public async Task No_call_comes_back_to_the_thread_of_its_caller()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        var faults = new List<string>();
        foreach (var (called, call) in Calls)
        {
            using var network = new Later(new Network("nobody", () => new HttpResponseMessage()));
            using var iexec = new IexecClient(Chain, key, new IexecOptions { Handler = network, Time = new HurriedTime() });
            var window = new Window();
            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(window);
            Task answer;
            try
            {
                answer = call(iexec);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }

            _ = await Record.ExceptionAsync(() => answer);
            if (window.Posts > 0)
            {
                faults.Add($"{called} came back {window.Posts} times.");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task AllAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items.ConfigureAwait(false))
        {
        }
    }

    private static async Task BeginAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items.ConfigureAwait(false))
        {
            break;
        }
    }

    private static HttpResponseMessage Text(string text, string type, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, type) };

    private static ByteArrayContent Typed(byte[] content, string type) => new(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    private static StreamContent Typed(Stream content, string type) => new(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    // All is well but one host. The node that is hostile later answers what a connection asks first.
    private sealed class Network(string hostile, Func<HttpResponseMessage> reply) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _node = new(new AnsweringHub { IsReadOnly = true });
        private bool _isKnown;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var host = request.RequestUri!.Host;
            if (host == hostile || (host == "node" && hostile.StartsWith("node,", StringComparison.Ordinal) && _isKnown))
            {
                return reply();
            }

            _isKnown |= host == "node";
            return host switch
            {
                "node" => await _node.SendAsync(request, cancellationToken),
                "compass" => Text("""{"apiUrl":"http://pool"}""", "application/json"),
                "sms" => new HttpResponseMessage(HttpStatusCode.NotFound),
                _ => Text("""{"ok":true,"count":0,"orders":[],"deals":[]}""", "application/json"),
            };
        }

        protected override void Dispose(bool disposing)
        {
            _node.Dispose();
            base.Dispose(disposing);
        }
    }

    // As a socket: the answer is there after the call has returned.
    private sealed class Later(HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Run(static () => { }, cancellationToken).ConfigureAwait(false);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Window : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        private bool _hasSent;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasSent)
            {
                throw new IOException("Connection reset by peer");
            }

            _hasSent = true;
            buffer.Span[0] = (byte)'{';
            return ValueTask.FromResult(1);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("Connection reset by peer");
    }

    /// <summary>Pauses between two tries are over at once; limits are never reached.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(8) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
