using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Assets as the hub tells them: owner and content of whatever contract stands at the address.</summary>
internal static class AssetViews
{
    public static FunctionTable Table => new()
    {
        ["viewApp(address)"] = (execution, _, arguments, results) =>
        {
            var app = arguments.Address();
            results.DynamicTuple(tuple => tuple
                .Address(execution.OwnerOf(app))
                .String(Ask(execution, app, "m_appName()").String())
                .String(Ask(execution, app, "m_appType()").String())
                .Bytes(Ask(execution, app, "m_appMultiaddr()").Bytes())
                .Bytes32(Ask(execution, app, "m_appChecksum()").Bytes32())
                .Bytes(Ask(execution, app, "m_appMREnclave()").Bytes()));
        },
        ["viewDataset(address)"] = (execution, _, arguments, results) =>
        {
            var dataset = arguments.Address();
            results.DynamicTuple(tuple => tuple
                .Address(execution.OwnerOf(dataset))
                .String(Ask(execution, dataset, "m_datasetName()").String())
                .Bytes(Ask(execution, dataset, "m_datasetMultiaddr()").Bytes())
                .Bytes32(Ask(execution, dataset, "m_datasetChecksum()").Bytes32()));
        },
        ["viewWorkerpool(address)"] = (execution, _, arguments, results) =>
        {
            var workerpool = arguments.Address();
            results.DynamicTuple(tuple => tuple
                .Address(execution.OwnerOf(workerpool))
                .String(Ask(execution, workerpool, "m_workerpoolDescription()").String())
                .Uint(Ask(execution, workerpool, "m_workerStakeRatioPolicy()").Uint())
                .Uint(Ask(execution, workerpool, "m_schedulerRewardRatioPolicy()").Uint()));
        },
    };

    private static AbiReader Ask(Execution execution, Address asset, string function) => execution.Ask(asset, new AbiSignature(function).Selector.ToArray());
}
