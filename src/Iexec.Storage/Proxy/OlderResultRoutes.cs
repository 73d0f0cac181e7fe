using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Wire.Storage;
using Iexec.ServiceDefaults.Http;
using Iexec.Storage.Content;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Storage.Proxy;

/// <summary>
/// The routes that result proxies had before <c>/v1</c>, for clients of versions 5 to 8. A result by its task goes to its beneficiary alone; by its hash it
/// goes to whoever knows the hash, as on any IPFS gateway.
/// </summary>
internal sealed class OlderResultRoutes(IHub hub, WalletToken tokens, ResultIndex index, IpfsGateway gateway, ResultLogin login, ResultProxy proxy)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StorageWire.OlderChallenge, (HttpContext context, string? chainId, string? address) => login.ChallengeAsync(context, chainId, address));
        routes.MapPost(StorageWire.OlderLogin, (HttpContext context, string? chainId) => login.LoginAsync(context, chainId));
        routes.MapPost("/", (Delegate)proxy.PostAsync);
        routes.MapPost(StorageWire.OlderResults, (Delegate)proxy.PostAsync);
        routes.MapMethods(StorageWire.OlderResult, [HttpMethods.Head], (string taskId, string? chainId) => Head(taskId, chainId));
        routes.MapGet(StorageWire.OlderResult, (HttpContext context, string taskId, string? chainId) => GetAsync(context, taskId, chainId));
        routes.MapGet(StorageWire.OlderContent, (HttpContext context, string cid) => gateway.Get(context, cid));
    }

    private IResult Head(string taskId, string? chainId)
    {
        login.RequireChain(chainId);
        return proxy.Head(taskId);
    }

    private async Task<IResult> GetAsync(HttpContext context, string taskId, string? chainId)
    {
        login.RequireChain(chainId);
        if (!TaskId.TryParse(taskId, out var id) || index.Find(id) is not { } cid)
        {
            throw new HttpErrorException(StatusCodes.Status404NotFound, "There is no result of this task here");
        }

        var visitor = tokens.Read(context.Request.Headers.Authorization)
            ?? throw new HttpErrorException(StatusCodes.Status401Unauthorized, "A result needs a token of this storage", "Log in first.");
        return await BeneficiaryAsync(id, context.RequestAborted) is { } beneficiary && (beneficiary.IsZero || beneficiary == visitor)
            ? gateway.Get(context, cid.ToString())
            : throw new HttpErrorException(StatusCodes.Status403Forbidden, "The result belongs to the deal's beneficiary");
    }

    private async Task<Address?> BeneficiaryAsync(TaskId id, CancellationToken cancellationToken)
    {
        var task = await hub.GetTaskAsync(id, cancellationToken);
        return task.Status == ChainTaskStatus.Unset ? null : (await hub.GetDealAsync(task.DealId, cancellationToken))?.Beneficiary;
    }
}
