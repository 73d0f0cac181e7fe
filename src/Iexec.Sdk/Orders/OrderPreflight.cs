using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Secrets;

namespace Iexec.Sdk.Orders;

/// <summary>What is known beforehand to fail later: an order that nobody could fill, or whose task nobody could complete.</summary>
/// <param name="chain">The network.</param>
/// <param name="trust">What pools can reach.</param>
/// <param name="secrets">Null where no secret is looked for.</param>
internal sealed class OrderPreflight(ChainConnection chain, TrustCheck trust, SecretPreflight? secrets = null)
{
    /// <summary>Checks an order that is about to be signed.</summary>
    /// <exception cref="IexecException">With the reason; <c>--skip-preflight-check</c> in the hint.</exception>
    public async Task CheckAsync(Order order, CancellationToken cancellationToken)
    {
        if (order.Volume.IsZero)
        {
            throw new IexecException(ErrorCode.ValidationError, "volume must be greater than 0");
        }

        switch (order)
        {
            case WorkerpoolOrder pool:
                await RequireCategoryAsync(pool.Category, cancellationToken).ConfigureAwait(false);
                await trust.RequireAsync(pool.Workerpool, pool.Trust, cancellationToken).ConfigureAwait(false);
                break;
            case DatasetOrder dataset when secrets is not null:
                await secrets.CheckDatasetAsync(dataset.Dataset, dataset.Tag).ConfigureAwait(false);
                break;
            case RequestOrder request:
                await CheckParamsAsync(request).ConfigureAwait(false);
                await RequireAssetAsync(AssetKind.App, request.App, cancellationToken).ConfigureAwait(false);
                await RequireCategoryAsync(request.Category, cancellationToken).ConfigureAwait(false);
                if (!request.Dataset.IsZero)
                {
                    await RequireAssetAsync(AssetKind.Dataset, request.Dataset, cancellationToken).ConfigureAwait(false);
                }

                if (!request.Workerpool.IsZero)
                {
                    await trust.RequireAsync(request.Workerpool, request.Trust, cancellationToken).ConfigureAwait(false);
                }

                break;
        }
    }

    // Outside an enclave no secret is looked for; what the worker reads of the params must be right all the same.
    private Task CheckParamsAsync(RequestOrder request)
    {
        if (secrets is not null && request.Tag.Has(Tag.TeeBit))
        {
            return secrets.CheckRequestAsync(request);
        }

        ExecutionParams.Check(request.Params, request.Tag);
        return Task.CompletedTask;
    }

    private async Task RequireAssetAsync(AssetKind kind, Ethereum.Address address, CancellationToken cancellationToken)
    {
        if (!await chain.ReadAsync(hub => hub.IsRegisteredAsync(kind, address, cancellationToken)).ConfigureAwait(false))
        {
            throw AssetActions.NotDeployed(chain, kind, address);
        }
    }

    private async Task RequireCategoryAsync(Ethereum.UInt256 category, CancellationToken cancellationToken)
    {
        var count = await chain.ReadAsync(hub => hub.CountCategoriesAsync(cancellationToken)).ConfigureAwait(false);
        if (category >= count)
        {
            throw IexecException.NotFound("category", category.ToString(), chain.ChainId, count == 0 ? "The hub has none." : $"Categories are 0 to {count - 1}.");
        }
    }
}
