using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>The rules for what users write, each with the words and the error name of the official client, as a command shows them.</summary>
public sealed class ValidationRuleTests : IDisposable
{
    private const string App = "0x323190D01FaC21d5050D7F7fcDF370e5eB4bd065";
    private const string Providers = "is not a valid storage provider, use one of the supported providers (dropbox, ipfs)";
    private readonly CliRunner _cli = new() { Network = () => new AnsweringHub() };

    public ValidationRuleTests()
    {
        File.WriteAllText(_cli["chain.json"], "{\"chains\":{\"dev\":{\"id\":\"65535\",\"host\":\"http://node\",\"hub\":\"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\",\"iexecGateway\":\"http://market\",\"sms\":\"http://sms\"}}}");
        File.WriteAllText(_cli["wallet.json"], "{\"privateKey\":\"0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\"}");
        File.WriteAllText(_cli["bad.key"], "abc");
    }

    [Theory]
    [InlineData("account deposit 1.5", "1.5 is not a valid amount")]
    [InlineData("account deposit 1e3", "1e3 is not a valid amount")]
    [InlineData("account deposit 1 wei", "1 wei is not a valid amount")]
    [InlineData("account deposit 1 rlc", "1 rlc is not a valid amount")]
    [InlineData("account withdraw 0.0000000001 RLC", "0.0000000001 RLC is not a valid amount")]
    [InlineData("account approve 1,5 " + App, "1,5 is not a valid amount")]
    [InlineData("wallet send-RLC 1.0000000001 --to " + App, "1.0000000001 is not a valid amount")]
    [InlineData("wallet sendRLC 1.5 --to " + App, "1.5 is not a valid amount")]
    [InlineData("wallet send-ether 1 Ether --to " + App, "1 Ether is not a valid amount")]
    [InlineData("wallet send-ether 0x1 --to " + App, "0x1 is not a valid amount")]
    [InlineData("app publish " + App + " --price 1.5", "1.5 is not a valid amount")]
    [InlineData("account show 0x12", "0x12 is not a valid ethereum address")]
    [InlineData("account allowance me", "me is not a valid ethereum address")]
    [InlineData("account revoke " + App + "00", App + "00 is not a valid ethereum address")]
    [InlineData("wallet sweep --to 0xzz3190D01FaC21d5050D7F7fcDF370e5eB4bd065", "0xzz3190D01FaC21d5050D7F7fcDF370e5eB4bd065 is not a valid ethereum address")]
    [InlineData("app transfer 7 --to " + App, "7 is not a valid ethereum address")]
    [InlineData("app publish " + App + " --requester-restrict x", "x is not a valid ethereum address")]
    [InlineData("app check-secret x", "x is not a valid ethereum address")]
    [InlineData("order show --app 0x12", "0x12 is not a bytes32 hexstring")]
    [InlineData("category show 1e3", "1e3 is not a valid uint256")]
    [InlineData("app publish " + App + " --volume 1.5", "1.5 is not a valid uint256")]
    [InlineData("workerpool publish " + App + " --category one", "one is not a valid uint256")]
    [InlineData("workerpool publish " + App + " --trust -1", "-1 is not a valid uint256")]
    [InlineData("app publish " + App + " --tag foo", "foo is not a valid tag. Unknown tag foo")]
    [InlineData("app publish " + App + " --tag tdx", "'tdx' tag must be used with 'tee' tag")]
    [InlineData("app publish " + App + " --tag tee,scone,tdx", "tee framework tags are exclusive ('scone'|'gramine'|'tdx')")]
    [InlineData("app publish " + App + " --tag 0x1", "tag must be bytes32 hex string")]
    [InlineData("app request-execution " + App + " --input-files ipfs://x", "iexec_input_files[0] \"ipfs://x\" is not a valid URL")]
    [InlineData("app request-execution " + App + " --secret 1=a", "iexec_secrets is not supported for non TEE tasks")]
    [InlineData("app request-execution " + App + " --tag tee,tdx --secret 0=a", "iexec_secrets mapping keys must be strictly positive integers")]
    [InlineData("app request-execution " + App + " --storage-provider s3", "iexec_result_storage_provider \"s3\" " + Providers)]
    [InlineData("app request-execution " + App + " --storage-provider dropbox", "iexec_result_storage_provider \"dropbox\" is not supported for non TEE tasks use supported storage provider ipfs")]
    [InlineData("app request-execution " + App + " --params {\"iexec_input_files\":[\"ipfs://x\"]}", "iexec_input_files[0] \"ipfs://x\" is not a valid URL")]
    [InlineData("app request-execution " + App + " --params {\"bulk_cid\":\"zz\"}", "zz is not a valid CID")]
    [InlineData("app run " + App + " --params {\"iexec_arg\":\"x\"}", "Unknown key \"iexec_arg\" in params")]
    [InlineData("app run " + App + " --params {", "{ is not a valid params, must be a json")]
    [InlineData("app run " + App + " --params --help", "--help is not a valid params, must be a json")]
    [InlineData("app request-execution " + App + " --params {\"iexec_args\":\"a\",}", "{\"iexec_args\":\"a\",} is not a valid params, must be a json")]
    [InlineData("order fill --params {iexec_args:1}", "{iexec_args:1} is not a valid params, must be a json")]
    [InlineData("storage init ipfs --token a", "Storage provider \"ipfs\" does not support authentication tokens")]
    [InlineData("app run " + App + " --secret 1=a", "iexec_secrets is not supported for non TEE tasks")]
    [InlineData("app run " + App + " --secret a", "\"a\" is not a valid secret mapping")]
    [InlineData("app run " + App + " --secret 1=a,1=b", "Secret 1 is given twice")]
    [InlineData("storage check s3", "\"s3\" " + Providers)]
    [InlineData("requester push-secret a.b --secret-value v", "a.b is not a valid secret name")]
    [InlineData("dataset push-secret " + App + " --secret-path bad.key", "The secret is not a valid encryption key (must be base64 encoded 256 bits key)")]
    [InlineData("workerpool set-api-url pool.example " + App, "pool.example is not a valid URL")]
    [InlineData("account deposit 5 --confirms 0", "--confirms must be at least 1")]
    public async Task What_is_not_acceptable_is_refused_with_the_official_words(string command, string message)
    {
        var error = (await _cli.FailAsync(command.Split(' ')))["error"]!;
        Assert.Equal(message, (string)error["message"]!);
        Assert.Equal("ValidationError", (string)error["name"]!);
    }

