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

    private string Current => Path.Combine(folder, "chain.dump");

    private string Previous => Path.Combine(folder, "chain.dump.1");

    /// <summary>True if there is anything to load.</summary>
    public bool Exists => File.Exists(Current) || File.Exists(Previous);

    /// <summary>Replaces the current generation; returns when the bytes are on the disk.</summary>
    public void Save(byte[] state, ulong block)
    {
        Directory.CreateDirectory(folder);
        var header = new DumpHeader(DumpHeader.CurrentFormat, chainId, hub, block, state.Length, Convert.ToHexStringLower(SHA256.HashData(state)));
        if (File.Exists(Current))
        {
            File.Move(Current, Previous, overwrite: true);
        }

        AtomicFile.Write(Current, [.. JsonSerializer.SerializeToUtf8Bytes(header, DumpJson.Default.DumpHeader), (byte)'\n', .. state]);
    }

    /// <summary>The newest whole dump, or null when there is none.</summary>
    /// <exception cref="IexecException">Dumps exist but none is whole, or they belong to other contracts or another chain.</exception>
    public byte[]? Load()
    {
        if (!Exists)
        {
            return null;
        }

        foreach (var path in new[] { Current, Previous })
        {
            if (TryRead(path, out var header, out var state))
            {
                return Check(header, state);
            }
        }

        throw new IexecException(ErrorCode.ConfigurationError, "The saved chain is damaged: no generation of it is whole.", "Start anew with: iexec up --reset");
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

    private static bool TryRead(string path, out DumpHeader header, out byte[] state)
    {
        header = null!;
        state = [];
        if (!File.Exists(path))
        {
            return false;
        }

        var bytes = File.ReadAllBytes(path);
        var end = bytes.AsSpan(0, Math.Min(bytes.Length, MaxHeaderBytes)).IndexOf((byte)'\n');
        if (end < 0 || !TryParse(bytes.AsSpan(0, end), out header))
        {
            return false;
        }

        state = bytes[(end + 1)..];
        return state.Length == header.Length && Convert.ToHexStringLower(SHA256.HashData(state)) == header.Sha256;
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
