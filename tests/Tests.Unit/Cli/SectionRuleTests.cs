using System.Text.Json.Nodes;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>The rules for the members of <c>iexec.json</c> and <c>orders.json</c>: each is broken once, and the command says which one, where, and does nothing.</summary>
public sealed class SectionRuleTests : IDisposable
{
    private const string TooMany = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
    private readonly CliRunner _cli = new();
    private readonly AnsweringHub _hub = new();

    public SectionRuleTests()
    {
        _cli.Network = () => _hub;
        File.WriteAllText(_cli["chain.json"], $"{{\"chains\":{{\"dev\":{{\"id\":\"65535\",\"host\":\"http://node\",\"hub\":\"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\",\"iexecGateway\":\"http://market\",\"sms\":\"http://sms\"}}}}}}");
        File.WriteAllText(_cli["iexec.json"], "{}");
        File.WriteAllText(_cli["wallet.json"], "{\"privateKey\":\"0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\"}");
    }

    [Theory]
    [InlineData("app", "owner", null, "owner is a required field")]
    [InlineData("app", "owner", "\"0x12\"", "0x12 is not a valid ethereum address")]
    [InlineData("app", "owner", "5", "owner must be a text")]
    [InlineData("app", "name", null, "name is a required field")]
    [InlineData("app", "type", null, "type is a required field")]
    [InlineData("app", "type", "\"VM\"", "VM is not a valid type")]
    [InlineData("app", "type", "\"docker\"", "docker is not a valid type")]
    [InlineData("app", "multiaddr", null, "multiaddr is a required field")]
    [InlineData("app", "checksum", null, "checksum is a required field")]
    [InlineData("app", "checksum", "\"0x12\"", "0x12 is not a bytes32 hexstring")]
    [InlineData("dataset", "owner", "\"me\"", "me is not a valid ethereum address")]
    [InlineData("dataset", "name", null, "name is a required field")]
    [InlineData("dataset", "multiaddr", null, "multiaddr is a required field")]
    [InlineData("dataset", "multiaddr", "[]", "multiaddr must be a text")]
    [InlineData("dataset", "checksum", "\"12\"", "12 is not a bytes32 hexstring")]
    [InlineData("workerpool", "owner", null, "owner is a required field")]
    [InlineData("workerpool", "description", null, "description is a required field")]
    [InlineData("workerpool", "description", "7", "description must be a text")]
    [InlineData("category", "name", null, "name is a required field")]
    [InlineData("category", "description", null, "description is a required field")]
    [InlineData("category", "workClockTimeRef", null, "workClockTimeRef is a required field")]
    [InlineData("category", "workClockTimeRef", "\"-1\"", "-1 is not a valid uint256")]
    [InlineData("category", "workClockTimeRef", "1.5", "1.5 is not a valid uint256")]
    public async Task A_section_with_a_fault_is_not_sent(string section, string member, string? value, string message)
    {
        await _cli.OkAsync(section, "init");
        await BreakAsync([section, member], value, message, section, section == "category" ? "create" : "deploy");
    }