    [Theory]
    [InlineData("0x323190d01fac21d5050d7f7fcdf370e5eb4bd065")]
    [InlineData("323190D01FaC21d5050D7F7fcDF370e5eB4bd065")]
    [InlineData("0x323190D01FaC21d5050D7F7fcDF370e5eB4bD065")]
    [InlineData("0X323190D01FAC21D5050D7F7FCDF370E5EB4BD065")]
    public async Task An_address_is_taken_in_every_spelling(string text)
    {
        var shown = await _cli.OkAsync("wallet", "send-ether", "1", "wei", "--to", text, "--dry-run");
        Assert.Equal(App, (string)shown["transactions"]![0]!["to"]!);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("007", "7")]
    [InlineData("7.", "7")]
    [InlineData("7.0", "7")]
    [InlineData(".5 RLC", "500000000")]
    [InlineData("0.5 RLC", "500000000")]
    [InlineData("1 nRLC", "1")]
    public async Task An_amount_is_taken_as_one_word_or_two(string amount, string nrlc)
    {
        foreach (var words in (string[][])[amount.Split(' '), [amount]])
        {
            var shown = await _cli.OkAsync(["wallet", "sendRLC", .. words, "--to", App, "--dry-run"]);
            Assert.EndsWith($"({nrlc} nRLC) to {App}", (string)shown["transactions"]![0]!["purpose"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_not_sent()
    {
        Assert.Equal("The amount must be greater than 0", (string)(await _cli.FailAsync("wallet", "send-RLC", "0", "--to", App, "--force"))["error"]!["message"]!);
        Assert.Equal("The amount must be greater than 0", (string)(await _cli.FailAsync("account", "deposit", "0"))["error"]!["message"]!);
    }

    public void Dispose() => _cli.Dispose();
}
