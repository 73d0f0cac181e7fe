using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;

namespace Tests.Chain.Differential;

/// <summary>Known differences in logs: each turns what the official side wrote into what ours is to write.</summary>
internal static class LogRules
{
    /// <summary>5.5.0 moves a seized stake to the kitty's account and back at once; 5.5.1 and later do not.</summary>
    public const string ClaimTransfers = "claim-transfers";

    private static readonly Bytes32 Transfer = new AbiSignature("Transfer(address,address,uint256)").Topic;

    public static IReadOnlyList<string> Ids { get; } = [ClaimTransfers];

    public static IEnumerable<EventLog> Apply(string function, EventLog[] logs, KnownDifferences known)
    {
        var claims = function is "claim" or "claimArray" or "initializeAndClaimArray" or "claimBoost";
        return claims && logs.Any(IsOfKitty) && known.Allows(ClaimTransfers) ? logs.Where(log => !IsOfKitty(log)) : logs;
    }

    private static bool IsOfKitty(EventLog log) =>
        log.Topics.Length == 3 && log.Topics[0] == Transfer && log.Topics.Skip(1).Any(topic => new Address(topic.AsSpan()[12..]) == People.Kitty);
}
