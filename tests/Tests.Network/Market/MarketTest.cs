using Iexec.Market;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

/// <summary>A gateway with its participants for one test.</summary>
public abstract class MarketTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private protected FakeHub Hub { get; } = new();

    private protected Participants People { get; private set; } = null!;

    private protected MarketServer Server { get; set; } = null!;

    private protected string ConnectionString => $"Data Source={_folder.File("market.db")}";

    private protected virtual ServiceEndpoint? Endpoint => null;

    public async Task InitializeAsync()
    {
        People = new Participants(Hub);
        Server = await MarketServer.StartAsync(ConnectionString, Hub, null, Configure, Endpoint);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        People.Dispose();
        _folder.Dispose();
    }

    private protected virtual MarketOptions Configure(MarketOptions options) => options;
}
