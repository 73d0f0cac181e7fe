using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Compass;

namespace Iexec.Cli.Commands.Assets;

/// <summary>Tells the compass where a pool's scheduler answers, signed by the pool's owner.</summary>
internal static class WorkerpoolSetApiUrl
{
    public static Command Create(CommandFrame frame)
    {
        var url = new Argument<string>("apiUrl") { Description = "where the scheduler answers" };
        var which = AssetChoice.Argument(AssetKind.Workerpool);
        return frame.Bind(
            new Command("set-api-url", "tell everybody where the pool's scheduler answers") { url, which },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            async context =>
            {
                var address = Uri.TryCreate(context.Get(url), UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
                    ? parsed
                    : throw new IexecException(ErrorCode.ValidationError, $"{context.Get(url)} is not a valid URL", "Give the whole address: https://pool.example.com");
                var chain = context.Chain();
                var pool = AssetChoice.Read(context, AssetKind.Workerpool, context.Get(which), chain.Id);
                var now = (ulong)context.Time.GetUtcNow().ToUnixTimeSeconds();
                await new CompassClient(context.Http.At(chain.RequireCompass())).RegisterWorkerpoolAsync(
                    chain.Id, pool, address, await context.UnlockAsync(), now, context.Cancellation);
                context.Succeed(
                    new JsonObject { ["workerpool"] = pool.ToString(), ["apiUrl"] = address.OriginalString }, $"Workerpool {pool} now answers at {address}");
            });
    }
}
