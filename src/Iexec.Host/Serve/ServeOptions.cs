using System.Globalization;
using Iexec.Ethereum;

namespace Iexec.Host.Serve;

/// <summary>What every role that runs alone has.</summary>
public sealed record ServeOptions
{
    /// <summary>Where it answers. Not used by a worker, which only calls others.</summary>
    public ListenOptions Listen { get; init; } = new() { Port = 0 };

    /// <summary>Everything that is kept; below it one folder per chain, below that one per role.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Connection string of the role's store; null for a file in its folder.</summary>
    public string? Store { get; init; }

    /// <summary>Block from which the hub's history is read.</summary>
    public ulong StartBlock { get; init; }

    /// <summary>Blocks to stay behind the head.</summary>
    public ulong Confirmations { get; init; }

    /// <summary>Log lines.</summary>
    public required TextWriter Log { get; init; }

    /// <summary>Name of the folder beside those of the local network.</summary>
    internal const string FolderName = "serve";

    /// <summary>The folder of one role; apart from those of the local network, so that both can run side by side.</summary>
    internal string RoleFolder(ulong chainId, string name) =>
        Path.Combine(StateFolder, chainId.ToString(CultureInfo.InvariantCulture), FolderName, name);
}

/// <summary>A keystore file and the file whose first line opens it.</summary>
public sealed record KeyFiles(string Keystore, string PasswordFile);

/// <summary>The scheduler of one pool, run by the pool's owner.</summary>
public sealed record SchedulerServeOptions(Address Workerpool, KeyFiles Owner)
{
    /// <summary>Where workers upload results; null takes <c>resultProxy</c> of the chain, or the local network's.</summary>
    public Uri? ResultProxy { get; init; }

    /// <summary>Where results are looked up; null takes <c>ipfsGateway</c> of the chain.</summary>
    public Uri? IpfsGateway { get; init; }

    /// <summary>Where clients and workers reach this scheduler; needed to register it when it does not listen on loopback.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Where it is registered; null takes <c>compass</c> of the chain, and without any it is not registered.</summary>
    public Uri? Compass { get; init; }

    /// <summary>A head older than this stops giving out tasks; null for a chain that makes blocks only on demand.</summary>
    public TimeSpan? MaximumHeadAge { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>One worker of a pool.</summary>
public sealed record WorkerServeOptions(Uri Pool, KeyFiles Wallet)
{
    /// <summary>The pool that is expected at the scheduler; null accepts the one it names.</summary>
    public Address? Workerpool { get; init; }

    /// <summary>A name for humans; null makes one of the wallet.</summary>
    public string? Name { get; init; }

    /// <summary>Tasks at the same time.</summary>
    public int? Slots { get; init; }

    /// <summary>Memory of one task.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Apps may reach the internet.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>Apps whose image must be root may be; they stay confined.</summary>
    public bool AllowRoot { get; init; }

    /// <summary>Registries (host:port) allowed although their addresses are private.</summary>
    public IReadOnlyList<string> Registries { get; init; } = [];

    /// <summary>Origins that files may come from although their addresses are private.</summary>
    public IReadOnlyList<Uri> StorageOrigins { get; init; } = [];
}
