using Iexec.Worker.Containers.Images;

namespace Iexec.Worker.Containers;

/// <summary>One run of an application, with everything it may use and nothing else.</summary>
public sealed record ContainerSpec
{
    /// <summary>Deterministic name, see <see cref="ContainerLabels.NameOf"/>; a container of ours that has it already is removed first.</summary>
    public required string Name { get; init; }

    /// <summary>The image, by digest.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>Arguments after the image's entrypoint, already split (<see cref="CommandLine.Split"/>); empty leaves the image's own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder of the host seen as <c>/iexec_in</c>, read-only; null mounts none.</summary>
    public string? InputFolder { get; init; }

    /// <summary>Folder of the host seen as <c>/iexec_out</c>, read-write and under the disk limit. Exists and is empty before the run.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What the run may use.</summary>
    public required ContainerLimits Limits { get; init; }

    /// <summary>Whom the program runs as.</summary>
    public ContainerUser User { get; init; } = ContainerUser.Unprivileged;

    /// <summary>The pool allows the application to reach the internet.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>Labels by which the container is found again, see <see cref="ContainerLabels"/>.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

/// <summary>Upper bounds of one run.</summary>
public sealed record ContainerLimits
{
    /// <summary>Memory in bytes; swap is not given on top of it. Temporary files count, as they live in memory.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Processor time in billionths of a CPU: 1,500,000,000 is one and a half.</summary>
    public required long NanoCpus { get; init; }

    /// <summary>Processes and threads.</summary>
    public int Processes { get; init; } = 512;

    /// <summary>Bytes that may lie in the output folder.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Files and folders that may lie in the output folder.</summary>
    public int OutputEntries { get; init; } = 10_000;

    /// <summary>Wall-clock time from start to end.</summary>
    public required TimeSpan Time { get; init; }
}

/// <summary>Whom a container's program runs as.</summary>
public enum ContainerUser
{
    /// <summary>A user without name or rights, whatever the image says.</summary>
    Unprivileged,

    /// <summary>The image's own user, even if it is root. All capabilities are dropped all the same.</summary>
    OfTheImage,
}
