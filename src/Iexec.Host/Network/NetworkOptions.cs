using System.Globalization;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Host.Roles;
using Iexec.Host.Serve;

namespace Iexec.Host.Network;

/// <summary>TCP ports of the local network on 127.0.0.1. The first four are those of the documented <c>dev</c> chain.</summary>
public sealed record NetworkPorts
{
    /// <summary>JSON-RPC node.</summary>
    public int Rpc { get; init; } = RoleTable.Node.Port!.Default;

    /// <summary>Secret service.</summary>
    public int Sms { get; init; } = RoleTable.Sms.Port!.Default;

    /// <summary>Result proxy.</summary>
    public int ResultProxy { get; init; } = RoleTable.ResultProxy.Port!.Default;

    /// <summary>IPFS gateway and upload.</summary>
    public int IpfsGateway { get; init; } = RoleTable.Storage.Port!.Default;

    /// <summary>Order gateway.</summary>
    public int Market { get; init; } = RoleTable.Market.Port!.Default;

    /// <summary>Scheduler of the pool.</summary>
    public int Scheduler { get; init; } = RoleTable.Scheduler.Port!.Default;

    /// <summary>Compass.</summary>
    public int Compass { get; init; } = RoleTable.Compass.Port!.Default;

    /// <summary>OCI registry.</summary>
    public int Registry { get; init; } = RoleTable.Registry.Port!.Default;

    /// <summary>Every port with the option that changes it.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, string Option, int Port)> All =>
        [.. RoleTable.WithPort.Select(entry => (entry.Role.Title, entry.Port.Option, entry.Port.Read(this)))];
}

/// <summary>How the local network is started.</summary>
public sealed record NetworkOptions
{
    /// <summary>The id of a chain that is given none.</summary>
    public const ulong UsualChainId = 65535;

    /// <summary>EIP-155 id of the chain. Everything that is kept is kept apart by it.</summary>
    public ulong ChainId { get; init; } = UsualChainId;

    /// <summary>Where everything is kept.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The clone or installation: node tools and samples lie below it.</summary>
    public required string ProductFolder { get; init; }

    /// <summary>Ports.</summary>
    public NetworkPorts Ports { get; init; } = new();

    /// <summary>Workers of the pool.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Seconds between blocks; 0 mines every transaction at once.</summary>
    public int BlockTimeSeconds { get; init; } = 1;

    /// <summary>True if containers of tasks may reach the network.</summary>
    public bool AllowContainerNetwork { get; init; }

    /// <summary>An OCI registry to use instead of an own one, e.g. <c>127.0.0.1:5000</c>.</summary>
    public string? RegistryAddress { get; init; }

    /// <summary>Accounts that have ether and 1000 RLC more when the network is up.</summary>
    public IReadOnlyList<Address> Funded { get; init; } = [];

    /// <summary>What has to follow another command for it to find this network, e.g. <c> --chain-id 5</c>; nothing where it is the usual one.</summary>
    public string NamingArguments => string.Concat(
        ChainId == UsualChainId ? "" : string.Create(CultureInfo.InvariantCulture, $" --chain-id {ChainId}"),
        StateFolder == DefaultStateFolder() ? "" : $" --state {(StateFolder.Contains(' ', StringComparison.Ordinal) ? $"\"{StateFolder}\"" : StateFolder)}");

    /// <summary>For whoever is in the way of it.</summary>
    public string Whereabouts => $"See it with: iexec status{NamingArguments}. Stop it with: iexec down{NamingArguments}";

    /// <summary>The folder of this chain.</summary>
    public string ChainFolder => Path.Combine(StateFolder, ChainId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The folder of a role of this chain.</summary>
    public string RoleFolder(string role) => Path.Combine(ChainFolder, role);

    /// <summary>Folders of the roles that are served alone on this chain.</summary>
    internal string ServeFolder => Path.Combine(ChainFolder, ServeOptions.FolderName);

    /// <summary><c>IEXEC_HOME</c>, or <c>~/.iexec</c>.</summary>
    public static string DefaultStateFolder() => Environment.GetEnvironmentVariable("IEXEC_HOME") is { Length: > 0 } home
        ? Path.GetFullPath(home)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".iexec");
}
