using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Registries;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Sms;
using Iexec.ServiceDefaults.Http;
using Iexec.Sms.Store;
using Microsoft.AspNetCore.Http;

namespace Iexec.Sms.Secrets;

/// <summary>
/// Secrets as the clients of V3.0 and V3.1 push them: one per address, a dataset's key or a wallet's public key for results. What they sign is the value alone, so a
/// value that comes this way replaces nothing and is good for one address; the newer form, which names the secret, replaces it.
/// </summary>
internal sealed class OlderSecretGate(SmsOptions options, SmsStart start)
{
    /// <summary>What stands before the value in the signed message (EIP-191).</summary>
    public const string Prefix = "iexec_sms_secret:";

    private readonly IHub _hub = options.Hub;

    /// <summary>
    /// What tells the value at an address from others, null when there is none. It is keyed: the original gives the value's own hash away, on which anybody
    /// can try values.
    /// </summary>
    public async Task<string?> FindAsync(Address address, CancellationToken cancellationToken) =>
        await start.Secrets.FindMarkAsync((await PlaceAsync(address, cancellationToken)).Secret, cancellationToken);

    /// <summary>Stores a value and gives what <see cref="FindAsync"/> gives.</summary>
    /// <exception cref="HttpErrorException">401: not signed by the owner; 409: another value is there, or the signature was used elsewhere; 400, 413: no such value.</exception>
    public async Task<string> PushAsync(Address address, string value, string sign, CancellationToken cancellationToken)
    {
        // Before anything reads it: a key of a megabyte is no key.
        if (Encoding.UTF8.GetByteCount(value) > SecretReference.MaxValueBytes)
        {
            throw TooLong();
        }

        var (secret, owner) = await PlaceAsync(address, cancellationToken);
        var message = Eip191.HashMessage(Encoding.UTF8.GetBytes(Prefix + value));
        if (!Hex.TryDecode(sign, out var bytes) || !Signature.TryParse(bytes, out var signature) || PublicKey.RecoverAddress(message, signature) != owner)
        {
            throw new HttpErrorException(StatusCodes.Status401Unauthorized, "invalid signature", "The secret is signed by the wallet itself, or by the dataset's owner.");
        }

        var stored = StoredForm(secret, value);
        try
        {
            return await start.Secrets.ClaimAsync(secret, stored, owner, cancellationToken) switch
            {
                Claim.Done => (await start.Secrets.FindMarkAsync(secret, cancellationToken))!,
                Claim.Taken => throw new HttpErrorException(StatusCodes.Status409Conflict, "Secret already exists", "A newer client can replace it."),
                _ => throw new HttpErrorException(
                    StatusCodes.Status409Conflict, "This secret was already pushed for another address",
                    "What is signed does not name the address, so it is good for one: push it with a newer client."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(stored);
        }
    }

    private async Task<(SecretReference Secret, Address Owner)> PlaceAsync(Address address, CancellationToken cancellationToken) =>
        await _hub.GetOwnerAsync(AssetKind.Dataset, address, cancellationToken) is { } owner
            ? (SecretReference.OfDataset(address), owner)
            : (SecretReference.OfWallet(address, WalletSecretNames.ResultEncryptionKey), address);

    // A wallet's is the PEM text of its public key; newer clients send it in base64, and so it is kept.
    private static byte[] StoredForm(SecretReference secret, string value)
    {
        if (secret.Kind != SecretKind.Web3 && !IsPublicKey(value))
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, "The secret of a wallet must be an RSA public key as PEM text");
        }

        var stored = Encoding.UTF8.GetBytes(secret.Kind == SecretKind.Web3 ? value : Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
        return stored.Length switch
        {
            0 => throw new HttpErrorException(StatusCodes.Status400BadRequest, "secret is a required field"),
            > SecretReference.MaxValueBytes => throw TooLong(),
            _ => stored,
        };
    }

    private static HttpErrorException TooLong() =>
        new(StatusCodes.Status413PayloadTooLarge, $"Secret size should not exceed {SecretReference.MaxValueBytes} bytes");

    private static bool IsPublicKey(string text)
    {
        if (!PemEncoding.TryFind(text, out var fields) || !text[fields.Label].Equals("PUBLIC KEY", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(text);
            return true;
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
