using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Modules;

/// <summary>Datasets: registered, looked up, given away.</summary>
public sealed class DatasetModule
{
    private readonly Session _session;
    private readonly RegistryCalls _registry;

    internal DatasetModule(Session session)
    {
        _session = session;
        _registry = new RegistryCalls(session, AssetKind.Dataset);
    }

    /// <summary>Registers a dataset (<c>createDataset</c>); gives its address and the transaction's hash.</summary>
    /// <param name="dataset">What to register; without owner it is the wallet's.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ValidationError: something of it is empty; Web3ProviderSendError: the registry refuses it, as a
    /// description that its owner has registered before.</exception>
    public Task<DeployedAsset> DeployDatasetAsync(DatasetDescription dataset, CancellationToken cancellationToken = default) =>
        _registry.DeployAsync(dataset, cancellationToken);

    /// <summary>The dataset at an address.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError.</exception>
    public Task<Dataset> ShowDatasetAsync(Address address, CancellationToken cancellationToken = default) =>
        _registry.ShowAsync(address, hub => hub.GetDatasetAsync(address, cancellationToken), cancellationToken);

    /// <summary>The dataset of a user by its index.</summary>
    /// <param name="index">From 0, below <see cref="CountUserDatasetsAsync"/>.</param>
    /// <param name="user">The owner; null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ObjectNotFoundError: the user has not so many.</exception>
    public async Task<Dataset> ShowUserDatasetAsync(ulong index, Address? user = null, CancellationToken cancellationToken = default) =>
        await ShowDatasetAsync(await _registry.AtIndexAsync(index, user, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>How many a user owns.</summary>
    /// <param name="user">The owner; null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<ulong> CountUserDatasetsAsync(Address? user = null, CancellationToken cancellationToken = default) =>
        _registry.CountAsync(user, cancellationToken);

    /// <summary>The address that the dataset has, or will have when it is registered.</summary>
    /// <param name="dataset">What is or will be registered; without owner it is the wallet's.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<Address> PredictDatasetAddressAsync(DatasetDescription dataset, CancellationToken cancellationToken = default) =>
        _registry.PredictAsync(dataset, cancellationToken);

    /// <summary>True if the registry, or one before it, has a dataset at the address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">Web3ProviderError: the node does not answer.</exception>
    public Task<bool> CheckDeployedDatasetAsync(Address address, CancellationToken cancellationToken = default) =>
        _registry.IsDeployedAsync(address, cancellationToken);

    /// <summary>Gives the dataset away (ERC-721 <c>safeTransferFrom</c>); the orders of the former owner are void then. Gives the transaction's
    /// hash.</summary>
    /// <param name="address">The dataset.</param>
    /// <param name="to">The new owner.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays sent.</param>
    /// <exception cref="IexecException">ObjectNotFoundError; BusinessError: not the wallet's; ValidationError: nobody's address.</exception>
    public Task<Bytes32> TransferDatasetAsync(Address address, Address to, CancellationToken cancellationToken = default) =>
        _registry.TransferAsync(address, to, cancellationToken);

    /// <summary>A new key: 32 random bytes.</summary>
    public DatasetKey GenerateEncryptionKey() => DatasetKey.Generate(_session.Options.Entropy);

    /// <summary>
    /// Encrypts in constant memory: 16 random bytes of IV, then AES-256-CBC with PKCS#7 padding, the form that the original's enclaves read. Gives
    /// the
    /// checksum to register, SHA-256 of what was written.
    /// </summary>
    /// <param name="plain">The dataset, read from here to its end.</param>
    /// <param name="encrypted">Gets the encrypted form.</param>
    /// <param name="key">The key, for <see cref="PushDatasetSecretAsync"/>.</param>
    /// <param name="progress">Told how many bytes have been read; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two pieces; what was written is worth nothing then.</param>
    public async Task<Bytes32> EncryptAsync(
        Stream plain, Stream encrypted, DatasetKey key, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(encrypted);
        ArgumentNullException.ThrowIfNull(key);
        return await DatasetCipher.EncryptAsync(plain, encrypted, key, _session.Options.Entropy, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The checksum to register of a file that is encrypted already: its SHA-256.</summary>
    /// <param name="encrypted">The encrypted file, read to its end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Bytes32> ComputeEncryptedFileChecksumAsync(Stream encrypted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encrypted);
        return new(await SHA256.HashDataAsync(encrypted, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>True if the key of the dataset is at the secret service.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">SmsCallError: the secret service does not answer; ConfigurationError: none is known.</exception>
    public Task<bool> CheckDatasetSecretExistsAsync(Address dataset, CancellationToken cancellationToken = default) =>
        _registry.IsSecretSetAsync(SecretReference.OfDataset(dataset), cancellationToken);

    /// <summary>Gives the secret service the key, which goes from there to the apps that the dataset's orders admit. It is written once.</summary>
    /// <param name="dataset">The wallet's dataset.</param>
    /// <param name="key">The key it was encrypted with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">SmsCallError: it is set already, or the wallet does not own the dataset.</exception>
    public async Task PushDatasetSecretAsync(Address dataset, DatasetKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await _registry.PushSecretAsync(SecretReference.OfDataset(dataset), key.ExportText(), cancellationToken).ConfigureAwait(false);
    }
}
