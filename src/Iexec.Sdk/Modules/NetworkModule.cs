using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Modules;

/// <summary>Which network this is.</summary>
public sealed class NetworkModule
{
    private readonly Session _session;

    internal NetworkModule(Session session) => _session = session;

    /// <summary>The chain's id, as its node says, and the contracts that the hub names.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer; ConfigurationError: no hub there, or a node of another chain
    /// than the settings say.</exception>
    public async Task<HubConfiguration> GetNetworkAsync(CancellationToken cancellationToken = default) =>
        (await _session.ConnectAsync(cancellationToken).ConfigureAwait(false)).Hub.Configuration;
}
