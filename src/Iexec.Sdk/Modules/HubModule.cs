using Iexec.Ethereum;
using Iexec.Poco.Categories;
using Iexec.Sdk.Categories;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Modules;

/// <summary>Categories and terms of the hub.</summary>
public sealed class HubModule
{
    private readonly Session _session;

    internal HubModule(Session session) => _session = session;

    /// <summary>Adds a category (<c>createCategory</c>); only the hub's owner may.</summary>
    /// <param name="name">Name, any text but none.</param>
    /// <param name="description">Any text but none.</param>
    /// <param name="workClockTimeRefSeconds">Longest execution in seconds; deadlines are multiples of it.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: a text is empty; BusinessError: the wallet is not the hub's owner.</exception>
    public async Task<CreatedCategory> CreateCategoryAsync(
        string name, string description, ulong workClockTimeRefSeconds, CancellationToken cancellationToken = default)
    {
        var category = CategorySection.Of(name, description, workClockTimeRefSeconds);
        var receipt = await _session.SendAsync((chain, wallet) => CategoryActions.PlanCreateAsync(chain, wallet, category, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return new CreatedCategory(CategoryActions.CreatedIn(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), receipt), receipt.TransactionHash);
    }

    /// <summary>A category by its number.</summary>
    /// <param name="id">From 0, below <see cref="CountCategoryAsync"/>.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: there are not so many.</exception>
    public async Task<Category> ShowCategoryAsync(UInt256 id, CancellationToken cancellationToken = default) =>
        await CategoryActions.GetAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), id, cancellationToken).ConfigureAwait(false);

    /// <summary>How many categories there are.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public async Task<ulong> CountCategoryAsync(CancellationToken cancellationToken = default) =>
        await CategoryActions.CountAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Final deadline of a task as a multiple of its category's time (<c>final_deadline_ratio</c>).</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public async Task<UInt256> GetTimeoutRatioAsync(CancellationToken cancellationToken = default) =>
        await CategoryActions.GetTimeoutRatioAsync(await _session.ConnectAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
}

/// <summary>A category that was just added.</summary>
/// <param name="Id">Its number.</param>
/// <param name="TransactionHash">The transaction.</param>
public sealed record CreatedCategory(UInt256 Id, Bytes32 TransactionHash);
