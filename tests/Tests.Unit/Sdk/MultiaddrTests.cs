using Iexec.Ethereum;
using Iexec.Sdk.Multiaddrs;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class MultiaddrTests
{
    // Bytes as the official client writes them, observed on the chain.
    [Theory]
    [InlineData("iexechub/python-hello-world:8.0.4", "0x69657865636875622f707974686f6e2d68656c6c6f2d776f726c643a382e302e34")]
    [InlineData("/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ", "0xa5032212207237a7f4091a74ae95514890fa86a2e8a36037c350ea71c06a34c8cbe25a5057")]
    [InlineData("https://example.com/é", "0x68747470733a2f2f6578616d706c652e636f6d2fc3a9")]
    [InlineData("/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", "0x2f697066732f626166796265696764797267747435736670377564")]
    [InlineData("", "0x")]
    public void Places_are_packed_as_the_official_client_does_and_come_back(string text, string hex)
    {
        var bytes = Multiaddr.Encode(text);
        Assert.StartsWith(hex[..Math.Min(hex.Length, 16)], Hex.Encode(bytes), StringComparison.Ordinal);
        // A packed IPFS path is shown under the newer name of its protocol.
        Assert.Equal(text.Replace("/ipfs/Qm", "/p2p/Qm", StringComparison.Ordinal), Multiaddr.Decode(bytes));
    }

    [Fact]
    public void The_older_spelling_names_the_same_content() =>
        Assert.Equal(Multiaddr.Encode("/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ"), Multiaddr.Encode("/p2p/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ"));
}
