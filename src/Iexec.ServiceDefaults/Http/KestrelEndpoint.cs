using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Iexec.ServiceDefaults.Http;

/// <summary>Binds Kestrel to a <see cref="ServiceEndpoint"/>.</summary>
public static class KestrelEndpoint
{
    /// <summary>Listens as the endpoint says, with the limits of a public service.</summary>
    /// <param name="maxBodyBytes">Largest request body; a route can allow more with <c>RequestSizeLimit</c> metadata.</param>
    /// <exception cref="IexecException">Plain HTTP outside loopback, or the certificate cannot be read.</exception>
    public static void Listen(this KestrelServerOptions kestrel, ServiceEndpoint endpoint, long maxBodyBytes = 1024 * 1024)
    {
        Check(endpoint);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        var certificate = endpoint.IsTls ? LoadCertificate(endpoint) : null;
        kestrel.Listen(endpoint.Address, endpoint.Port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        });
    }

    /// <summary>Refuses plain HTTP where strangers could read it.</summary>
    /// <exception cref="IexecException">Says which options make it acceptable.</exception>
    public static void Check(ServiceEndpoint endpoint)
    {
        if (!endpoint.IsTls && !IPAddress.IsLoopback(endpoint.Address) && endpoint.BehindProxy.Count == 0)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                $"Plain HTTP is served on loopback only, not on {endpoint.Address}:{endpoint.Port}",
                "Give a certificate (--certificate, --certificate-password-file), or name the proxy that does TLS (--behind-proxy <addresses>).");
        }
    }

    private static X509Certificate2 LoadCertificate(ServiceEndpoint endpoint)
    {
        var path = endpoint.CertificatePath!;
        try
        {
            var password = endpoint.CertificatePasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : null;
            if (Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12")
            {
                return X509CertificateLoader.LoadPkcs12FromFile(path, password);
            }

            return password is null
                ? X509Certificate2.CreateFromPemFile(path, endpoint.CertificateKeyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password, endpoint.CertificateKeyPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"The certificate {path} cannot be used: {exception.Message}", "Give a PKCS#12 file, or PEM files of certificate and key, and the password file if they are encrypted.", exception);
        }
    }
}
