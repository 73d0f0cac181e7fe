using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Host.Children;
using Iexec.Sdk.Project;

namespace Iexec.Host.Network;

/// <summary>What a running network tells other processes: its process, where everything answers, since when (Unix seconds), and which image registry its workers trust.</summary>
public sealed record NetworkStatus(
    int ProcessId, long ProcessStarted, ulong ChainId, Address Hub, Address Token, Address Workerpool, NetworkPorts Ports, int Workers, long ReadySince, string RegistryAddress)
{
    private const string FileName = "network.json";

    /// <summary>Makes the network known. Called when everything answers.</summary>
    public static void Write(string chainFolder, NetworkStatus status) =>
        AtomicFile.Write(Path.Combine(chainFolder, FileName), JsonSerializer.SerializeToUtf8Bytes(status, NetworkJson.Default.NetworkStatus));

    /// <summary>Takes it back.</summary>
    public static void Remove(string chainFolder) => File.Delete(Path.Combine(chainFolder, FileName));

    /// <summary>The network of the folder if its process lives; a file left by a killed process does not count.</summary>
    public static NetworkStatus? FindRunning(string chainFolder)
    {
        try
        {
            var status = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(chainFolder, FileName)), NetworkJson.Default.NetworkStatus);
            using var process = status is null ? null : new ProcessIdentity(status.ProcessId, status.ProcessStarted, "").FindAlive();
            return process is null ? null : status;
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(NetworkStatus))]
internal sealed partial class NetworkJson : JsonSerializerContext;
