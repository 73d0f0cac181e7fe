using System.Security.Cryptography;

namespace Iexec.Ethereum;

/// <summary>Where keys, salts and nonces come from: the operating system, or a seed when a run must be reproduced.</summary>
public interface IEntropySource
{
    /// <summary>Overwrites the whole span.</summary>
    void Fill(Span<byte> destination);
}

/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemEntropy : IEntropySource
{
    /// <summary>The only instance: it has no state.</summary>
    public static SystemEntropy Instance { get; } = new();

    private SystemEntropy()
    {
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        if (!OperatingSystem.IsLinux() || !KernelRandom.TryFill(destination))
        {
            RandomNumberGenerator.Fill(destination);
        }
    }
}
