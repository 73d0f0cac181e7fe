using System.Net;

namespace Iexec.ServiceDefaults.Http;

/// <summary>
/// Where a role answers. Plain HTTP is for loopback, or for behind a proxy that does TLS and whose addresses are named;
/// anything else needs a certificate.
/// </summary>
public sealed record ServiceEndpoint
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Certificate for TLS: a PKCS#12 file (<c>.pfx</c>, <c>.p12</c>) or a PEM file. Null serves plain HTTP.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Private key of a PEM certificate, when it is in another file.</summary>
    public string? CertificateKeyPath { get; init; }

    /// <summary>File whose first line is the password of the certificate or key.</summary>
    public string? CertificatePasswordFile { get; init; }

    /// <summary>Addresses of reverse proxies. Only their <c>X-Forwarded-*</c> headers are believed, and only they may speak plain HTTP from outside.</summary>
    public IReadOnlyList<IPAddress> BehindProxy { get; init; } = [];

    /// <summary>
    /// Host names that requests may carry, without port; <c>*</c> for any. Loopback names are always accepted. Empty means loopback names
    /// when listening on loopback, else any.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>True if TLS is served here.</summary>
    public bool IsTls => CertificatePath is not null;
}
