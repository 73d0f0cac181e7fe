using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Wire.Sms;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Network.Sms;

/// <summary>The commands about secrets against the service. None of them asks the chain anything.</summary>
public sealed class SecretCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new();
    private readonly PrivateKey _owner = TestAddress.Key(1);
    private readonly CliRunner _cli = new() { Network = () => new SocketsHttpHandler() };
    private SmsServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await SmsServer.StartAsync(_hub, _folder);
        await File.WriteAllTextAsync(_cli["chain.json"], $"{{\"chains\":{{\"dev\":{{\"id\":\"65535\",\"sms\":\"{_server.Http.BaseAddress}\"}}}}}}");
        await _cli.OkAsync("wallet", "import", Hex.Encode(_owner.ExportSecret()), "--unencrypted");
    }

    public async Task DisposeAsync()
    {
        _cli.Dispose();
        await _server.DisposeAsync();
        _owner.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_requesters_secret_is_pushed_once_and_seen_by_everybody()
    {
        Assert.Equal("{\"ok\":true,\"isSet\":false,\"name\":\"token\"}", (await _cli.OkAsync("requester", "check-secret", "token")).ToJsonString());
        Assert.Equal("{\"ok\":true,\"isPushed\":true,\"name\":\"token\"}", (await _cli.OkAsync("requester", "push-secret", "token", "--secret-value", "hidden")).ToJsonString());
        Assert.True((bool)(await _cli.OkAsync("requester", "check-secret", "token", _owner.Address.ToString()))["isSet"]!);
        Assert.False((bool)(await _cli.OkAsync("requester", "check-secret", "token", TestAddress.Of(9).ToString()))["isSet"]!);
        Assert.Equal("hidden", await ReadAsync(SecretReference.OfRequester(_owner.Address, "token")));
        var again = (await _cli.FailAsync("requester", "push-secret", "token", "--secret-value", "other"))["error"]!;
        Assert.Equal("SmsCallError", (string)again["name"]!);
        Assert.Contains("already exists", (string)again["message"]!, StringComparison.Ordinal);
        Assert.Equal("a/b is not a valid secret name", (string)(await _cli.FailAsync("requester", "check-secret", "a/b"))["error"]!["message"]!);
        Assert.DoesNotContain("hidden", _server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("standard input")]
    [InlineData("environment")]
    [InlineData("prompt")]
    public async Task A_secret_value_need_not_be_an_argument(string source)
    {
        await File.WriteAllTextAsync(_cli["value"], "two\nlines\n");
        _cli.Input = "two\nlines\n";
        if (source == "environment")
        {
            _cli.Variables["IEXEC_SECRET_VALUE"] = "two\nlines";
        }

        if (source == "prompt")
        {
            _cli.IsTerminal = true;
            _cli.Secrets.Enqueue("two\nlines");
        }

        string[] args = source switch { "file" => ["--secret-value-file", "value"], "standard input" => ["--secret-value-file", "-"], _ => [] };
        var result = await _cli.RunAsync(["requester", "push-secret", "s", .. args, "--raw"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("{\"ok\":true,\"isPushed\":true,\"name\":\"s\"}\n", result.Out);
        Assert.Equal("two\nlines", await ReadAsync(SecretReference.OfRequester(_owner.Address, "s")));
    }

    [Fact]
    public async Task An_apps_secret_is_its_owners()
    {
        var (mine, foreign) = (_hub.CreateApp(_owner.Address, "mine"), _hub.CreateApp(TestAddress.Of(9), "foreign"));
        Assert.Equal("{\"ok\":true}", (await _cli.OkAsync("app", "push-secret", mine.ToString(), "--secret-value", "v")).ToJsonString());
        Assert.Equal("{\"ok\":true,\"isSecretSet\":true}", (await _cli.OkAsync("app", "check-secret", mine.ToString())).ToJsonString());
        var refused = (await _cli.FailAsync("app", "push-secret", foreign.ToString(), "--secret-value", "v"))["error"]!;
        Assert.Contains($"Wallet {_owner.Address} is not allowed to set secret", (string)refused["message"]!, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_cli["deployed.json"], $"{{\"app\":{{\"65535\":\"{foreign}\"}}}}");
        Assert.False((bool)(await _cli.OkAsync("app", "check-secret"))["isSecretSet"]!);
    }

    [Fact]
    public async Task A_datasets_key_is_the_newest_or_a_named_one()
    {
        var (first, second) = (_hub.CreateDataset(_owner.Address, "first"), _hub.CreateDataset(_owner.Address, "second"));
        await _cli.OkAsync("tee", "init");
        await File.WriteAllTextAsync(_cli["datasets/original/a"], "a");
        var key = await File.ReadAllTextAsync((string)(await _cli.OkAsync("dataset", "encrypt"))["encryptedFiles"]![0]!["key"]!);
        await _cli.OkAsync("dataset", "push-secret", first.ToString());
        Assert.Equal(key, await ReadAsync(SecretReference.OfDataset(first)));
        Assert.True((bool)(await _cli.OkAsync("dataset", "check-secret", first.ToString()))["isSecretSet"]!);

        await File.WriteAllTextAsync(_cli["bad"], "abc");
        Assert.Contains("is not a valid encryption key", (string)(await _cli.FailAsync("dataset", "push-secret", second.ToString(), "--secret-path", "bad"))["error"]!["message"]!, StringComparison.Ordinal);
        await _cli.OkAsync("tee", "push-secret", "--dataset", second.ToString(), "--secret-path", ".secrets/datasets/a.key");
        Assert.True((bool)(await _cli.OkAsync("tee", "check-secret", "--dataset", second.ToString()))["isSecretSet"]!);
        await _cli.FailAsync("tee", "check-secret");
    }

    [Fact]
    public async Task The_key_for_results_is_replaced_only_on_demand()
    {
        await WriteKeyAsync();
        Assert.Equal("{\"ok\":true,\"isPushed\":true,\"isUpdated\":false}", (await _cli.OkAsync("result", "push-secret")).ToJsonString());
        var pem = await File.ReadAllTextAsync(_cli[$".secrets/beneficiary/{_owner.Address}_key.pub"]);
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)), await ReadAsync(SecretReference.OfWallet(_owner.Address, "iexec-result-encryption-public-key")));
        Assert.Equal("{\"ok\":true,\"isEncryptionKeySet\":true}", (await _cli.OkAsync("result", "check-secret")).ToJsonString());
        Assert.False((bool)(await _cli.OkAsync("result", "check-encryption-key", TestAddress.Of(9).ToString()))["isEncryptionKeySet"]!);

        await WriteKeyAsync();
        Assert.Contains("--force-update", (string)(await _cli.FailAsync("result", "push-encryption-key"))["error"]!["hint"]!, StringComparison.Ordinal);
        Assert.Equal("{\"ok\":true,\"isPushed\":true,\"isUpdated\":true}", (await _cli.OkAsync("result", "push-encryption-key", "--force-update")).ToJsonString());
    }

    [Fact]
    public async Task A_storage_is_initialized_with_its_token_and_the_default_one_needs_none()
    {
        Assert.Equal("{\"ok\":true,\"isInitialized\":true,\"isUpdated\":false}", (await _cli.OkAsync("storage", "init")).ToJsonString());
        Assert.True((bool)(await _cli.OkAsync("storage", "check"))["isInitialized"]!);
        Assert.False((bool)(await _cli.OkAsync("storage", "check", "dropbox"))["isInitialized"]!);
        Assert.Equal("{\"ok\":true,\"isInitialized\":true,\"isUpdated\":false}", (await _cli.OkAsync("storage", "init", "dropbox", "--token", "t1")).ToJsonString());
        await _cli.FailAsync("storage", "init", "dropbox", "--token", "t2");
        Assert.True((bool)(await _cli.OkAsync("storage", "init", "dropbox", "--token", "t2", "--force-update"))["isUpdated"]!);
        Assert.True((bool)(await _cli.OkAsync("storage", "check", "dropbox", "--user", _owner.Address.ToString()))["isInitialized"]!);
        Assert.Equal(
            "\"s3\" is not a valid storage provider, use one of the supported providers (dropbox, ipfs)", (string)(await _cli.FailAsync("storage", "init", "s3"))["error"]!["message"]!);
    }

    [Fact]
    public async Task A_service_that_is_down_is_named_and_a_missing_one_says_which_key_to_add()
    {
        await _server.DisposeAsync();
        var down = (await _cli.FailAsync("requester", "check-secret", "token"))["error"]!;
        Assert.Equal("SmsCallError", (string)down["name"]!);
        await File.WriteAllTextAsync(_cli["chain.json"], "{\"chains\":{\"dev\":{\"id\":\"65535\"}}}");
        var missing = (await _cli.FailAsync("requester", "check-secret", "token"))["error"]!;
        Assert.Equal("Missing sms in \"chain.json\" for chain 65535", (string)missing["message"]!);
        _server = await SmsServer.StartAsync(_hub, _folder);
    }

    private async Task WriteKeyAsync()
    {
        using var rsa = RSA.Create(2048);
        Directory.CreateDirectory(_cli[".secrets/beneficiary"]);
        await File.WriteAllTextAsync(_cli[$".secrets/beneficiary/{_owner.Address}_key.pub"], rsa.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    private async Task<string> ReadAsync(SecretReference secret) => Encoding.UTF8.GetString((await _server.Secrets.FindAsync(secret, default))!);
}
