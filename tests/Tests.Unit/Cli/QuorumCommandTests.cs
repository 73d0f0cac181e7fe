using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>A project whose network has several nodes, one of which is of another chain or says so.</summary>
public sealed class QuorumCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public QuorumCommandTests() => File.WriteAllText(
        _cli["chain.json"],
        "{\"chains\":{\"dev\":{\"id\":\"65535\",\"host\":[\"http://liar\",\"http://b\",\"http://c\"],\"hub\":\"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\"}}}");

    [Fact]
    public async Task One_lying_node_of_three_does_not_matter()
    {
        _cli.Network = () => new Nodes(new AnsweringHub { ChainId = 1 }, new AnsweringHub());
        Assert.Equal("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca", (string)(await _cli.OkAsync("info"))["hubAddress"]!);
    }

    [Fact]
    public async Task Two_lying_nodes_are_believed_by_nobody_who_wants_three_to_agree()
    {
        File.WriteAllText(_cli["chain.json"], File.ReadAllText(_cli["chain.json"]).Replace("\"hub\"", "\"quorum\":3,\"hub\"", StringComparison.Ordinal));
        _cli.Network = () => new Nodes(new AnsweringHub { ChainId = 1 }, new AnsweringHub());
        Assert.Contains("The nodes disagree", (string)(await _cli.FailAsync("info"))["error"]!["message"]!, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private sealed class Nodes(HttpMessageHandler liar, HttpMessageHandler honest) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _liar = new(liar);
        private readonly HttpMessageInvoker _honest = new(honest);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            (request.RequestUri!.Host == "liar" ? _liar : _honest).SendAsync(request, cancellationToken);
    }
}
