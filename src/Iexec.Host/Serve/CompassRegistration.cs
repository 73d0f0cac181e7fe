using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Wire.Compass;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Serve;

/// <summary>Keeps the compass right about where a pool's scheduler answers, by statements that the pool's owner signs.</summary>
internal sealed class CompassRegistration(
    CompassClient compass, ulong chainId, Address workerpool, Uri url, PrivateKey owner, TimeProvider time, ILogger log)
{
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        if (await compass.FindWorkerpoolAsync(chainId, workerpool, cancellationToken) == url)
        {
            return;
        }

        await compass.RegisterWorkerpoolAsync(chainId, workerpool, url, owner, (ulong)time.GetUtcNow().ToUnixTimeSeconds(), cancellationToken);
        log.LogInformation("The compass tells that workerpool {Workerpool} is at {Url}", workerpool, url);
    }
}
