using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;

namespace Iexec.Poco.Deployment;

/// <summary>What was deployed, with the gas of each transaction.</summary>
public sealed record HubDeployment(HubConfiguration Configuration, IReadOnlyList<DeploymentStep> Steps);

/// <summary>One transaction of a deployment.</summary>
public sealed record DeploymentStep(string Name, Address Address, Bytes32 TransactionHash, ulong GasUsed);

/// <summary>
/// Owner of hub and registries, who also receives the RLC supply. A null <paramref name="Token"/> deploys a new RLC;
/// <see cref="Address.Zero"/> is a hub that stakes the chain's own coin, 1e9 wei for 1 nRLC. A <paramref name="Strict"/> hub behaves
/// as the original where closing one of its weak points would be observed.
/// </summary>
public sealed record HubDeployOptions(Address Owner, Address? Token = null, bool Strict = false)
{
    /// <summary>Whether the hub stakes the chain's own coin.</summary>
    public bool IsNative => Token == Address.Zero;
}

/// <summary>A deployment cannot go on; says why and what to do.</summary>
public sealed class HubDeploymentException(string message) : Exception(message);

/// <summary>
/// Deploys RLC, registries, hub and the five categories through the deterministic deployment proxy, so that the addresses depend on the bytecode
/// and on <see cref="HubDeployOptions"/> alone. Idempotent: what already stands is left.
/// </summary>
public static class HubDeployer
{
    /// <summary>Deploys everything that is missing. Transactions are sent together and mined by the chain or by <paramref name="mine"/>.</summary>
    /// <exception cref="HubDeploymentException">The token, the deployer or the chain does not fit, or a transaction failed.</exception>
    public static async Task<HubDeployment> DeployAsync(
        EthClient eth, PrivateKey deployer, HubDeployOptions options, Func<CancellationToken, Task>? mine, CancellationToken cancellationToken)
    {
        var plan = HubContracts.Plan(options);
        await CheckTokenAsync(eth, options, cancellationToken).ConfigureAwait(false);
        var missing = new List<PlannedContract>();
        foreach (var contract in plan.All)
        {
            if (!await HasCodeAsync(eth, contract.Address, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(contract);
            }
        }

        var categories = await CountCategoriesAsync(eth, plan, missing.Contains(plan.Hub), cancellationToken).ConfigureAwait(false);
        if (categories < (ulong)StandardCategories.All.Count && deployer.Address != options.Owner)
        {
            throw new HubDeploymentException($"The hub has {categories} of {StandardCategories.All.Count} categories, and only its owner {options.Owner} can create the others. Deploy with the owner's key.");
        }

        var sender = new DeploymentSender(eth, deployer, mine);
        if (missing.Count > 0)
        {
            await EnsureProxyAsync(eth, sender, cancellationToken).ConfigureAwait(false);
        }

        foreach (var contract in missing)
        {
            sender.Add(contract.Name, contract.Address, DeterministicProxy.Address, DeterministicProxy.CallData(contract.InitCode), contract.GasLimit);
        }

        if (StandardCategories.All.Skip((int)Math.Min(categories, int.MaxValue)).ToArray() is { Length: > 0 } wanted)
        {
            var gas = 100_000 + (StandardCategories.GasLimitEach * (ulong)wanted.Length);
            sender.Add("Categories", plan.Hub.Address, plan.Hub.Address, HubContract.EncodeCreateCategories(wanted), gas);
        }

        var steps = await sender.SendAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var contract in missing)
        {
            if (!await HasCodeAsync(eth, contract.Address, cancellationToken).ConfigureAwait(false))
            {
                throw new HubDeploymentException($"{contract.Name} was not created at {contract.Address}, although its transaction succeeded.");
            }
        }

        var hub = await JsonRpcHub.ConnectAsync(eth, plan.Hub.Address, cancellationToken).ConfigureAwait(false);
        return new HubDeployment(hub.Configuration, steps);
    }

    /// <summary>Makes groups of accounts for every hub of a chain; the same address on all chains.</summary>
    public static Address GroupFactory { get; } = DeterministicProxy.AddressOf(GroupFactoryContract.EncodeDeployment());

    /// <summary>The hub's address under these options, without a chain.</summary>
    public static Address PredictHub(HubDeployOptions options) => HubContracts.Plan(options).Hub.Address;

    private static async Task<bool> HasCodeAsync(EthClient eth, Address address, CancellationToken cancellationToken) =>
        (await eth.GetCodeAsync(address, cancellationToken).ConfigureAwait(false)).Length > 0;

    private static async Task<ulong> CountCategoriesAsync(EthClient eth, HubContracts plan, bool hubIsMissing, CancellationToken cancellationToken)
    {
        if (hubIsMissing)
        {
            return 0;
        }

        var view = new HubViews(plan.Hub.Address).CountCategory;
        return await eth.CallAsync(view.Call, null, view.Decode, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CheckTokenAsync(EthClient eth, HubDeployOptions options, CancellationToken cancellationToken)
    {
        if (options.IsNative || options.Token is not { } token)
        {
            return;
        }

        if (!await HasCodeAsync(eth, token, cancellationToken).ConfigureAwait(false))
        {
            throw new HubDeploymentException($"There is no token at {token} on this chain. Give its right address, or none to deploy a new RLC.");
        }

        var decimals = RlcContract.DecodeDecimals(await eth.CallAsync(new EthCall(null, token, RlcContract.EncodeDecimals()), null, cancellationToken).ConfigureAwait(false));
        if (decimals != 9)
        {
            throw new HubDeploymentException($"The token at {token} has {decimals} decimals. The protocol counts in nRLC and needs 9.");
        }
    }

    private static async Task EnsureProxyAsync(EthClient eth, DeploymentSender sender, CancellationToken cancellationToken)
    {
        if (await HasCodeAsync(eth, DeterministicProxy.Address, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var funds = await eth.GetBalanceAsync(DeterministicProxy.Creator, cancellationToken).ConfigureAwait(false);
        if (funds < DeterministicProxy.CreatorFunds)
        {
            sender.Add("ProxyFunds", DeterministicProxy.Creator, DeterministicProxy.Creator, [], 21_000, DeterministicProxy.CreatorFunds - funds);
            await sender.SendAllAsync(cancellationToken).ConfigureAwait(false);
        }

        var refusal = await sender.SendForeignAsync(DeterministicProxy.Creation, cancellationToken).ConfigureAwait(false);
        if (!await HasCodeAsync(eth, DeterministicProxy.Address, cancellationToken).ConfigureAwait(false))
        {
            throw new HubDeploymentException(
                $"The deterministic deployment proxy {DeterministicProxy.Address} is missing on this chain and could not be created: {refusal ?? "no code at its address"}. Ask the chain's operator to install it.");
        }
    }
}
