using Iexec.Ethereum.Signing;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Secrets;

/// <summary>What became of a wallet's value at the secret service.</summary>
/// <param name="IsPushed">It is there now.</param>
/// <param name="IsUpdated">It took the place of another.</param>
public sealed record SecretOutcome(bool IsPushed, bool IsUpdated);

/// <summary>Sets the values that their owner may replace: storage tokens, the key for results.</summary>
internal sealed class SecretWriter(SmsClient sms, ISigner owner, CancellationToken cancellationToken)
{
    /// <summary>Sets the value, or replaces the one that is there if asked to.</summary>
    /// <exception cref="IexecException">SmsCallError: it is set and not <paramref name="replace"/>, or the service refuses.</exception>
    public async Task<SecretOutcome> SetAsync(string name, string value, bool replace)
    {
        var secret = SecretReference.OfWallet(owner.Address, name);
        if (!await sms.IsSetAsync(secret, cancellationToken).ConfigureAwait(false))
        {
            await sms.PushAsync(secret, value, owner, cancellationToken).ConfigureAwait(false);
            return new SecretOutcome(IsPushed: true, IsUpdated: false);
        }

        if (!replace)
        {
            throw new IexecException(ErrorCode.SmsCallError, secret.AlreadyThere, new Advice("Allow an update to replace it.", Remedy.ReplaceSecret));
        }

        await sms.ReplaceAsync(secret, value, owner, cancellationToken).ConfigureAwait(false);
        return new SecretOutcome(IsPushed: true, IsUpdated: true);
    }
}
