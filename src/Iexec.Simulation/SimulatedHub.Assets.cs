using Iexec.Ethereum;
using Iexec.Poco.Contracts;
using Iexec.Poco.Registries;
using Iexec.Simulation.Registries;
using Iexec.Simulation.World;

namespace Iexec.Simulation;

/// <content>Registries and token. Entries answer through their functions, as real ones do.</content>
public sealed partial class SimulatedHub
{
    /// <inheritdoc/>
    public Task<bool> IsRegisteredAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) =>
        Task.FromResult(Reading().IsRegistered(RegistryOf(kind), asset));

    /// <inheritdoc/>
    public Task<Address?> GetOwnerAsync(AssetKind kind, Address asset, CancellationToken cancellationToken) =>
        Task.FromResult(Reading().RegisteredOwner(RegistryOf(kind), asset));

    /// <inheritdoc/>
    public Task<App?> GetAppAsync(Address address, CancellationToken cancellationToken) => Entry(AssetKind.App, address, (execution, owner) => new App(
        address,
        owner,
        AppContract.DecodeAppName(Ask(execution, address, AppContract.EncodeAppName())),
        AppContract.DecodeAppType(Ask(execution, address, AppContract.EncodeAppType())),
        AppContract.DecodeAppMultiaddr(Ask(execution, address, AppContract.EncodeAppMultiaddr())),
        AppContract.DecodeAppChecksum(Ask(execution, address, AppContract.EncodeAppChecksum())),
        AppContract.DecodeAppMREnclave(Ask(execution, address, AppContract.EncodeAppMREnclave()))));

    /// <inheritdoc/>
    public Task<Dataset?> GetDatasetAsync(Address address, CancellationToken cancellationToken) => Entry(AssetKind.Dataset, address, (execution, owner) => new Dataset(
        address,
        owner,
        DatasetContract.DecodeDatasetName(Ask(execution, address, DatasetContract.EncodeDatasetName())),
        DatasetContract.DecodeDatasetMultiaddr(Ask(execution, address, DatasetContract.EncodeDatasetMultiaddr())),
        DatasetContract.DecodeDatasetChecksum(Ask(execution, address, DatasetContract.EncodeDatasetChecksum()))));

    /// <inheritdoc/>
    public Task<Workerpool?> GetWorkerpoolAsync(Address address, CancellationToken cancellationToken) => Entry(AssetKind.Workerpool, address, (execution, owner) =>
    {
        var policy = execution.PolicyOf(address);
        return new Workerpool(
            address,
            owner,
            WorkerpoolContract.DecodeWorkerpoolDescription(Ask(execution, address, WorkerpoolContract.EncodeWorkerpoolDescription())),
            policy.WorkerStakeRatio,
            policy.SchedulerRewardRatio);
    });

    /// <inheritdoc/>
    public Task<ulong> CountAssetsAsync(AssetKind kind, Address owner, CancellationToken cancellationToken) =>
        Task.FromResult((ulong)State.Registries[RegistryOf(kind)].EntriesOf(owner).Count);

    /// <inheritdoc/>
    public Task<Address?> GetAssetByIndexAsync(AssetKind kind, Address owner, ulong index, CancellationToken cancellationToken)
    {
        var entries = State.Registries[RegistryOf(kind)].EntriesOf(owner);
        return Task.FromResult<Address?>(index < (ulong)entries.Count ? entries[(int)index] : null);
    }

    /// <inheritdoc/>
    public Task<UInt256> GetTokenBalanceAsync(Address account, CancellationToken cancellationToken) => Task.FromResult(State.Token.BalanceOf(account));

    private static byte[] Ask(Execution execution, Address entry, byte[] call) => execution.StaticCall(new Message(Address.Zero, entry, call));

    private Task<T?> Entry<T>(AssetKind kind, Address address, Func<Execution, Address, T> read)
        where T : class
    {
        var execution = Reading();
        return Task.FromResult(execution.RegisteredOwner(RegistryOf(kind), address) is { } owner ? read(execution, owner) : null);
    }

    private Address RegistryOf(AssetKind kind) => kind switch
    {
        AssetKind.App => Configuration.AppRegistry,
        AssetKind.Dataset => Configuration.DatasetRegistry,
        _ => Configuration.WorkerpoolRegistry,
    };
}
