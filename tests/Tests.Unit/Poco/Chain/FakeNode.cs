using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;

namespace Tests.Unit.Poco.Chain;

/// <summary>
/// A node as far as transactions are concerned: mempool with replacement rules, blocks, receipts, and the faults that real nodes have.
/// It mines when told.
/// </summary>
internal sealed class FakeNode : HttpMessageHandler
{
    private readonly SortedDictionary<ulong, DecodedTransaction> _pool = [];
    private readonly List<(Bytes32 Hash, List<DecodedTransaction> Transactions)> _blocks = [(Keccak256.Hash("genesis"), [])];
    private int _forks;

    /// <summary>Called before (false) and after (true) each request is handled.</summary>
    public Action<bool>? OnRequest { get; set; }

    /// <summary>Mines nothing below this price, in wei.</summary>
    public UInt256 MinimumPrice { get; set; }

    /// <summary>Forgets the next so many transactions right after it took them.</summary>
    public int Drops { get; set; }

    /// <summary>The next estimate or send is answered by this error.</summary>
    public string? EstimateError { get; set; }

    /// <summary>Every send is refused by this error.</summary>
    public string? SendError { get; set; }

    public IEnumerable<DecodedTransaction> Mined => _blocks.SelectMany(block => block.Transactions);

    public ulong Head => (ulong)_blocks.Count - 1;

    public int Sends { get; private set; }

    public EthClient Client() => new(new JsonRpcClient(new HttpClient(this, disposeHandler: false), new Uri("http://node.test")));

    public void Mine()
    {
        lock (_pool)
        {
            var block = new List<DecodedTransaction>();
            while (_pool.TryGetValue(NextNonce(), out var next) && next.Request.Fees.MaxPrice >= MinimumPrice)
            {
                _pool.Remove(next.Request.Nonce);
                block.Add(next);
                _blocks.Add((Keccak256.Hash($"block {_blocks.Count} {_forks}"), block));
                block = [];
            }

            _blocks.Add((Keccak256.Hash($"block {_blocks.Count} {_forks}"), []));
        }
    }

    /// <summary>Puts a transaction of the same key, sent by somebody else, into the pool.</summary>
    public void Inject(SignedTransaction transaction) => _pool[SignedTransaction.Decode(transaction.Raw).Request.Nonce] = SignedTransaction.Decode(transaction.Raw);

    /// <summary>The chain goes back to a block; what was mined after it is forgotten.</summary>
    public void Revert(ulong head)
    {
        lock (_pool)
        {
            _blocks.RemoveRange((int)head + 1, _blocks.Count - (int)head - 1);
            _forks++;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        OnRequest?.Invoke(false);
        JsonNode answer;
        lock (_pool)
        {
            answer = body is JsonArray batch ? new JsonArray([.. batch.Select(call => (JsonNode)Answer(call!))]) : Answer(body);
        }

        OnRequest?.Invoke(true);
        return new HttpResponseMessage { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") };
    }

    private static string Quantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    private JsonObject Answer(JsonNode call)
    {
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone() };
        try
        {
            answer["result"] = Handle(call["method"]!.GetValue<string>(), call["params"]!.AsArray());
        }
        catch (InvalidOperationException e)
        {
            answer["error"] = new JsonObject { ["code"] = e.Message.Contains("revert", StringComparison.Ordinal) ? 3 : -32000, ["message"] = e.Message };
        }

        return answer;
    }

    private JsonNode? Handle(string method, JsonArray arguments) => method switch
    {
        "eth_chainId" => Quantity(65535),
        "eth_blockNumber" => Quantity(Head),
        "eth_gasPrice" => Quantity(1_000),
        "eth_maxPriorityFeePerGas" => Quantity(10),
        "eth_estimateGas" => EstimateError is { } error ? throw new InvalidOperationException(error) : Quantity(50_000),
        "eth_getTransactionCount" => Quantity(arguments[1]!.GetValue<string>() == "pending" ? PendingNonce() : NextNonce()),
        "eth_getBlockByNumber" => Block(arguments[0]!.GetValue<string>()),
        "eth_sendRawTransaction" => Send(arguments[0]!.GetValue<string>()),
        "eth_getTransactionReceipt" => Receipt(Bytes32.Parse(arguments[0]!.GetValue<string>())),
        _ => throw new InvalidOperationException($"{method} is not there"),
    };

    private ulong NextNonce() => (ulong)Mined.Count();

    private ulong PendingNonce()
    {
        var next = NextNonce();
        while (_pool.ContainsKey(next))
        {
            next++;
        }

        return next;
    }

    private string Send(string raw)
    {
        Sends++;
        var transaction = SignedTransaction.Decode(Hex.Decode(raw));
        if (SendError is { } error)
        {
            throw new InvalidOperationException(error);
        }

        if (transaction.Request.Nonce < NextNonce())
        {
            throw new InvalidOperationException(Mined.Any(mined => mined.Hash == transaction.Hash) ? "already known" : "nonce too low");
        }

        if (_pool.TryGetValue(transaction.Request.Nonce, out var before))
        {
            if (before.Hash == transaction.Hash)
            {
                throw new InvalidOperationException("already known");
            }

            if (transaction.Request.Fees.MaxPrice < before.Request.Fees.MaxPrice * 11 / 10)
            {
                throw new InvalidOperationException("replacement transaction underpriced");
            }
        }

        if (Drops > 0)
        {
            Drops--;
        }
        else
        {
            _pool[transaction.Request.Nonce] = transaction;
        }

        return transaction.Hash.ToString();
    }

    private JsonObject? Block(string tag)
    {
        var number = tag == "latest" ? Head : (ulong)UInt256.Parse(tag);
        return number > Head
            ? null
            : new JsonObject
            {
                ["number"] = Quantity(number),
                ["hash"] = _blocks[(int)number].Hash.ToString(),
                ["parentHash"] = (number == 0 ? Bytes32.Zero : _blocks[(int)number - 1].Hash).ToString(),
                ["timestamp"] = Quantity(number),
                ["baseFeePerGas"] = Quantity(1_000),
            };
    }

    private JsonObject? Receipt(Bytes32 hash)
    {
        var number = _blocks.FindIndex(block => block.Transactions.Any(transaction => transaction.Hash == hash));
        return number < 0
            ? null
            : new JsonObject
            {
                ["transactionHash"] = hash.ToString(),
                ["status"] = "0x1",
                ["blockNumber"] = Quantity((ulong)number),
                ["blockHash"] = _blocks[number].Hash.ToString(),
                ["gasUsed"] = Quantity(40_000),
                ["effectiveGasPrice"] = Quantity(1_000),
                ["contractAddress"] = null,
                ["logs"] = new JsonArray(),
            };
    }
}
