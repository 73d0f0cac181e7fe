using System.Net;
using Iexec.Sdk.Storage;
using Xunit;

namespace Tests.Unit.Sdk.Client;

/// <summary>A storage that takes uploads as Kubo does, below an HTTP client.</summary>
internal sealed class StorageInMemory : HttpMessageHandler
{
    /// <summary>What was stored, by CID.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("/api/v0/add", request.RequestUri!.AbsolutePath);
        var part = Assert.Single(Assert.IsType<MultipartFormDataContent>(request.Content));
        var bytes = await part.ReadAsByteArrayAsync(cancellationToken);
        var builder = new CidBuilder();
        builder.Append(bytes);
        var cid = builder.Finish().ToString();
        Files[cid] = bytes;
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{"Name":"x","Hash":"{{cid}}","Size":"{{bytes.Length}}"}"""),
        };
    }
}
