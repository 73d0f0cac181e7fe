using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Modules;

/// <summary>Named values of a requester that its executions may receive inside an enclave. Each is written once; nobody can read one back.</summary>
public sealed class SecretsModule
{
    private readonly Session _session;

    internal SecretsModule(Session session) => _session = session;

    /// <summary>True if the secret is set.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>-</c> or <c>_</c>.</param>
    /// <param name="requester">Null for the wallet.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="IexecException">ValidationError: the name; SmsCallError: the secret service does not answer; ConfigurationError: none is
    /// known.</exception>
    public async Task<bool> CheckRequesterSecretExistsAsync(string name, Address? requester = null, CancellationToken cancellationToken = default) =>
        await _session.Sms.IsSetAsync(SecretReference.OfRequester(_session.AccountOf(requester), Checked(name)), cancellationToken).ConfigureAwait(false);

    /// <summary>Sets a secret of the wallet.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>-</c> or <c>_</c>.</param>
    /// <param name="value">1 to 4096 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">ValidationError: the name or the length; SmsCallError: it is set already.</exception>
    public async Task PushRequesterSecretAsync(string name, string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        await _session.Sms.PushAsync(SecretReference.OfRequester(_session.Signer.Address, Checked(name)), value, _session.Signer, cancellationToken)
            .ConfigureAwait(false);
    }

    private static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SecretReference.IsName(name)
            ? name
            : throw new IexecException(ErrorCode.ValidationError, $"\"{name}\" is not a valid secret name", "A name has 1 to 64 letters, digits, - or _.");
    }
}
