using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;

namespace Iexec.Poco.Deployment;

/// <summary>What was deployed, with the gas of each transaction.</summary>
public sealed record HubDeployment(HubConfiguration Configuration, IReadOnlyList<DeploymentStep> Steps);

/// <summary>One transaction of a deployment.</summary>
public sealed record DeploymentStep(string Name, Address Address, Bytes32 TransactionHash, ulong GasUsed);

/// <summary>
/// Deploys RLC, registries, hub and the five categories through the deterministic deployment proxy, so that the addresses depend on the bytecode
/// and on <see cref="HubDeployOptions"/> alone. Idempotent: what already stands is left.
/// </summary>
public static class HubDeployer
{
    /// <summary>Deploys everything that is missing. Transactions are sent together and mined by the chain or by <paramref name="mine"/>.</summary>
    public static Task<HubDeployment> DeployAsync(EthClient eth, PrivateKey deployer, HubDeployOptions options, Func<CancellationToken, Task>? mine, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The hub's address under these options, without a chain.</summary>
    public static Address PredictHub(HubDeployOptions options) => throw new NotImplementedException();
}

/// <summary>Owner of hub and registries, who also receives the RLC supply. A null <paramref name="Token"/> deploys a new RLC.</summary>
public sealed record HubDeployOptions(Address Owner, Address? Token = null);
