using System.Net;
using System.Text;
using Iexec.Testing.Chain;
using Iexec.Testing.Containers;
using Iexec.Worker.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>Ctrl-C in the middle of work, damaged dumps, ports in use, and who may talk to the node.</summary>
[Collection(RecoveryCollection.Name)]
public sealed class StopTests(ContainerFixture containers) : IAsyncLifetime
{
    private const string Question = """{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}""";
    private readonly NetworkProcess _network = new(containers);

    public Task InitializeAsync() => _network.StartAsync();

    public Task DisposeAsync() => _network.DisposeAsync().AsTask();

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_run_leaves_no_process_no_container_no_half_written_file_and_the_task_goes_on()
    {
        using var buyer = await Buyer.CreateAsync(_network, containers);
        var before = await buyer.CountAsync();
        var deal = await buyer.BuyAsync("sleep 3");
        await buyer.EventuallyAsync(async () => (await ContainersAsync()).Any(container => container.IsRunning) ? "yes" : null, "a container");
        var children = _network.Children();

        Assert.Equal(0, await _network.InterruptAsync());

        Assert.Empty(children.Alive);
        Assert.Empty(_network.Children().Known);
        Assert.Empty(await ContainersAsync());
        Assert.Empty(_network.HalfWritten());
        Assert.False(File.Exists(Path.Combine(_network.ChainFolder, "network.json")));

        // The newest dump is torn while nobody runs: the one before takes over, and what it lacks is done again.
        Tear("chain.dump");
        await _network.StartAsync();
        await buyer.CompleteAsync(deal);
        before.After(deal).AssertSameAs(await buyer.CountAsync());
    }

    [Fact]
    public async Task Dumps_that_cannot_be_used_end_the_start_with_the_way_out_and_are_kept()
    {
        await _network.InterruptAsync();
        var good = File.ReadAllBytes(Dump("chain.dump"));

        var header = Array.IndexOf(good, (byte)'\n');
        var other = Encoding.UTF8.GetString(good, 0, header).Replace(HubOf(good), TestAddress.Of(1).ToString(), StringComparison.OrdinalIgnoreCase);
        File.WriteAllBytes(Dump("chain.dump"), [.. Encoding.UTF8.GetBytes(other), .. good[header..]]);
        Assert.Equal(1, await _network.RunToEndAsync());
        Assert.Contains("other contracts", _network.Error, StringComparison.Ordinal);
        Assert.Contains("iexec up --reset", _network.Error, StringComparison.Ordinal);

        Tear("chain.dump");
        Tear("chain.dump.1");
        var torn = File.ReadAllBytes(Dump("chain.dump"));
        Assert.Equal(1, await _network.RunToEndAsync());
        Assert.Contains("damaged", _network.Error, StringComparison.Ordinal);
        Assert.Contains("iexec up --reset", _network.Error, StringComparison.Ordinal);
        Assert.Equal(torn, File.ReadAllBytes(Dump("chain.dump")));
        Assert.Empty(_network.Children().Alive);
    }

    [Fact]
    public async Task Node_answers_programs_and_refuses_web_pages_unknown_names_and_plain_text()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json; charset=utf-8"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await AskAsync("text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await AskAsync("application/x-www-form-urlencoded"));
        foreach (var origin in new[] { "https://evil.example", "http://localhost:1", "null" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("application/json", ("Origin", origin)));
            Assert.Equal(HttpStatusCode.Forbidden, await GiftAsync(("Origin", origin)));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await GiftAsync(("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(HttpStatusCode.OK, await GiftAsync(("Sec-Fetch-Site", "none")));
        foreach (var host in new[] { "evil.example", "evil.example:8545", "127.0.0.1.evil.example" })
        {
            Assert.Contains(await AskAsync("application/json", ("Host", host)), new[] { HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.MisdirectedRequest });
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json", ("Host", $"localhost:{_network.Ports.Rpc}")));
    }

    [Fact]
    public async Task Busy_port_is_named_with_its_owner_and_a_second_network_in_the_same_folder_is_refused()
    {
        await using (var second = new NetworkProcess(containers) { Ports = _network.Ports with { Rpc = 1 + _network.Ports.Rpc } })
        {
            Assert.Equal(1, await second.RunToEndAsync());
            Assert.Contains($"Port {_network.Ports.ResultProxy} of the result proxy is taken by dotnet (process {_network.ProcessId})", second.Error, StringComparison.Ordinal);
            Assert.Contains("--result-proxy-port", second.Error, StringComparison.Ordinal);
            Assert.Empty(second.Children().Alive);
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync("application/json"));
    }

    private async Task<IReadOnlyList<ContainerListing>> ContainersAsync()
    {
        var found = new List<ContainerListing>();
        foreach (var worker in _network.Workers())
        {
            found.AddRange(await containers.Engine.ListAsync(ContainerLabels.Of(65535, worker), CancellationToken.None));
        }

        return found;
    }

    private async Task<HttpStatusCode> AskAsync(string contentType, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _network.Url(_network.Ports.Rpc)) { Content = new StringContent(Question) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(request, header);
    }

    private async Task<HttpStatusCode> GiftAsync((string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_network.Url(_network.Ports.Rpc), $"/getETH?address={TestAddress.Of(3)}"));
        return await SendAsync(request, header);
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, (string Name, string Value)? header)
    {
        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _network.Http.Quick.SendAsync(request);
        return response.StatusCode;
    }

    private static string HubOf(byte[] dump) =>
        System.Text.Json.JsonDocument.Parse(dump.AsMemory(0, Array.IndexOf(dump, (byte)'\n'))).RootElement.GetProperty("hub").GetString()!;

    private string Dump(string name) => Path.Combine(_network.ChainFolder, "chain", name);

    private void Tear(string name)
    {
        using var file = File.OpenWrite(Dump(name));
        file.SetLength(file.Length / 2);
    }
}
