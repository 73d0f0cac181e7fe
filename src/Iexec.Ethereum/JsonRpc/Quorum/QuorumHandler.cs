using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Iexec.Ethereum.JsonRpc.Quorum;

/// <summary>
/// Puts every JSON-RPC request to several nodes and answers with what enough of them agree on, so that one that lies or lags deceives nobody.
/// Nodes that differ only in how new their newest block is are asked again about a block that enough of them have.
/// </summary>
public sealed class QuorumHandler : HttpMessageHandler
{
    private const int LargestReplyBytes = 64 * 1024 * 1024;
    private const int Disagreement = -32000;

    // Where the others do not agree by themselves, a node that says nothing must not hold everybody up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly HttpMessageInvoker _http;
    private readonly IReadOnlyList<Uri> _hosts;
    private readonly int _quorum;

    /// <summary>The handler beneath stays the caller's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quorum is not between 1 and the number of hosts.</exception>
    public QuorumHandler(HttpMessageHandler inner, IReadOnlyList<Uri> hosts, int quorum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quorum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quorum, hosts.Count);
        _http = new HttpMessageInvoker(inner, disposeHandler: false);
        _hosts = hosts;
        _quorum = quorum;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var asked = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var calls = QuorumCall.Read(asked.RootElement);
        var answers = await AskAsync(calls, cancellationToken).ConfigureAwait(false);
        await AskAgainAsync(calls, answers, cancellationToken).ConfigureAwait(false);
        var replies = string.Join(',', calls.Select((call, i) => Reply(call, answers[i])));
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(asked.RootElement.ValueKind == JsonValueKind.Array ? $"[{replies}]" : replies, Encoding.UTF8, "application/json"),
        };
    }

    private async Task AskAgainAsync(IReadOnlyList<QuorumCall> calls, NodeAnswer?[] answers, CancellationToken cancellationToken)
    {
        var open = Enumerable.Range(0, calls.Count).Where(i => answers[i] is null && calls[i].IsOfLatest).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        var head = await AskAsync([new QuorumCall("0", "eth_blockNumber", "[]")], cancellationToken).ConfigureAwait(false);
        if (head[0]?.Quantity is { } number)
        {
            var block = "0x" + number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0');
            var again = await AskAsync([.. open.Select(i => calls[i].At(block))], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < open.Length; i++)
            {
                answers[open[i]] = again[i];
            }
        }
    }

    /// <summary>Asks all nodes, and stops waiting as soon as every call is decided. Null where they do not agree.</summary>
    /// <exception cref="HttpRequestException">Too few nodes answer.</exception>
    private async Task<NodeAnswer?[]> AskAsync(IReadOnlyList<QuorumCall> calls, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pending = _hosts.Select(host => AskNodeAsync(host, calls, enough.Token)).ToList();
        List<NodeAnswer>[] answers = [.. calls.Select(static _ => new List<NodeAnswer>())];
        Exception? failure = null;
        var answered = 0;
        var finished = 0;
        await foreach (var node in Task.WhenEach(pending).ConfigureAwait(false))
        {
            finished++;
            try
            {
                var replies = await node.ConfigureAwait(false);
                answered++;
                for (var i = 0; i < calls.Count; i++)
                {
                    answers[i].Add(replies[i]);
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException or InvalidDataException
                || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                failure ??= broken;
            }

            var decided = Decide(calls, answers, isLast: finished == pending.Count);
            if (Array.TrueForAll(decided, static answer => answer is not null))
            {
                await enough.CancelAsync().ConfigureAwait(false);
                return decided;
            }
        }

        return answered >= _quorum
            ? Decide(calls, answers, isLast: true)
            : throw new HttpRequestException($"{answered} of {_hosts.Count} nodes answer, {_quorum} have to agree{(failure is null ? "" : $" ({failure.Message})")}", failure);
    }

    private NodeAnswer?[] Decide(IReadOnlyList<QuorumCall> calls, List<NodeAnswer>[] answers, bool isLast) =>
        [.. calls.Select((call, i) => QuorumVote.Decide(call.Method, answers[i], _quorum, isLast))];

    private async Task<NodeAnswer[]> AskNodeAsync(Uri host, IReadOnlyList<QuorumCall> calls, CancellationToken cancellationToken)
    {
        var items = calls.Select((call, i) => string.Create(CultureInfo.InvariantCulture, $$"""{"jsonrpc":"2.0","id":{{i}},"method":"{{call.Method}}","params":{{call.Params}}}"""));
        var body = calls.Count == 1 ? items.First() : $"[{string.Join(',', items)}]";
        using var request = new HttpRequestMessage(HttpMethod.Post, host)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var response = await _http.SendAsync(request, patience.Token).ConfigureAwait(false);
        using var reply = await RpcHttp.ReadJsonAsync(response, LargestReplyBytes, patience.Token).ConfigureAwait(false);
        var root = reply.RootElement;
        if (calls.Count == 1)
        {
            return [NodeAnswer.Read(root) ?? throw NotRpc()];
        }

        // A refusal of the whole batch is an answer to none of its calls.
        var answers = new NodeAnswer?[calls.Count];
        foreach (var item in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : throw NotRpc())
        {
            if (item.TryGetProperty("id", out var id) && id.TryGetInt32(out var index) && index >= 0 && index < answers.Length)
            {
                answers[index] = NodeAnswer.Read(item);
            }
        }

        return answers.OfType<NodeAnswer>().ToArray() is var all && all.Length == calls.Count ? all : throw NotRpc();
    }

    private string Reply(QuorumCall call, NodeAnswer? answer)
    {
        var outcome = answer switch
        {
            { Result: { } result } => $"\"result\":{result}",
            { Error: { } error } => $"\"error\":{error}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"\"error\":{{\"code\":{Disagreement},\"message\":\"The nodes disagree about {call.Method}: no {_quorum} of {_hosts.Count} give the same answer\"}}"),
        };
        return $"{{\"jsonrpc\":\"2.0\",\"id\":{call.Id},{outcome}}}";
    }

    private static JsonException NotRpc() => new("A node gave no answer to each call.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _http.Dispose();
        }

        base.Dispose(disposing);
    }
}
