using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Host.Roles;
using Iexec.Host.Serve;

namespace Iexec.Cli.Commands.Serve;

/// <summary>What the commands of roles have in common: connect, start, say where, run until asked to end.</summary>
internal static class ServeRun
{
    public static async Task RunAsync(
        CommandContext context, RoleEntry role, ChainOptions chain, ServeOptions options, Func<SingleRole, CommandContext, CancellationToken, Task> start)
    {
        var settings = await chain.ReadAsync(context);
        try
        {
            await using var single = await SingleRole.OpenAsync(settings, options, context.Entropy, context.Time, context.Cancellation);
            await start(single, context, context.Cancellation);
            var fields = new JsonObject { ["role"] = role.Name, ["chainId"] = settings.IdText, ["hub"] = settings.RequireHub().ToString() };
            if (single.Url is { } url)
            {
                fields["url"] = url.AbsoluteUri;
            }

            var state = single.Url is null ? "runs" : $"answers at {single.Url}";
            context.Succeed(fields, $"The {role.Title} {state}. Ctrl-C stops it.");
            await single.RunAsync(context.Cancellation);
            context.Note("stopping");
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Note("stopped before it was ready");
        }
    }
}
