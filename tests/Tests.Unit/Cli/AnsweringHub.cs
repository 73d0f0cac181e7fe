using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Tests.Unit.Cli;

/// <summary>A node that answers what a connection asks: the chain id and the hub's configuration.</summary>
internal sealed class AnsweringHub : HttpMessageHandler
{
    private static readonly Address Hub = Address.Parse("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca");

    public ulong ChainId { get; init; } = 65535;

    public bool HasHub { get; init; } = true;

    /// <summary>Takes no transaction; else whoever sent one would wait for its receipt.</summary>
    public bool IsReadOnly { get; init; }

    public List<string> Methods { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        JsonNode reply = asked is JsonArray batch ? new JsonArray([.. batch.Select(call => (JsonNode)Answer(call!.AsObject()))]) : Answer(asked.AsObject());
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(reply.ToJsonString(), Encoding.UTF8, "application/json") };
    }

    private JsonObject Answer(JsonObject call)
    {
        var method = (string)call["method"]!;
        lock (Methods)
        {
            Methods.Add(method);
        }

        if (IsReadOnly && method == "eth_sendRawTransaction")
        {
            var error = new JsonObject { ["code"] = -32000, ["message"] = "insufficient funds for gas" };
            return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone(), ["error"] = error };
        }

        JsonNode? result = method switch
        {
            "eth_getBlockByNumber" => null,
            "eth_getBalance" => "0xde0b6b3a7640000",
            "eth_chainId" => ((UInt256)ChainId).ToQuantity(),
            "eth_call" when !HasHub => "0x",
            "eth_call" => View((string)(call["params"]![0]!["data"] ?? call["params"]![0]!["input"])!),
            _ => "0x0",
        };
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone(), ["result"] = result };
    }

    // domain() is c2fb26a6; the other four views give an address.
    private string View(string data) => data.StartsWith("0xc2fb26a6", StringComparison.Ordinal)
        ? Hex.Encode(new AbiWriter().DynamicTuple(domain => domain.String("iExecODB").String("5.0.0").Uint(ChainId).Address(Hub)).ToArray())
        : Hex.Encode(new AbiWriter().Address(Hub).ToArray());
}
