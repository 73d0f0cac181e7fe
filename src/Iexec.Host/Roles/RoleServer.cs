using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Roles;

/// <summary>Runs one role behind one endpoint, with what every role has.</summary>
internal static class RoleServer
{
    /// <summary>
    /// Builds the server; it listens once it is started. The builder is the empty one: the others read settings from the current folder
    /// and the environment, where a stranger's file could open a second, unprotected endpoint. Signals belong to the program, whose parts end in
    /// their order.
    /// </summary>
    /// <param name="name">For logs.</param>
    /// <param name="endpoint">Where it answers.</param>
    /// <param name="logging">Where log lines go.</param>
    /// <param name="add">The role's services.</param>
    /// <param name="map">The role's routes.</param>
    public static WebApplication Build(
        string name, ServiceEndpoint endpoint, ILoggerProvider logging, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        KestrelEndpoint.Check(endpoint);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = name });
        builder.Logging.AddProvider(logging).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(endpoint));
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.AddServiceDefaults();
        add(builder.Services);
        var app = builder.Build();
        app.UseServiceDefaults(endpoint);
        map(app);
        app.MapHealth();
        app.MapPrometheus("/metrics/prometheus");
        return app;
    }
}
