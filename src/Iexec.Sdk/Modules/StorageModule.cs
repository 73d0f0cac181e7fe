using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Sms;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Sdk.Modules;

/// <summary>Tokens with which workers store a requester's results, and files for everybody.</summary>
public sealed class StorageModule
{
    private readonly Session _session;

    internal StorageModule(Session session) => _session = session;

    /// <summary>True if a user's token for a provider is at the secret service.</summary>
    /// <param name="provider"><c>dropbox</c>; <c>ipfs</c> takes no token.</param>
    /// <param name="user">Null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ValidationError: no such provider, or one without token; SmsCallError: the secret service does not
    /// answer.</exception>
    public async Task<bool> CheckStorageTokenExistsAsync(string provider, Address? user = null, CancellationToken cancellationToken = default) =>
        await _session.Sms.IsSetAsync(SecretReference.OfWallet(_session.AccountOf(user), TokenName(provider)), cancellationToken).ConfigureAwait(false);

    /// <summary>Gives the secret service the wallet's token for a provider.</summary>
    /// <param name="token">As the provider gave it.</param>
    /// <param name="provider"><c>dropbox</c>; <c>ipfs</c> takes no token.</param>
    /// <param name="forceUpdate">Replaces a token that is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">ValidationError: no such provider, or one without token; SmsCallError: one is set and not
    /// <paramref name="forceUpdate"/>.</exception>
    public async Task<SecretOutcome> PushStorageTokenAsync(
        string token, string provider, bool forceUpdate = false, CancellationToken cancellationToken = default) =>
        await new SecretWriter(_session.Sms, _session.Signer, cancellationToken).SetAsync(
            TokenName(provider), token ?? throw new ArgumentNullException(nameof(token)), forceUpdate).ConfigureAwait(false);

    /// <summary>Stores a file for everybody (Kubo's <c>/api/v0/add</c>); gives its CID and an http address that workers can download from.</summary>
    /// <param name="content">Read from here to its end, streamed.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="IexecException">IpfsGatewayCallError: not reachable, full, or takes no uploads; ConfigurationError: no storage is
    /// known.</exception>
    public async Task<StoredFile> PutAsync(Stream content, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!content.CanRead)
        {
            throw new ArgumentException("The stream is closed, or cannot be read.", nameof(content));
        }

        // What takes uploads need not serve downloads.
        var gateway = _session.Settings.RequireIpfsGateway();
        var stored = await _session.UploadStorage.PutAsync(content, name, cancellationToken).ConfigureAwait(false);
        return stored with { Url = new Uri(gateway, $"/ipfs/{stored.Cid}") };
    }

    /// <summary>Copies a stored file (<c>/ipfs/{cid}</c>) into a stream. What was written until a failure is worth nothing.</summary>
    /// <param name="file">Its CID.</param>
    /// <param name="target">Gets the bytes.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="IexecException">IpfsGatewayCallError: not there, broken off, or other bytes than the CID says; ValidationError: no CID.</exception>
    public async Task GetAsync(Cid file, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var storage = _session.Storage;
        if (file == default)
        {
            throw new IexecException(ErrorCode.ValidationError, "file is a required field", "Read the CID of the file with Cid.TryParse.");
        }

        var received = await storage.CopyToAsync(file, target, cancellationToken).ConfigureAwait(false);
        if (received != file)
        {
            throw new IexecException(
                ErrorCode.IpfsGatewayCallError, $"The storage gave a file with the CID {received}, not {file}", "Try again, or use another IPFS gateway.");
        }
    }

    private static string TokenName(string provider) => WalletSecretNames.StorageToken(provider ?? throw new ArgumentNullException(nameof(provider)))
        ?? throw new IexecException(
            ErrorCode.ValidationError,
            $"Storage provider \"{provider}\" does not support authentication tokens",
            "Nothing has to be set: workers store results there by themselves.");
}
