using System.Text;
using Iexec.Testing.Chain;
using Iexec.Testing.Containers;
using Iexec.Worker.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>Ctrl-C in the middle of work, and dumps that are damaged while nobody runs.</summary>
[Collection(RecoveryCollection.Name)]
public sealed class StopTests(ContainerFixture containers) : IAsyncLifetime
{
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

    private async Task<IReadOnlyList<ContainerListing>> ContainersAsync()
    {
        var found = new List<ContainerListing>();
        foreach (var worker in _network.Workers())
        {
            found.AddRange(await containers.Engine.ListAsync(ContainerLabels.Of(65535, worker), CancellationToken.None));
        }

        return found;
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
