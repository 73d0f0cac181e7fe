using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Contracts;
using Iexec.Sdk.Chains;

namespace Iexec.Sdk.Groups;

/// <summary>The members of a group from its events, compared with the group itself: a contract may emit what is not so.</summary>
internal static class GroupMembers
{
    private const int MostAsked = 1000;

    /// <summary>Null when the node does not give logs from the beginning, or there are too many to ask for.</summary>
    public static async Task<IReadOnlyList<Address>?> ReadAsync(ChainConnection chain, Address group, CancellationToken cancellationToken)
    {
        EventLog[] logs;
        try
        {
            var head = await chain.Eth.GetBlockNumberAsync(cancellationToken).ConfigureAwait(false);
            logs = await chain.Eth.GetLogsAsync(new LogFilter(0, head, [group], [[GroupContract.KeyAdded.Topic]]), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonRpcException)
        {
            // Many public nodes bound the range.
            return null;
        }

        var candidates = logs.Select(Account).OfType<Address>().Distinct().OrderBy(address => address.ToHex(), StringComparer.Ordinal).ToList();
        if (candidates.Count > MostAsked)
        {
            return null;
        }

        var isMember = await GroupActions.AreMembersAsync(chain, group, candidates, cancellationToken).ConfigureAwait(false);
        return [.. candidates.Where((_, i) => isMember[i])];
    }

    private static Address? Account(EventLog log) =>
        GroupContract.KeyAdded.TryDecode(log, out var added) && added.Key.AsSpan()[..12].IndexOfAnyExcept((byte)0) < 0 ? new Address(added.Key.AsSpan()[12..]) : null;
}
