using System.Collections.Concurrent;
using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Market.Book;
using Iexec.Poco.Chain;

namespace Iexec.Market.Chain;

/// <summary>
/// Restrictions to group contracts that admit an address, so that a listing for the address also has what it may take as a member. What is asked of the
/// chain is bounded and remembered for a while, since strangers choose both the restrictions and the address.
/// </summary>
internal sealed class GroupAccess(IHub hub, TimeProvider time)
{
    private const int MostQuestions = 64;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    // Who was refused and is made a member looks again at once.
    private static readonly TimeSpan RefusalRemembered = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(Address Group, Address Account), (bool IsMember, long AskedAt)> _answers = new();

    /// <summary>The filter with the groups of each address that it names loosely. A node that is away makes the listing shorter, not fail.</summary>
    public async Task<OrderFilter> AdmitAsync(OrderFilter filter, BookStore book, CancellationToken cancellationToken)
    {
        foreach (var (column, account) in filter.LooseRestrictions)
        {
            var groups = await book.RestrictionsAsync(filter, column, account, MostQuestions, cancellationToken);
            var admitting = await AdmittingAsync(groups, account, cancellationToken);
            filter = groups.Count == 0 ? filter : filter.With(column, term => term with { Groups = admitting });
        }

        return filter;
    }

    private async Task<IReadOnlyList<Address>> AdmittingAsync(IReadOnlyList<Address> groups, Address account, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(groups.Select(group => IsMemberAsync(group, account, cancellationToken)));
        return [.. groups.Where((_, index) => answers[index])];
    }

    private async Task<bool> IsMemberAsync(Address group, Address account, CancellationToken cancellationToken)
    {
        if (_answers.TryGetValue((group, account), out var known) && time.GetElapsedTime(known.AskedAt) < (known.IsMember ? Remembered : RefusalRemembered))
        {
            return known.IsMember;
        }

        bool isMember;
        try
        {
            isMember = await hub.IsAllowedAsync(group, account, cancellationToken);
        }
        catch (Exception unanswered) when (unanswered is NodeUnreachableException or JsonRpcException)
        {
            // One group that cannot be asked must not hide the offers for the others.
            return false;
        }

        if (_answers.Count >= MostRemembered)
        {
            _answers.Clear();
        }

        _answers[(group, account)] = (isMember, time.GetTimestamp());
        return isMember;
    }
}
