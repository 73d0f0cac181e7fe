using Iexec.Ethereum;
using Iexec.Sdk.Multiaddrs;
using Tests.Unit.Poco.Vectors;
using Xunit;

namespace Tests.Unit.Poco.Multiaddrs;

public sealed class MultiaddrTests
{
    [Fact]
    public void Multiaddresses_are_packed_and_shown_as_in_the_official_client()
    {
        foreach (var vector in SdkVectors.Root.GetProperty("multiaddr").EnumerateObject())
        {
            var packed = Multiaddr.Encode(vector.Name);
            Assert.Equal(SdkVectors.Text(vector.Value, "hex"), Hex.Encode(packed));
            Assert.Equal(SdkVectors.Text(vector.Value, "decoded"), Multiaddr.Decode(packed));
        }
    }

    [Theory]
    [InlineData("/ip6/::1/tcp/443/wss")]
    [InlineData("/dns4/example.com/tcp/443/https")]
    [InlineData("/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")]
    [InlineData("/ip4/127.0.0.1/tcp/99999")]
    [InlineData("/no/such/protocol")]
    [InlineData("registry/app@sha256:é")]
    [InlineData("")]
    public void What_was_encoded_reads_back(string text) => Assert.Equal(text, Multiaddr.Decode(Multiaddr.Encode(text)));

    [Theory]
    [InlineData("0xa50322122072", "0xa50322122072")]
    [InlineData("0xff", "0xff")]
    [InlineData("0x047f0000", "\u0004\u007f\u0000\u0000")]
    public void Broken_bytes_are_shown_and_never_throw(string bytes, string shown) => Assert.Equal(shown, Multiaddr.Decode(Hex.Decode(bytes)));

    [Theory]
    [InlineData("/p2p/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ", "QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ")]
    [InlineData("/ipfs/bafy", "bafy")]
    [InlineData("https://example.com/ipfs/x", null)]
    [InlineData("/p2p/", null)]
    public void The_cid_is_found(string decoded, string? cid) => Assert.Equal(cid, Multiaddr.IpfsCid(decoded));
}
