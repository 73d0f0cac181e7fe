using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;

namespace Iexec.Sdk.Wire.Sms;

/// <summary>
/// Pushes secrets to the secret service and asks whether they are there; nobody can read one back. <paramref name="http"/> has the service's origin as its base
/// address.
/// </summary>
internal sealed class SmsClient(HttpClient http)
{
    /// <summary>True if the secret is set.</summary>
    /// <exception cref="IexecException">The service refuses or does not answer.</exception>
    public async Task<bool> IsSetAsync(SecretReference secret, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Head, secret.Path), cancellationToken).ConfigureAwait(false);
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => false,
            _ when response.IsSuccessStatusCode => true,
            _ => throw Unexpected(response),
        };
    }

    /// <summary>Sets a secret for the first time, signed by its owner.</summary>
    /// <exception cref="IexecException">It is set already, the wallet may not set it, the value is too long, or the service does not answer.</exception>
    public Task PushAsync(SecretReference secret, string value, ISigner signer, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, secret, value, signer, cancellationToken);

    /// <summary>Replaces a wallet's named value. A value that it had before is refused, since its old signature could have been replayed by anyone.</summary>
    /// <exception cref="IexecException">As above, or it was never set.</exception>
    public Task ReplaceAsync(SecretReference secret, string value, ISigner signer, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Put, secret, value, signer, cancellationToken);

    private async Task WriteAsync(HttpMethod method, SecretReference secret, string value, ISigner signer, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length is 0 or > SecretReference.MaxValueBytes)
        {
            throw new IexecException(ErrorCode.ValidationError, $"A secret has 1 to {SecretReference.MaxValueBytes} bytes, this one has {bytes.Length}.");
        }

        var signature = await signer.SignMessageAsync(secret.Challenge(bytes).AsSpan().ToArray(), cancellationToken).ConfigureAwait(false);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        var request = new HttpRequestMessage(method, secret.Path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", signature.ToString());
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw response.StatusCode switch
            {
                HttpStatusCode.Conflict when method == HttpMethod.Post => new IexecException(ErrorCode.SmsCallError, secret.AlreadyThere),
                HttpStatusCode.Conflict => new IexecException(ErrorCode.SmsCallError, $"The value was used before for {secret}", "Choose a value that it never had."),
                HttpStatusCode.Unauthorized => new IexecException(ErrorCode.SmsCallError, $"Wallet {signer.Address} is not allowed to set secret for {secret}"),
                HttpStatusCode.NotFound when method == HttpMethod.Put => new IexecException(ErrorCode.SmsCallError, $"No secret is set for {secret} yet"),
                _ => Unexpected(response),
            };
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (AnswerText.IsNone(exception, cancellationToken))
            {
                throw new IexecException(ErrorCode.SmsCallError, $"The secret service at {http.BaseAddress} does not answer.",
                    "Check that it is up and \"sms\" in chain.json is right.", exception);
            }
        }
    }

    private static IexecException Unexpected(HttpResponseMessage response) =>
        new(ErrorCode.SmsCallError, $"SMS answered with unexpected status: {(int)response.StatusCode} {response.ReasonPhrase}");
}
