using Iexec.Poco.Chain;
using Iexec.Sdk.Wire.Storage;
using Iexec.ServiceDefaults.Http;
using Iexec.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Network.Storage;

/// <summary>Gateway and result proxy on one free port of loopback.</summary>
internal sealed class StorageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StorageServer(WebApplication app)
    {
        _app = app;
        Origin = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient { BaseAddress = Origin };
        Files = new StorageClient(Http, Origin);
        Results = new ResultProxyClient(Http, Origin);
    }

    public Uri Origin { get; }

    public HttpClient Http { get; }

    public StorageClient Files { get; }

    public ResultProxyClient Results { get; }

    public static async Task<StorageServer> StartAsync(string folder, IHub hub, Func<StorageOptions, StorageOptions>? configure = null)
    {
        var options = new StorageOptions(folder, hub) { AllowUploads = true };
        var endpoint = new ServiceEndpoint { Port = 0 };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseServiceEndpoint(endpoint);
        builder.Services.AddServiceDefaults();
        builder.Services.AddStorage(configure?.Invoke(options) ?? options);
        var app = builder.Build();
        app.UseServiceDefaults(endpoint);
        app.MapIpfsGateway();
        app.MapResultProxy();
        await app.StartAsync();
        return new StorageServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
