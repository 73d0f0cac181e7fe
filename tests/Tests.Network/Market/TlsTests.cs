using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_role_with_a_certificate_speaks_tls_on_any_address(bool isPkcs12)
    {
        var (endpoint, thumbprint) = CreateEndpoint(isPkcs12);
        var hub = new FakeHub();
        await using var server = await MarketServer.StartAsync($"Data Source={_folder.File("market.db")}", hub, endpoint: endpoint);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == thumbprint },
        };
        using var http = new HttpClient(handler);

        using var response = await http.GetAsync(new Uri($"https://127.0.0.1:{server.Origin.Port}/version"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_said_before_anything_starts()
    {
        var (endpoint, _) = CreateEndpoint(isPkcs12: true);
        await File.WriteAllTextAsync(endpoint.CertificatePasswordFile!, "wrong\n");

        var error = await Assert.ThrowsAsync<IexecException>(() => MarketServer.StartAsync($"Data Source={_folder.File("market.db")}", new FakeHub(), endpoint: endpoint));

        Assert.Equal(ErrorCode.ConfigurationError, error.Code);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    private (ServiceEndpoint Endpoint, string Thumbprint) CreateEndpoint(bool isPkcs12)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=gateway.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var endpoint = new ServiceEndpoint
        {
            Address = IPAddress.Any,
            Port = 0,
            CertificatePath = _folder.File(isPkcs12 ? "certificate.pfx" : "certificate.pem"),
            CertificateKeyPath = isPkcs12 ? null : _folder.File("key.pem"),
            CertificatePasswordFile = _folder.File("password"),
        };
        File.WriteAllText(endpoint.CertificatePasswordFile, "secret\n");
        if (isPkcs12)
        {
            File.WriteAllBytes(endpoint.CertificatePath, certificate.Export(X509ContentType.Pkcs12, "secret"));
        }
        else
        {
            File.WriteAllText(endpoint.CertificatePath, certificate.ExportCertificatePem());
            File.WriteAllText(endpoint.CertificateKeyPath!, key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        }

        return (endpoint, certificate.Thumbprint);
    }
}
