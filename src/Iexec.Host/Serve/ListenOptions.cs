using System.Net;
using Iexec.Host.Keys;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Host.Serve;

/// <summary>Where a role answers and who may speak to it, as its operator says it.</summary>
public sealed record ListenOptions
{
    /// <summary>Beyond loopback only with a certificate or behind a proxy.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>PKCS#12 or PEM file.</summary>
    public string? Certificate { get; init; }

    /// <summary>Private key of a PEM certificate; readable by its owner alone.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>File whose first line opens certificate or key; readable by its owner alone.</summary>
    public string? CertificatePasswordFile { get; init; }

    /// <summary>Reverse proxies that do TLS; only their forwarded headers are believed.</summary>
    public IReadOnlyList<IPAddress> BehindProxy { get; init; } = [];

    /// <summary>Host names that requests may carry.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Nobody but this machine reaches it.</summary>
    internal bool IsPrivate => IPAddress.IsLoopback(Address) && Certificate is null && BehindProxy.Count == 0;

    /// <exception cref="IexecException">Plain HTTP that strangers could read, or a key that others can.</exception>
    internal ServiceEndpoint ToEndpoint()
    {
        foreach (var (file, option) in new[] { (CertificateKey, "--certificate-key"), (CertificatePasswordFile, "--certificate-password-file") })
        {
            if (file is not null)
            {
                SecretFile.Check(file, $"Check {option}.");
            }
        }

        var endpoint = new ServiceEndpoint
        {
            Address = Address,
            Port = Port,
            CertificatePath = Certificate,
            CertificateKeyPath = CertificateKey,
            CertificatePasswordFile = CertificatePasswordFile,
            BehindProxy = BehindProxy,
            AllowedHosts = AllowedHosts,
        };
        KestrelEndpoint.Check(endpoint);
        return endpoint;
    }
}
