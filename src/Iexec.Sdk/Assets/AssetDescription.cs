using System.Text;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Assets;

/// <summary>What an owner registers. The address of the asset follows from it, so an owner registers the same description once.</summary>
public abstract record AssetDescription
{
    private protected AssetDescription()
    {
    }

    /// <summary>Who will own it; zero stands for the wallet that registers it.</summary>
    public Address Owner { get; init; }

    /// <summary>Which registry takes it.</summary>
    public abstract AssetKind Kind { get; }

    /// <summary>What a person calls it.</summary>
    internal abstract string Title { get; }

    /// <summary>What must not be empty, under the official names.</summary>
    private protected abstract IEnumerable<(string Name, string? Value)> Required { get; }

    /// <summary>Refuses what the registry would take but nobody could use.</summary>
    /// <exception cref="IexecException">ValidationError in the official words.</exception>
    internal virtual void Check()
    {
        foreach (var (name, value) in Required)
        {
            if (string.IsNullOrEmpty(value))
            {
                throw new IexecException(ErrorCode.ValidationError, $"{name} is a required field");
            }
        }
    }
}

/// <summary>An application to register (<c>createApp</c>).</summary>
public sealed record AppDescription : AssetDescription
{
    internal const string Docker = "DOCKER";

    /// <inheritdoc/>
    public override AssetKind Kind => AssetKind.App;

    /// <summary>Name, any text but none.</summary>
    public required string Name { get; init; }

    /// <summary>Packaging; <c>DOCKER</c> is the only one there is.</summary>
    public string Type { get; init; } = Docker;

    /// <summary>Where the image is: a reference such as <c>registry.example.com/hello:1.0</c>, or a multiaddr.</summary>
    public required string Multiaddr { get; init; }

    /// <summary>SHA-256 of the image's manifest, as the registry tells it: workers refuse another image.</summary>
    public required Bytes32 Checksum { get; init; }

    /// <summary>Measurement of the enclave, a text or JSON; empty for an app outside enclaves.</summary>
    public string MrEnclave { get; init; } = "";

    internal override string Title => Name;

    internal byte[] MrEnclaveBytes => Encoding.UTF8.GetBytes(MrEnclave ?? "");

    private protected override IEnumerable<(string Name, string? Value)> Required => [("name", Name), ("multiaddr", Multiaddr)];

    internal override void Check()
    {
        base.Check();
        if (Type != Docker)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{Type} is not a valid type", $"Write {Docker}: workers run nothing else.");
        }
    }
}

/// <summary>A dataset to register (<c>createDataset</c>).</summary>
public sealed record DatasetDescription : AssetDescription
{
    /// <inheritdoc/>
    public override AssetKind Kind => AssetKind.Dataset;

    /// <summary>Name, any text but none.</summary>
    public required string Name { get; init; }

    /// <summary>Where the (encrypted) file is: an http(s) URL, <c>/ipfs/{cid}</c> or another multiaddr.</summary>
    public required string Multiaddr { get; init; }

    /// <summary>SHA-256 of the file as it lies there, that is, encrypted; zero if nobody is to check it.</summary>
    public Bytes32 Checksum { get; init; }

    internal override string Title => Name;

    private protected override IEnumerable<(string Name, string? Value)> Required => [("name", Name), ("multiaddr", Multiaddr)];
}

/// <summary>A worker pool to register (<c>createWorkerpool</c>).</summary>
public sealed record WorkerpoolDescription : AssetDescription
{
    /// <inheritdoc/>
    public override AssetKind Kind => AssetKind.Workerpool;

    /// <summary>What the pool is, any text but none.</summary>
    public required string Description { get; init; }

    internal override string Title => Description;

    private protected override IEnumerable<(string Name, string? Value)> Required => [("description", Description)];
}
