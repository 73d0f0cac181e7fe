using System.Text.Json.Nodes;
using Xunit;

namespace Tests.Network.Roles;

/// <summary>What the commands refuse before anything runs, and what they advise.</summary>
public sealed class RefusalTests(RoleChain chain) : IClassFixture<RoleChain>
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    public async Task Plain_http_beyond_loopback_is_refused(string address)
    {
        var error = await FailAsync("serve", "market", "--listen", address, "--port", "0");
        Assert.Contains("Plain HTTP is served on loopback only", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Contains("--behind-proxy", (string)error["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_the_pool_owners_is_refused()
    {
        var error = await FailAsync(Scheduler(chain.Pauper.Keystore, chain.Pauper.PasswordFile));
        Assert.Contains($"belongs to {RoleChain.PoolOwner.Address}", (string)error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_files_that_others_can_read_are_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var open = chain.WriteSecret(
            "open.json", await File.ReadAllTextAsync(chain.Owner.Keystore), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var error = await FailAsync(Scheduler(open, chain.Owner.PasswordFile));
        Assert.Equal($"{open} can be read by other users.", (string)error["message"]!);
        Assert.Equal($"Run: chmod 600 {open}", (string)error["hint"]!);
    }

    [Fact]
    public async Task A_wrong_password_is_said_without_repeating_it()
    {
        var wrong = chain.WriteSecret("wrong.password", "guess\n");
        var error = await FailAsync(Scheduler(chain.Owner.Keystore, wrong));
        Assert.Contains("does not open", (string)error["message"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", error.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_does_not_exist_is_refused()
    {
        string[] arguments = [.. Scheduler(chain.Owner.Keystore, chain.Owner.PasswordFile)];
        arguments[3] = RoleChain.PoolOwner.Address.ToString();
        Assert.Contains("is no workerpool", (string)(await FailAsync(arguments))["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_the_connection_string_of_an_argument_is_refused()
    {
        var error = await FailAsync("serve", "market", "--port", "0", "--store", "Host=db;Username=a;Password=hunter2");
        Assert.Contains("--store-file", (string)error["hint"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_does_not_send_its_token_over_plain_http()
    {
        var error = await FailAsync(
            "worker", "start", "--pool", "http://192.0.2.7:13000", "--keystore", chain.Owner.Keystore, "--password-file", chain.Owner.PasswordFile, "--state", chain.PathOf("worker"));
        Assert.Contains("plain HTTP", (string)error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_project_folder_node_and_hub_are_options()
    {
        var error = await FailAsync("serve", "compass", "--host", chain.Settings.Host!.AbsoluteUri, "--port", "0");
        Assert.Contains("--hub", (string)error["hint"]!, StringComparison.Ordinal);
    }

    private string[] Scheduler(string keystore, string passwordFile) =>
    [
        "serve", "scheduler", "--workerpool", chain.Workerpool.ToString(), "--keystore", keystore, "--password-file", passwordFile,
        "--port", "0", "--result-proxy", "http://127.0.0.1:1", "--state", chain.PathOf("state"),
    ];

    private async Task<JsonNode> FailAsync(params string[] arguments) => (await chain.Cli.FailAsync(arguments))["error"]!;
}
