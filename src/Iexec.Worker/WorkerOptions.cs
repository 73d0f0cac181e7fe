using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Worker.Containers;

namespace Iexec.Worker;

/// <summary>How a worker is run. The key is the worker's own; the folder keeps what must survive a restart.</summary>
public sealed record WorkerOptions
{
    /// <summary>A name for humans and logs.</summary>
    public required string Name { get; init; }

    /// <summary>Scheduler of the pool.</summary>
    public required Uri Scheduler { get; init; }

    /// <summary>The pool that is expected there; null accepts any.</summary>
    public Address? Workerpool { get; init; }

    /// <summary>The worker's wallet: contributes, reveals, is paid.</summary>
    public required PrivateKey Key { get; init; }

    /// <summary>The contracts.</summary>
    public required IHub Hub { get; init; }

    /// <summary>Sends the wallet's transactions.</summary>
    public required ITransactor Transactor { get; init; }

    /// <summary>Work folder; one subfolder per chain, worker and task.</summary>
    public required string Folder { get; init; }

    /// <summary>Tasks at the same time.</summary>
    public int Slots { get; init; } = Math.Max(Environment.ProcessorCount - 1, 1);

    /// <summary>Memory of one task, bytes.</summary>
    public long MemoryBytes { get; init; } = 2L << 30;

    /// <summary>Output of one task, bytes.</summary>
    public long OutputBytes { get; init; } = 1L << 30;

    /// <summary>One input file or dataset, bytes.</summary>
    public long DownloadBytes { get; init; } = 2L << 30;

    /// <summary>Whom apps run as. An image that must be root needs <see cref="ContainerUser.OfTheImage"/>.</summary>
    public ContainerUser User { get; init; } = ContainerUser.Unprivileged;

    /// <summary>True if apps may reach the internet.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>Registries (host:port) allowed although their addresses are private: the network's own.</summary>
    public IReadOnlyList<string> OwnRegistries { get; init; } = [];

    /// <summary>Origins that may be downloaded from although their addresses are private: the network's own storage.</summary>
    public IReadOnlyList<Uri> OwnOrigins { get; init; } = [];
}
