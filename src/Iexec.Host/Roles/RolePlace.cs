using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.ServiceDefaults.Http;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Roles;

/// <summary>What every role of one process shares.</summary>
internal sealed record RoleSurroundings(IHub Hub, EthClient Eth, HttpClient Http, IEntropySource Entropy, TimeProvider Time)
{
    public ulong ChainId => Hub.Configuration.ChainId;
}

/// <summary>Where one role is: endpoint, folder of its state, store, log.</summary>
internal sealed record RolePlace(string Name, ServiceEndpoint Endpoint, string Folder, ILoggerProvider Log)
{
    /// <summary>Key of what the store seals; beside the folder, so that who copies the store does not copy its key.</summary>
    public string KeyFile { get; } = Path.Combine(Path.GetDirectoryName(Folder)!, "keys", Name + ".key");

    /// <summary>Connection string; by default an SQLite file in the folder.</summary>
    public string Store { get; init; } = $"Data Source={Path.Combine(Folder, Name + ".db")}";
}
