using System.Net;
using System.Text;
using System.Text.Json;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;

namespace Tests.Unit.Ethereum.JsonRpc;

/// <summary>A node in the same process: the test says what each request is answered with.</summary>
internal sealed class FakeNode(Func<JsonElement, HttpResponseMessage> answer) : HttpMessageHandler
{
    public static readonly Uri Url = new("http://user:password@node.test:1234/v3/key?token=secret");

    public FakeNode(Func<JsonElement, string> answer)
        : this(request => Json(answer(request)))
    {
    }

    public FakeNode(string answer)
        : this(_ => Json(answer))
    {
    }

    public List<JsonElement> Requests { get; } = [];

    public JsonRpcClient Client(RevertDecoder? reverts = null, int maxResponseBytes = 1 << 20) =>
        new(new HttpClient(this), Url, reverts) { MaxResponseBytes = maxResponseBytes };

    public EthClient Eth() => new(Client());

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>An answer with the id of the call.</summary>
    public static string Result(JsonElement call, string result) => $$"""{"jsonrpc":"2.0","id":{{call.GetProperty("id")}},"result":{{result}}}""";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var call = document.RootElement.Clone();
        Requests.Add(call);
        return answer(call);
    }
}
