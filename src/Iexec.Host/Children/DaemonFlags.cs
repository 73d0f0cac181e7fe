namespace Iexec.Host.Children;

/// <summary>
/// What differs between one machine and another when a daemon is started: inside containers and virtual machines
/// overlayfs or iptables may be missing. Starts with the best and gives up one thing at a time.
/// </summary>
/// <param name="StorageDriver"><c>overlay2</c>, or <c>vfs</c> which works everywhere and is slow.</param>
/// <param name="Iptables">The daemon writes packet filter rules; without, containers have no way to the internet.</param>
internal sealed record DaemonFlags(string StorageDriver, bool Iptables)
{
    public static DaemonFlags Best { get; } = new("overlay2", true);

    /// <summary>What to try after a failure, judged by the daemon's log; null when nothing is left to give up.</summary>
    public DaemonFlags? After(string log)
    {
        var blamesPacketFilter = log.Contains("iptables", StringComparison.OrdinalIgnoreCase) || log.Contains("nftables", StringComparison.OrdinalIgnoreCase);
        var blamesStorage = log.Contains("graphdriver", StringComparison.OrdinalIgnoreCase) || log.Contains("overlay", StringComparison.OrdinalIgnoreCase);
        return (blamesStorage && StorageDriver != "vfs", blamesPacketFilter && Iptables) switch
        {
            (true, _) => this with { StorageDriver = "vfs" },
            (_, true) => this with { Iptables = false },
            _ => null,
        };
    }
}