    [Theory]
    [InlineData("app", "app", null, "app is a required field")]
    [InlineData("app", "app", "\"0x12\"", "0x12 is not a valid ethereum address")]
    [InlineData("app", "appprice", "\"1.5\"", "1.5 is not a valid amount")]
    [InlineData("app", "appprice", "\"1 eth\"", "1 eth is not a valid amount")]
    [InlineData("app", "volume", null, "volume is a required field")]
    [InlineData("app", "volume", "-1", "-1 is not a valid uint256")]
    [InlineData("app", "volume", "\"" + TooMany + "\"", TooMany + " is not a valid uint256")]
    [InlineData("app", "tag", "[\"foo\"]", "foo is not a valid tag. Unknown tag foo")]
    [InlineData("app", "tag", "[\"tdx\"]", "'tdx' tag must be used with 'tee' tag")]
    [InlineData("app", "tag", "[\"tee\",\"scone\",\"gramine\"]", "tee framework tags are exclusive ('scone'|'gramine'|'tdx')")]
    [InlineData("app", "tag", "\"0x1\"", "tag must be bytes32 hex string")]
    [InlineData("app", "workerpoolrestrict", "\"any\"", "any is not a valid ethereum address")]
    [InlineData("dataset", "dataset", null, "dataset is a required field")]
    [InlineData("dataset", "datasetprice", "\"-1\"", "-1 is not a valid amount")]
    [InlineData("dataset", "apprestrict", null, "apprestrict is a required field")]
    [InlineData("workerpool", "workerpoolprice", "\"1e3\"", "1e3 is not a valid amount")]
    [InlineData("workerpool", "category", "\"XL\"", "XL is not a valid uint256")]
    [InlineData("workerpool", "trust", "\"0x1\"", "0x1 is not a valid uint256")]
    [InlineData("request", "workerpoolmaxprice", "\"1  RLC\"", "1  RLC is not a valid amount")]
    [InlineData("request", "appmaxprice", "\"1 2 3\"", "1 2 3 is not a valid amount")]
    [InlineData("request", "beneficiary", "\"me\"", "me is not a valid ethereum address")]
    [InlineData("request", "callback", null, "callback is a required field")]
    [InlineData("request", "category", "1.5", "1.5 is not a valid uint256")]
    [InlineData("request", "params", "7", "params must be a string")]
    [InlineData("request", "params", null, "params is a required field")]
    public async Task A_draft_with_a_fault_is_not_signed(string kind, string member, string? value, string message)
    {
        await _cli.OkAsync("workerpool", "init");
        await _cli.OkAsync("order", "init", "--" + kind);
        await BreakAsync(["order", kind + "order", member], value, message, "order", "sign", "--" + kind);
        Assert.False(File.Exists(_cli["orders.json"]));
    }

    [Theory]
    [InlineData("sign", null, "sign is a required field")]
    [InlineData("sign", "\"none\"", "none is not a valid signature")]
    [InlineData("salt", null, "salt is a required field")]
    [InlineData("salt", "\"0x1\"", "0x1 is not a bytes32 hexstring")]
    [InlineData("appprice", "\"1 RLC\"", "1 RLC is not a valid uint256")]
    [InlineData("app", "\"0x12\"", "0x12 is not a valid ethereum address")]
    public async Task A_signed_order_with_a_fault_is_not_published(string member, string? value, string message)
    {
        var order = (await _cli.OkAsync("order", "init", "--app"))["apporder"]!.DeepClone().AsObject();
        order["salt"] = "0x" + new string('1', 64);
        order["sign"] = "0x";
        File.WriteAllText(_cli["orders.json"], new JsonObject { ["65535"] = new JsonObject { ["apporder"] = order } }.ToJsonString());
        var error = await RefuseAsync("orders.json", ["65535", "apporder", member], value, "order", "publish", "--app", "--force");
        Assert.Equal($"{message} in orders.json (line 1)", (string)error["message"]!);
        Assert.Equal("Sign it again: iexec order sign --app", (string)error["hint"]!);
    }

    private async Task BreakAsync(string[] path, string? value, string message, params string[] command)
    {
        var error = await RefuseAsync("iexec.json", path, value, command);
        Assert.StartsWith($"{message} in iexec.json (line ", (string)error["message"]!, StringComparison.Ordinal);
    }

    private async Task<JsonNode> RefuseAsync(string file, string[] path, string? value, params string[] command)
    {
        var root = JsonNode.Parse(File.ReadAllText(_cli[file]))!;
        var parent = path[..^1].Aggregate(root, (node, name) => node[name]!).AsObject();
        parent.Remove(path[^1]);
        if (value is not null)
        {
            parent[path[^1]] = JsonNode.Parse(value);
        }

        var written = root.ToJsonString();
        File.WriteAllText(_cli[file], written);
        var error = (await _cli.FailAsync(command))["error"]!;
        Assert.Equal("ValidationError", (string)error["name"]!);
        Assert.DoesNotContain("eth_sendRawTransaction", _hub.Methods);
        Assert.Equal(written, File.ReadAllText(_cli[file]));
        return error;
    }

    public void Dispose() => _cli.Dispose();
}
