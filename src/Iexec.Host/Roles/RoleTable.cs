using Iexec.Host.Network;

namespace Iexec.Host.Roles;

/// <summary>Where a role keeps what must survive a restart.</summary>
public enum RoleStore
{
    /// <summary>Files in the role's folder.</summary>
    Folder,

    /// <summary>A database: SQLite in the role's folder, or PostgreSQL.</summary>
    Database,
}

/// <summary>Whose key a role needs.</summary>
public enum RoleKey
{
    /// <summary>None.</summary>
    None,

    /// <summary>The owner of the worker pool.</summary>
    PoolOwner,

    /// <summary>A wallet of the worker's own.</summary>
    Worker,
}

/// <summary>The port of a role: the option of <c>iexec up</c> that changes it, and its place among the network's ports.</summary>
public sealed record RolePort(string Option, int Default, Func<NetworkPorts, int> Read, Func<NetworkPorts, int, NetworkPorts> Set);

/// <summary>One role: its name in commands and folders, its name in sentences, port (null: it only calls others), store and key.</summary>
public sealed record RoleEntry(string Name, string Title, RolePort? Port, RoleStore Store, RoleKey Key = RoleKey.None);

/// <summary>
/// Role × port × store: the one place where a role is defined. <c>iexec up</c> runs all of them, <c>iexec serve</c> and
/// <c>iexec worker start</c> one.
/// </summary>
public static class RoleTable
{
    /// <summary>The development chain.</summary>
    public static RoleEntry Node { get; } = new(
        "chain", "JSON-RPC node", new("--rpc-port", 8545, ports => ports.Rpc, (ports, port) => ports with { Rpc = port }), RoleStore.Folder);

    /// <summary>Secrets.</summary>
    public static RoleEntry Sms { get; } = new(
        "sms", "secret service", new("--sms-port", 5000, ports => ports.Sms, (ports, port) => ports with { Sms = port }), RoleStore.Database);

    /// <summary>Where workers upload results.</summary>
    public static RoleEntry ResultProxy { get; } = new(
        "result-proxy", "result proxy", new("--result-proxy-port", 8089, ports => ports.ResultProxy, (ports, port) => ports with { ResultProxy = port }), RoleStore.Folder);

    /// <summary>Where everybody downloads; the result proxy's files.</summary>
    public static RoleEntry Storage { get; } = new(
        "storage", "IPFS gateway", new("--ipfs-port", 8080, ports => ports.IpfsGateway, (ports, port) => ports with { IpfsGateway = port }), RoleStore.Folder);

    /// <summary>Order book.</summary>
    public static RoleEntry Market { get; } = new(
        "market", "order gateway", new("--market-port", 3000, ports => ports.Market, (ports, port) => ports with { Market = port }), RoleStore.Database);

    /// <summary>Gives the tasks of one worker pool to its workers.</summary>
    public static RoleEntry Scheduler { get; } = new(
        "scheduler", "scheduler", new("--scheduler-port", 13000, ports => ports.Scheduler, (ports, port) => ports with { Scheduler = port }), RoleStore.Database, RoleKey.PoolOwner);

    /// <summary>Tells where a pool's scheduler answers.</summary>
    public static RoleEntry Compass { get; } = new(
        "compass", "compass", new("--compass-port", 8069, ports => ports.Compass, (ports, port) => ports with { Compass = port }), RoleStore.Database);

    /// <summary>Images on loopback.</summary>
    public static RoleEntry Registry { get; } = new(
        "registry", "OCI registry", new("--registry-port", 5005, ports => ports.Registry, (ports, port) => ports with { Registry = port }), RoleStore.Folder);

    /// <summary>Runs apps; serves nobody.</summary>
    public static RoleEntry Worker { get; } = new("worker", "worker", null, RoleStore.Folder, RoleKey.Worker);

    /// <summary>Every role, in the order of the documentation.</summary>
    public static IReadOnlyList<RoleEntry> All { get; } = [Node, Sms, ResultProxy, Storage, Market, Scheduler, Compass, Registry, Worker];

    /// <summary>Roles that somebody can connect to.</summary>
    public static IEnumerable<(RoleEntry Role, RolePort Port)> WithPort => All.Where(role => role.Port is not null).Select(role => (role, role.Port!));
}
