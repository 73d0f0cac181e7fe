using Iexec.Ethereum;
using Iexec.Poco.Contracts;

namespace Iexec.Poco.Deployment;

/// <summary>A contract to create: its name, init code and the address that follows from it.</summary>
internal sealed record PlannedContract(string Name, byte[] InitCode)
{
    public Address Address { get; } = DeterministicProxy.AddressOf(InitCode);

    /// <summary>
    /// Enough for any of our constructors: 16 gas per byte of call data, 200 per byte of code, and room for storage. What is not used
    /// is not paid.
    /// </summary>
    public ulong GasLimit => 500_000 + (260 * (ulong)InitCode.Length);
}

/// <summary>The contracts of a hub in the order of their creation, as contracts/deployment.md describes them. Pure.</summary>
internal sealed record HubContracts(Address Token, PlannedContract Hub, IReadOnlyList<PlannedContract> All)
{
    public static HubContracts Plan(HubDeployOptions options)
    {
        var all = new List<PlannedContract>();
        PlannedContract Add(string name, byte[] initCode)
        {
            var contract = new PlannedContract(name, initCode);
            all.Add(contract);
            return contract;
        }

        var token = options.Token ?? Add("RLC", RlcContract.EncodeDeployment(options.Owner)).Address;
        var apps = Add("AppRegistry", AppRegistryContract.EncodeDeployment(options.Owner, "", Address.Zero, settled: true));
        var datasets = Add("DatasetRegistry", DatasetRegistryContract.EncodeDeployment(options.Owner, "", Address.Zero, settled: true));
        var workerpools = Add("WorkerpoolRegistry", WorkerpoolRegistryContract.EncodeDeployment(options.Owner, "", Address.Zero, settled: true));
        var configuration = new HubStructs.HubConfiguration(
            token, apps.Address, datasets.Address, workerpools.Address, Address.Zero, options.Owner, options.Strict);
        var accounts = options.IsNative
            ? Add("HubNativeAccounts", HubNativeAccountsContract.EncodeDeployment(configuration))
            : Add("HubAccounts", HubAccountsContract.EncodeDeployment(configuration));
        var boost = Add("HubBoost", HubBoostContract.EncodeDeployment(accounts.Address));
        var orders = Add("HubOrders", HubOrdersContract.EncodeDeployment(boost.Address));
        var extension = Add("HubExtension", HubExtensionContract.EncodeDeployment(orders.Address));
        var hub = Add("Hub", HubContract.EncodeDeployment(extension.Address));
        Add("GroupFactory", GroupFactoryContract.EncodeDeployment());
        return new(token, hub, all);
    }
}
