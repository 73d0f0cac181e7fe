using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Poco.Registries;
using Iexec.Sdk.Wire.Sms;
using Iexec.ServiceDefaults.Http;
using Iexec.Sms.Store;
using Microsoft.AspNetCore.Http;

namespace Iexec.Sms.Secrets;

/// <summary>Who may write which secret, and what each answer is. Values pass through and are neither logged nor repeated.</summary>
internal sealed class SecretGate(SmsOptions options, SmsStart start)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IHub _hub = options.Hub;

    /// <summary>204 when it is set, 404 when not.</summary>
    public async Task<IResult> HeadAsync(SecretReference secret, CancellationToken cancellationToken) =>
        await start.Secrets.ExistsAsync(secret, cancellationToken) ? Results.NoContent() : Results.StatusCode(StatusCodes.Status404NotFound);

    /// <summary>204, or 409 when it is set.</summary>
    public Task<IResult> PostAsync(HttpContext context, SecretReference secret) => WithValueAsync(context, secret, async value =>
    {
        if (!await start.Secrets.AddAsync(secret, value, context.RequestAborted))
        {
            throw new HttpErrorException(StatusCodes.Status409Conflict, "Secret already exists");
        }
    });

    /// <summary>204, 404 when it was never set, 409 when it had this value before.</summary>
    public Task<IResult> PutAsync(HttpContext context, SecretReference secret) => WithValueAsync(context, secret, async value =>
    {
        switch (await start.Secrets.ReplaceAsync(secret, value, context.RequestAborted))
        {
            case Replacement.Missing:
                throw new HttpErrorException(StatusCodes.Status404NotFound, "Secret not found", "Set it with POST first.");
            case Replacement.Replayed:
                throw new HttpErrorException(StatusCodes.Status409Conflict, "The secret had this value before",
                    "A signature has no date, so an old one could be sent again by anyone: choose a value that it never had.");
        }
    });

    private async Task<IResult> WithValueAsync(HttpContext context, SecretReference secret, Func<byte[], Task> write)
    {
        var value = await ReadAsync(context);
        try
        {
            if (!await IsSignedAsync(context, secret, value))
            {
                throw new HttpErrorException(StatusCodes.Status401Unauthorized, "Invalid authorization",
                    "Sign the value with the wallet that the secret belongs to.");
            }

            await write(value);
            return Results.NoContent();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    private async Task<Address?> OwnerAsync(SecretReference secret, CancellationToken cancellationToken) => secret.Kind switch
    {
        SecretKind.Web3 => await _hub.GetOwnerAsync(AssetKind.Dataset, secret.Owner, cancellationToken),
        SecretKind.App => await _hub.GetOwnerAsync(AssetKind.App, secret.Owner, cancellationToken),
        _ => secret.Owner,
    };

    private async Task<bool> IsSignedAsync(HttpContext context, SecretReference secret, byte[] value)
    {
        // An empty signature would ask the hub whether the digest was signed on the chain as an order's: never a permission.
        if (!Hex.TryDecode(context.Request.Headers.Authorization.ToString(), out var sign) || sign.Length == 0
            || await OwnerAsync(secret, context.RequestAborted) is not { } owner)
        {
            return false;
        }

        var digest = Eip191.HashMessage(secret.Challenge(value).AsSpan());
        // Recovered here at no cost; only a contract (ERC-1271) has to be asked.
        return (Signature.TryParse(sign, out var signature) && PublicKey.RecoverAddress(digest, signature) == owner)
            || await _hub.VerifySignatureAsync(owner, digest, sign, context.RequestAborted);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var buffer = new byte[SecretReference.MaxValueBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > SecretReference.MaxValueBytes)
        {
            CryptographicOperations.ZeroMemory(buffer);
            throw new HttpErrorException(StatusCodes.Status413PayloadTooLarge, $"Secret size should not exceed {SecretReference.MaxValueBytes} bytes");
        }

        var value = buffer[..length];
        CryptographicOperations.ZeroMemory(buffer);
        return length > 0 && IsText(value)
            ? value
            : throw new HttpErrorException(StatusCodes.Status400BadRequest, "The body must be the secret as UTF-8 text");
    }

    private static bool IsText(byte[] value)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(value);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
