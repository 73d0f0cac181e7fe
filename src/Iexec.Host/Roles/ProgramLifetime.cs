using Microsoft.Extensions.Hosting;

namespace Iexec.Host.Roles;

/// <summary>The program hears the signals and ends its roles in their order; a host alone would take the signals for itself.</summary>
internal sealed class ProgramLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
