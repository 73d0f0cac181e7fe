using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Modules;

/// <summary>Keys that encrypt results for their beneficiary, and the decryption of results.</summary>
public sealed class ResultModule
{
    private readonly Session _session;

    internal ResultModule(Session session) => _session = session;

    /// <summary>True if a beneficiary's public key is at the secret service.</summary>
    /// <param name="beneficiary">Null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">SmsCallError: the secret service does not answer; ConfigurationError: none is known.</exception>
    public async Task<bool> CheckResultEncryptionKeyExistsAsync(Address? beneficiary = null, CancellationToken cancellationToken = default) =>
        await _session.Sms.IsSetAsync(SecretReference.OfWallet(_session.AccountOf(beneficiary), WalletSecretNames.ResultEncryptionKey), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Gives the secret service the public key for the wallet's results.</summary>
    /// <param name="publicKeyPem">RSA, as PEM. A private key is refused: pushed by mistake, it would be in everybody's hands.</param>
    /// <param name="forceUpdate">Replaces a key that is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">ValidationError: not a public RSA key; SmsCallError: one is set and not
    /// <paramref name="forceUpdate"/>.</exception>
    public async Task<SecretOutcome> PushResultEncryptionKeyAsync(
        string publicKeyPem, bool forceUpdate = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publicKeyPem);
        return await new SecretWriter(_session.Sms, _session.Signer, cancellationToken).SetAsync(
            WalletSecretNames.ResultEncryptionKey, ResultKeyPair.ToSecret(publicKeyPem, "The key"), forceUpdate).ConfigureAwait(false);
    }

    /// <summary>A new pair of RSA keys of 4096 bits. Takes a second or more.</summary>
    public static EncryptionKeyPair GenerateEncryptionKeyPair() => ResultKeyPair.Create();

    /// <summary>Decrypts the downloaded archive of an encrypted result (<c>aes-key.rsa</c> and <c>iexec_out.zip.aes</c>, also of the first TEE
    /// releases).</summary>
    /// <param name="archive">The zip, as downloaded.</param>
    /// <param name="privateKeyPem">The beneficiary's RSA key, as PEM.</param>
    /// <param name="target">Gets the zip inside. On a failure what was written is worth nothing.</param>
    /// <param name="cancellationToken">Stops the decryption.</param>
    /// <exception cref="IexecException">ValidationError: <c>Invalid beneficiary key</c>, not such an archive, or not for this key.</exception>
    public static async Task DecryptAsync(Stream archive, string privateKeyPem, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(privateKeyPem);
        ArgumentNullException.ThrowIfNull(target);
        using RSA key = ResultKeyPair.ImportPrivate(privateKeyPem);
        await EncryptedResult.DecryptAsync(archive, key, target, cancellationToken).ConfigureAwait(false);
    }
}
