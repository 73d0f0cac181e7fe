using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Host.Chain;

/// <summary>
/// The saved state of the development chain. A dump is one header line (JSON) and the node's own bytes. It is written beside the
/// old one, flushed to the disk and renamed, and the generation before is kept: a crash at any point leaves a whole dump.
/// </summary>
internal sealed class ChainDump(string folder, ulong chainId, Address hub)
{
    private const int MaxHeaderBytes = 4096;

    private bool? _currentIsWhole;

    private string Current => Path.Combine(folder, "chain.dump");

    private string Previous => Path.Combine(folder, "chain.dump.1");

    /// <summary>True if there is anything to load.</summary>
    public bool Exists => File.Exists(Next) || File.Exists(Current) || File.Exists(Previous);

    private string Next => Path.Combine(folder, "chain.dump.next");

    /// <summary>The block of the newest whole dump; null when there is none.</summary>
    public ulong? SavedBlock => Newest is { } dump ? dump.Header.Block : null;

    /// <summary>Replaces the current generation; returns when the bytes are on the disk.</summary>
    public void Save(byte[] state, ulong block)
    {
        Directory.CreateDirectory(folder);
        var header = new DumpHeader(DumpHeader.CurrentFormat, chainId, hub, block, state.Length, Convert.ToHexStringLower(SHA256.HashData(state)));
        AtomicFile.Write(Next, [.. JsonSerializer.SerializeToUtf8Bytes(header, DumpJson.Default.DumpHeader), (byte)'\n', .. state]);

        // A torn dump must not push out the whole one behind it.
        _currentIsWhole ??= TryRead(Current) is not null;
        if (_currentIsWhole.Value)
        {
            File.Move(Current, Previous, overwrite: true);
        }

        File.Move(Next, Current, overwrite: true);
        _currentIsWhole = true;
    }

    /// <summary>Removes what a process that was killed while it wrote left beside the dumps.</summary>
    public void RemoveUnfinished()
    {
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, ".chain.dump*.tmp") : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>The newest whole dump, or null when there is none.</summary>
    /// <exception cref="IexecException">Dumps exist but none is whole, or they belong to other contracts or another chain.</exception>
    public byte[]? Load()
    {
        if (!Exists)
        {
            return null;
        }

        return Newest is { } dump ? Check(dump.Header, dump.State) : throw new IexecException(ErrorCode.ConfigurationError, "The saved chain is damaged: no generation of it is whole.", "Start anew with: iexec up --reset");
    }

    private byte[] Check(DumpHeader header, byte[] state)
    {
        if (header.ChainId != chainId)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"The saved chain has id {header.ChainId}, not {chainId}.", $"Use --chain-id {header.ChainId}, or start anew with: iexec up --reset");
        }

        return header.Hub == hub
            ? state
            : throw new IexecException(
                ErrorCode.ConfigurationError,
                $"The saved chain was made with other contracts (hub {header.Hub}; this version has {hub}).",
                "Start anew with: iexec up --reset");
    }

    // A crash between the two renames of a save leaves the newest dump under its first name.
    private (DumpHeader Header, byte[] State)? Newest => TryRead(Next) ?? TryRead(Current) ?? TryRead(Previous);

    private static (DumpHeader Header, byte[] State)? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        var end = bytes.AsSpan(0, Math.Min(bytes.Length, MaxHeaderBytes)).IndexOf((byte)'\n');
        if (end < 0 || !TryParse(bytes.AsSpan(0, end), out var header))
        {
            return null;
        }

        var state = bytes[(end + 1)..];
        return state.Length == header.Length && Convert.ToHexStringLower(SHA256.HashData(state)) == header.Sha256 ? (header, state) : null;
    }

    private static bool TryParse(ReadOnlySpan<byte> line, out DumpHeader header)
    {
        try
        {
            header = JsonSerializer.Deserialize(line, DumpJson.Default.DumpHeader)!;
            return header is { Format: DumpHeader.CurrentFormat };
        }
        catch (JsonException)
        {
            header = null!;
            return false;
        }
    }
}

/// <summary>First line of a dump. The hub's address depends on the contracts' bytecode, so it stamps their version.</summary>
internal sealed record DumpHeader(int Format, ulong ChainId, Address Hub, ulong Block, int Length, string Sha256)
{
    public const int CurrentFormat = 1;
}

[JsonSerializable(typeof(DumpHeader))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class DumpJson : JsonSerializerContext;
