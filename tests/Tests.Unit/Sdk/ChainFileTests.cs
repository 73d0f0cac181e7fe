using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class ChainFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-chain-").FullName;

    [Theory]
    [InlineData("\"id\": \"65535\", \"sms\": \"http://127.0.0.1:5000\"")]
    [InlineData("\"id\": 65535, \"sms\": {\"scone\": \"http://127.0.0.1:5000\", \"gramine\": \"http://127.0.0.1:5001\"}")]
    [InlineData("\"id\": \"65535\", \"sms\": \"http://127.0.0.1:5000\", \"native\": false, \"useGas\": true, \"flavour\": \"standard\", \"bridge\": {\"contract\": \"0x1e32aFA55854B6c015D284E3ccA9aA5a463A1418\", \"bridgedChainName\": \"x\"}, \"ensRegistry\": \"\", \"voucherHub\": \"\", \"voucherSubgraph\": \"\", \"defaultTeeFramework\": \"scone\"")]
    public void The_files_of_every_generation_are_read(string members)
    {
        var chain = Resolve($"{{\"default\": \"dev\", \"providers\": {{\"infura\": \"x\"}}, \"chains\": {{\"dev\": {{{members}, \"host\": \"http://localhost:8545\", \"hub\": \"c129e7917b7c7dedfaa5fff1fb18d5d7050fe8ca\"}}}}}}");
        Assert.Equal(65535ul, chain.Id);
        Assert.Equal("http://127.0.0.1:5000/", chain.Sms!.AbsoluteUri);
        Assert.Equal("0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca", chain.RequireHub().ToString());
    }

    [Theory]
    [InlineData("{\n  \"default\": \"a\",\n  \"chain\": {}\n}", "Unknown key \"chain\" in chain.json (line 3)")]
    [InlineData("{\n  \"default\": \"a\",\n  \"chains\": {\n    \"a\": { \"id\": 1 },\n    \"b\": { \"hubb\": \"0x0\" }\n  }\n}", "Unknown key \"hubb\" in chain.json (line 5)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {\n      \"id\": \"1\",\n      \"hosts\": \"http://x\"\n    }\n  }\n}", "Unknown key \"hosts\" in chain.json (line 5)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {\n      \"id\": \"0x1\"\n    }\n  }\n}", "\"0x1\" is not a valid chain id in chain.json (line 4)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {\n      \"id\": 1.5\n    }\n  }\n}", "1.5 is not a valid chain id in chain.json (line 4)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {\n      \"id\": \"1\",\n      \"host\": \"ftp://x\"\n    }\n  }\n}", "host must be an http(s) URL, not \"ftp://x\" in chain.json (line 5)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {\n      \"id\": \"1\",\n      \"sms\": {\n        \"scone\": 7\n      }\n    }\n  }\n}", "scone must be an http(s) URL, not 7 in chain.json (line 6)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {\n      \"id\": \"1\",\n      \"hub\": \"0x12\"\n    }\n  }\n}", "\"0x12\" is not a valid ethereum address in chain.json (line 5)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": 7\n  }\n}", "chains.a must be an object in chain.json (line 3)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {}\n  }\n}", "Missing id of chain \"a\" in chain.json (line 3)")]
    [InlineData("{\n  \"chains\": {\n    \"a\": {},\n    \"b\": {}\n  }\n}", "Missing \"default\" chain in chain.json (line 1)")]
    [InlineData("{\n  \"default\": 7,\n  \"chains\": {}\n}", "default must be a text in chain.json (line 2)")]
    [InlineData("{\n  \"default\": \"zz\",\n  \"chains\": {}\n}", "Missing \"zz\" chain in \"chain.json\"")]
    [InlineData("{}", "chains is a required field in chain.json (line 1)")]
    public void What_is_wrong_is_named_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<IexecException>(() => Resolve(text)).Message);

    [Theory]
    [InlineData("\"http://a\"", "", 1, 1)]
    [InlineData("[\"http://a\"]", "", 1, 1)]
    [InlineData("[\"http://a\", \"http://b\"]", "", 2, 2)]
    [InlineData("[\"http://a\", \"http://b\", \"http://c\"]", "", 3, 2)]
    [InlineData("[\"http://a\", \"http://b\", \"http://c\"]", ", \"quorum\": 3", 3, 3)]
    [InlineData("[\"http://a\", \"http://b\", \"http://c\"]", ", \"quorum\": \"1\"", 3, 1)]
    public void Several_hosts_have_to_agree_more_than_half_of_them_unless_a_quorum_is_given(string host, string quorum, int hosts, int expected)
    {
        var chain = Resolve($"{{\"chains\": {{\"a\": {{\"id\": 7, \"host\": {host}{quorum}}}}}}}");
        Assert.Equal("http://a/", chain.RequireHost().AbsoluteUri);
        Assert.Equal(hosts - 1, chain.OtherHosts.Count);
        Assert.Equal(expected, chain.Quorum);
    }

    [Theory]
    [InlineData("[]", "", "host must name at least one node in chain.json (line 1)")]
    [InlineData("[\"http://a\", 7]", "", "host must be an http(s) URL, not 7 in chain.json (line 1)")]
    [InlineData("[\"http://a\", \"http://a/\"]", "", "host names http://a twice in chain.json (line 1)")]
    [InlineData("[\"http://a\", \"http://b\"]", ", \"quorum\": 3", "quorum must be a number from 1 to 2, as many nodes as \"host\" names in chain.json (line 1)")]
    [InlineData("\"http://a\"", ", \"quorum\": 0", "quorum must be a number from 1 to 1, as many nodes as \"host\" names in chain.json (line 1)")]
    public void Hosts_that_cannot_agree_are_refused(string host, string quorum, string message) =>
        Assert.Equal(message, Assert.Throws<IexecException>(() => Resolve($"{{\"chains\": {{\"a\": {{\"id\": 7, \"host\": {host}{quorum}}}}}}}")).Message);

    [Fact]
    public void Providers_run_nodes_of_public_chains_and_their_quorum_counts_them()
    {
        const string Providers = "\"providers\": {\"alchemy\": \"KEY\", \"etherscan\": \"E\", \"infura\": {\"projectId\": \"ID\", \"projectSecret\": \"S\"}, \"quorum\": 2}";
        var chain = Resolve($"{{{Providers}, \"chains\": {{\"arbitrum-mainnet\": {{}}}}}}");
        Assert.Equal("https://arbitrum-mainnet.infura.io/v3/ID", chain.RequireHost().AbsoluteUri);
        Assert.Equal(["https://arb-mainnet.g.alchemy.com/v2/KEY", "https://arb1.arbitrum.io/rpc"], chain.OtherHosts.Select(host => host.AbsoluteUri));
        Assert.Equal(2, chain.Quorum);
        Assert.Equal(1, Resolve($"{{{Providers}, \"chains\": {{\"arbitrum-mainnet\": {{\"host\": \"http://a\"}}}}}}").Quorum);
        Assert.Equal(
            "Unknown key \"infra\" in chain.json (line 1)", Assert.Throws<IexecException>(() => Resolve("{\"providers\": {\"infra\": \"x\"}, \"chains\": {\"mainnet\": {}}}")).Message);
    }

    [Theory]
    [InlineData("arbitrum-mainnet")]
    [InlineData("42161")]
    public void A_public_network_needs_only_its_name(string wanted)
    {
        var chain = Resolve("{\"default\": \"dev\", \"chains\": {\"arbitrum-mainnet\": {}}}", wanted);
        Assert.Equal(42161ul, chain.Id);
        Assert.Equal("0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0", chain.RequireHub().ToString());
        Assert.True(chain.IsDefaultHost);
        Assert.NotNull(chain.IexecGateway);
    }

    [Fact]
    public void What_the_file_says_goes_before_the_known_default()
    {
        var chain = Resolve("{\"chains\": {\"bellecour\": {\"host\": \"http://127.0.0.1:1\"}}}", "134");
        Assert.Equal("http://127.0.0.1:1/", chain.RequireHost().AbsoluteUri);
        Assert.False(chain.IsDefaultHost);
    }

    [Fact]
    public void A_chain_is_also_found_by_the_id_in_the_file() =>
        Assert.Equal("side", Resolve("{\"default\": \"x\", \"chains\": {\"x\": {\"id\": 1}, \"side\": {\"id\": 123456}}}", "123456").Name);

    [Fact]
    public void A_missing_endpoint_says_which_key_to_add()
    {
        var chain = Resolve("{\"chains\": {\"a\": {\"id\": \"7\"}}}");
        var error = Assert.Throws<IexecException>(() => chain.RequireHost());
        Assert.Equal("Missing RPC host, no \"host\" key in \"chain.json\" and no default value for chain 7", error.Message);
        Assert.Equal("Add \"host\" to chains.a in chain.json.", error.Hint);
        Assert.Contains("missing hubAddress key", Assert.Throws<IexecException>(() => chain.RequireHub()).Message, StringComparison.Ordinal);
        Assert.Equal("Missing iexecGateway in \"chain.json\" for chain 7", Assert.Throws<IexecException>(() => chain.RequireIexecGateway()).Message);
    }

    private ChainSettings Resolve(string text, string? wanted = null)
    {
        var file = new JsonFile(Path.Combine(_folder, "chain.json"));
        File.WriteAllText(file.Path, text);
        return ChainFile.Read(file).Resolve(wanted);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
