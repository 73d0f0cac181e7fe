using System.Net;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Tasks;
using Iexec.Sdk.Wire.Storage;
using Iexec.Testing;
using Tests.Unit.Cli;
using Xunit;

namespace Tests.Unit.Storage;

/// <summary>A connection that is reset in the middle of a body reaches readers as a plain <see cref="IOException"/>.</summary>
public sealed class BrokenOffTests : IDisposable
{
    private static readonly Uri Gateway = new("http://gateway.test/");
    private static readonly Cid TheCid = new CidBuilder().Finish();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_download_that_breaks_off_is_told_as_the_storages_fault_and_may_be_tried_again()
    {
        using var http = new HttpClient(new BreakingGateway(new AnsweringHub()));
        var error = await Assert.ThrowsAsync<IexecException>(() => new StorageClient(http, Gateway).CopyToAsync(TheCid, Stream.Null, CancellationToken.None));
        Assert.Equal((ErrorCode.IpfsGatewayCallError, "Try again."), (error.Code, error.Hint));
        Assert.Contains("broke off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_result_that_breaks_off_stays_and_a_former_one_is_kept()
    {
        using var http = new ServiceHttp(new BreakingGateway(new AnsweringHub()));
        var chain = await ConnectAsync(http);
        var path = Path.Combine(_folder.Path, "result.zip");
        await File.WriteAllTextAsync(path, "former");

        var error = await Assert.ThrowsAsync<IexecException>(() => ResultDownload.SaveAsync(chain, Completed(), path, CancellationToken.None));

        Assert.Contains("broke off", error.Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("former", await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_storage_that_falls_silent_is_not_waited_for(bool beginsAtAll)
    {
        var time = new ManualTime();
        using var http = new HttpClient(new SilentGateway(beginsAtAll, () => time.Advance(StorageClient.LongestSilence))) { Timeout = Timeout.InfiniteTimeSpan };
        var error = await Assert.ThrowsAsync<IexecException>(() => new StorageClient(http, Gateway, time).CopyToAsync(TheCid, Stream.Null, CancellationToken.None));
        Assert.Equal(ErrorCode.IpfsGatewayCallError, error.Code);
        Assert.Contains(beginsAtAll ? "broke off" : "failed with a network error", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_takes_its_time_is_not_the_storages_silence()
    {
        var time = new ManualTime();
        using var http = new HttpClient(new WholeGateway()) { Timeout = Timeout.InfiniteTimeSpan };
        using var slow = new SlowStream(() => time.Advance(StorageClient.LongestSilence * 2));
        await new StorageClient(http, Gateway, time).CopyToAsync(TheCid, slow, CancellationToken.None);
        Assert.Equal(WholeGateway.Content, slow.ToArray());
    }

    [Fact]
    public async Task Two_downloads_to_one_file_do_not_get_in_each_others_way()
    {
        using var http = new ServiceHttp(new MeetingGateway(new AnsweringHub(), 2));
        var chain = await ConnectAsync(http);
        var path = Path.Combine(_folder.Path, "result.zip");
        var errors = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Assert.ThrowsAsync<IexecException>(() => ResultDownload.SaveAsync(chain, Completed(), path, CancellationToken.None))));
        Assert.All(errors, error => Assert.Contains("broke off", error.Message, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_as_such()
    {
        using var http = new ServiceHttp(new BreakingGateway(new AnsweringHub()));
        var chain = await ConnectAsync(http);
        var error = await Assert.ThrowsAsync<IexecException>(() => ResultDownload.SaveAsync(chain, Completed(), Path.Combine(_folder.Path, "no", "result.zip"), CancellationToken.None));
        Assert.Contains("cannot be saved", error.Message, StringComparison.Ordinal);
    }

    private static Task<ChainConnection> ConnectAsync(ServiceHttp http) => ChainConnection.OpenAsync(
        new ChainSettings { Name = "dev", Id = 65535, Host = new Uri("http://node.test/"), Hub = Address.Parse("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca"), IpfsGateway = Gateway },
        http,
        CancellationToken.None);

    private static TaskView Completed() => new(
        new ChainTask(
            new TaskId(Bytes32.Zero), ChainTaskStatus.Completed, new DealId(Bytes32.Zero), 0, 300, 2100, 2700, 3000, Bytes32.Zero, 1, 1, [], Bytes32.Zero, ResultLink.Ipfs(TheCid).ToBytes(), []),
        2000,
        null);

    private sealed class BreakingGateway(HttpMessageHandler node) : DelegatingHandler(node)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.RequestUri!.Host == Gateway.Host
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream()) })
            : base.SendAsync(request, cancellationToken);
    }

    // Answers nobody before so many have asked.
    private sealed class MeetingGateway(HttpMessageHandler node, int expected) : DelegatingHandler(node)
    {
        private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != Gateway.Host)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MeetingStream(this)) };
        }

        // Both files are open by now.
        private async Task MeetAsync()
        {
            if (Interlocked.Increment(ref _waiting) == expected)
            {
                _met.SetResult();
            }

            await _met.Task;
        }

        private sealed class MeetingStream(MeetingGateway gateway) : MemoryStream
        {
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                await gateway.MeetAsync();
                throw new IOException("Connection reset by peer");
            }
        }
    }

    private sealed class WholeGateway : HttpMessageHandler
    {
        public static byte[] Content { get; } = [.. Enumerable.Range(0, 1 << 20).Select(i => (byte)i)];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Content) });
    }

    private sealed class SlowStream(Action wait) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wait();
            return base.WriteAsync(buffer, cancellationToken);
        }
    }

    private sealed class SilentGateway(bool beginsAtAll, Action silent) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!beginsAtAll)
            {
                silent();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new SilentStream(silent)) };
        }
    }

    private sealed class SilentStream(Action silent) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            silent();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }

    private sealed class BreakingStream : MemoryStream
    {
        private bool _hasSent;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasSent)
            {
                throw new IOException("Connection reset by peer");
            }

            _hasSent = true;
            buffer.Span[..10].Fill(7);
            return ValueTask.FromResult(10);
        }
    }
}
