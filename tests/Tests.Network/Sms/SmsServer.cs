using Iexec.Host.Roles;
using Iexec.ServiceDefaults.Http;
using Iexec.Sms;
using Iexec.Sms.Store;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Tests.Network.Sms;

/// <summary>The secret service on a free port of loopback, over a chain in memory. Log lines are kept, to be searched for what must not be there.</summary>
internal sealed class SmsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StringWriter _log;

    private SmsServer(WebApplication app, StringWriter log)
    {
        _app = app;
        _log = log;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public string Log => _log.ToString();

    public SecretStore Secrets => _app.Services.GetRequiredService<SmsStart>().Secrets;

    public static async Task<SmsServer> StartAsync(FakeHub hub, TemporaryFolder folder, Func<SmsOptions, SmsOptions>? configure = null)
    {
        var options = new SmsOptions { Hub = hub, ConnectionString = $"Data Source={folder.File("store/sms.db")}", KeyFile = folder.File("keys/sms.key") };
        var log = new StringWriter();
        var app = RoleServer.Build(
            "sms", new ServiceEndpoint { Port = 0 }, LineLog.To(log, TimeProvider.System), services => services.AddSms(configure?.Invoke(options) ?? options), routes => routes.MapSms());
        try
        {
            await app.StartAsync();
            return new SmsServer(app, log);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
