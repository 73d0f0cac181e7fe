using System.Text.Json.Nodes;
using System.Globalization;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Categories;
using Iexec.Poco.Contracts;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Categories;

/// <summary>The hub's classes of execution time.</summary>
internal static class CategoryActions
{
    /// <summary>A new category, checked.</summary>
    /// <exception cref="IexecException">BusinessError: the wallet is not the hub's owner.</exception>
    public static async Task<PlannedTransaction> PlanCreateAsync(ChainConnection chain, Address wallet, CategorySection category, CancellationToken cancellationToken)
    {
        var owner = await chain.Settings.ReadingAsync(async () => HubContract.DecodeOwner(
            await chain.Eth.CallAsync(new EthCall(null, chain.Hub.Configuration.Hub, HubContract.EncodeOwner()), null, cancellationToken).ConfigureAwait(false)))
                .ConfigureAwait(false);
        return owner == wallet
            ? new PlannedTransaction($"create category \"{category.Name}\"", chain.Calls.CreateCategory(category.Name, category.Description, category.WorkClockTimeRefSeconds))
            : throw new IexecException(ErrorCode.BusinessError, $"Only the hub's owner {owner} can create categories, not {wallet}");
    }

    /// <summary>The id in the receipt.</summary>
    public static UInt256 CreatedIn(ChainConnection chain, TransactionReceipt receipt)
    {
        foreach (var log in receipt.Logs)
        {
            if (log.Address == chain.Hub.Configuration.Hub && HubContract.CreateCategory.TryDecode(log, out var created))
            {
                return created.Catid;
            }
        }

        throw new IexecException(ErrorCode.Web3ProviderSendError, $"Transaction {receipt.TransactionHash} created no category", "Check \"hub\" in chain.json.");
    }

    /// <summary>One category.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError with the range.</exception>
    public static async Task<Category> GetAsync(ChainConnection chain, UInt256 id, CancellationToken cancellationToken) =>
        await chain.ReadAsync(hub => hub.GetCategoryAsync(id, cancellationToken)).ConfigureAwait(false) ?? throw IexecException.NotFound("category", id.ToString(), chain.ChainId, new Advice("Categories are counted from 0.", Remedy.CountCategories));

    /// <summary>How many there are.</summary>
    public static Task<ulong> CountAsync(ChainConnection chain, CancellationToken cancellationToken) => chain.ReadAsync(hub => hub.CountCategoriesAsync(cancellationToken));

    /// <summary>Final deadline of a task as a multiple of its category's time.</summary>
    public static Task<UInt256> GetTimeoutRatioAsync(ChainConnection chain, CancellationToken cancellationToken) => chain.Settings.ReadingAsync(async () =>
        HubContract.DecodeFinalDeadlineRatio(await chain.Eth.CallAsync(new EthCall(null, chain.Hub.Configuration.Hub, HubContract.EncodeFinalDeadlineRatio()), null, cancellationToken)
            .ConfigureAwait(false)));

    /// <summary>Under the official names.</summary>
    public static JsonObject ToJson(Category category) => new()
    {
        ["name"] = category.Name, ["description"] = category.Description, ["workClockTimeRef"] = category.WorkClockTimeRefSeconds.ToString(CultureInfo.InvariantCulture),
    };
}
