using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>The ways that a secret can take into a command, shown with a private key.</summary>
public sealed class SecretInputTests : IDisposable
{
    private const string Key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string KeyAddress = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private readonly CliRunner _cli = new();

    [Theory]
    [InlineData("argument")]
    [InlineData("option")]
    [InlineData("file")]
    [InlineData("standard input as argument")]
    [InlineData("standard input as file")]
    [InlineData("environment")]
    [InlineData("prompt")]
    public async Task A_private_key_comes_from(string source)
    {
        File.WriteAllText(_cli["key"], Key + "\r\n");
        _cli.Input = Key + "\n";
        if (source == "environment")
        {
            _cli.Variables["IEXEC_PRIVATE_KEY"] = Key;
        }

        if (source == "prompt")
        {
            _cli.IsTerminal = true;
            _cli.Secrets.Enqueue(Key);
        }

        string[] args = source switch
        {
            "argument" => [Key],
            "option" => ["--private-key", Key],
            "file" => ["--private-key-file", "key"],
            "standard input as argument" => ["-"],
            "standard input as file" => ["--private-key-file", "-"],
            _ => [],
        };
        var result = await _cli.RunAsync(["wallet", "import", .. args, "--unencrypted", "--raw"]);
        Assert.Equal(KeyAddress, (string)result.ReadOut()["address"]!);
        Assert.DoesNotContain(Key[2..], result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_source_they_are_all_named()
    {
        var error = (await _cli.FailAsync("wallet", "import"))["error"]!;
        Assert.Equal("A private key is needed and there is no terminal to ask for it", (string)error["message"]!);
        Assert.Equal("Use --private-key-file <file> (- for standard input), IEXEC_PRIVATE_KEY, or --private-key.", (string)error["hint"]!);
        Assert.Contains("cannot be read", (string)(await _cli.FailAsync("wallet", "import", "--private-key-file", "missing"))["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_gives_one_secret_only()
    {
        _cli.Input = Key + "\nsecret\n";
        var error = (await _cli.FailAsync("wallet", "import", "-", "--password-file", "-"))["error"]!;
        Assert.Equal("Standard input cannot give both the private key and the password", (string)error["message"]!);
    }

    public void Dispose() => _cli.Dispose();
}
