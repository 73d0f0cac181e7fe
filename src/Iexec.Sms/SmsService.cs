using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Http;
using Iexec.Sms.Http;
using Iexec.Sms.Secrets;
using Iexec.Sms.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iexec.Sms;

/// <summary>The two doors of the secret service.</summary>
public static class SmsService
{
    // As the official service writes its errors.
    private static readonly ErrorShape Shape = new("application/json; charset=utf-8", static (writer, reply) =>
    {
        writer.WriteStartObject();
        writer.WriteNull("data");
        writer.WriteString("error", reply.Hint is null ? reply.Message : $"{reply.Message}. {reply.Hint}");
        writer.WriteEndObject();
    });

    /// <summary>Registers the service; its store is opened with its key before the server listens.</summary>
    public static IServiceCollection AddSms(this IServiceCollection services, SmsOptions options)
    {
        services.AddServiceDefaults();
        services.AddSingleton(options);
        services.AddSingleton<SmsStart>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SmsStart>());
        services.AddSingleton<SecretGate>();
        services.AddSingleton<OlderSecretGate>();
        return services;
    }

    /// <summary>Maps the secrets' routes at the root.</summary>
    public static IEndpointRouteBuilder MapSms(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var routes = endpoints.MapGroup("")
            .WithErrorShape(Shape)
            .WithRateLimit(services.GetRequiredService<SmsOptions>().RateLimit, services.GetRequiredService<TimeProvider>());
        routes.RequireCors(ServiceDefaultsExtensions.AnyOrigin);
        SecretRoutes.Map(routes, services.GetRequiredService<SecretGate>());
        OlderSecretRoutes.Map(routes, services.GetRequiredService<OlderSecretGate>());

        routes.MapGet("/version", static () => Results.Text(ProductVersion.Text));

        routes.Map("/tee/{**route}", static Task (HttpContext _) => throw NoEnclave());
        return endpoints;
    }

    /// <summary>A secret leaves the service only into an attested enclave.</summary>
    internal static HttpErrorException NoEnclave() =>
        new(StatusCodes.Status404NotFound, "Trusted execution is not available on this network", code: ErrorCode.ObjectNotFoundError);
}
