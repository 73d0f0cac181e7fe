using System.Text;
using System.Text.Json;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>Four valid files, damaged at random: an error in words, exit code 1, and the files as they were; never a stack trace, never half a file.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private const int Rounds = 150;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["chain.json"] = "{\n  \"default\": \"dev\",\n  \"chains\": {\n    \"dev\": {\n      \"id\": \"65535\",\n      \"host\": \"http://127.0.0.1:8545\",\n      \"hub\": \"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\",\n      \"iexecGateway\": \"http://127.0.0.1:3000\"\n    }\n  }\n}\n",
        ["iexec.json"] = "{\n  \"app\": {\n    \"owner\": \"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\",\n    \"name\": \"hello\",\n    \"type\": \"DOCKER\",\n    \"multiaddr\": \"a/b:c\",\n    \"checksum\": \"0xb0b664b7a6d249f81c067a9262b1763144eeb3ca63e553567f71673442ce9e84\"\n  },\n  \"order\": {\n    \"apporder\": {}\n  }\n}\n",
        ["deployed.json"] = "{\n  \"app\": {\n    \"65535\": \"0x44e47D75B156e970c497a9f8461aB92abdE3a710\"\n  }\n}\n",
        ["orders.json"] = "{\n  \"65535\": {\n    \"apporder\": {\n      \"app\": \"0x44e47D75B156e970c497a9f8461aB92abdE3a710\",\n      \"appprice\": \"0\",\n      \"volume\": \"1\",\n      \"tag\": \"0x0000000000000000000000000000000000000000000000000000000000000000\",\n      \"datasetrestrict\": \"0x0000000000000000000000000000000000000000\",\n      \"workerpoolrestrict\": \"0x0000000000000000000000000000000000000000\",\n      \"requesterrestrict\": \"0x0000000000000000000000000000000000000000\",\n      \"salt\": \"0x1111111111111111111111111111111111111111111111111111111111111111\",\n      \"sign\": \"0x\"\n    }\n  }\n}\n",
    };

    private readonly CliRunner _cli = new();

    [Theory]
    [InlineData("chain.json", "app", "deploy")]
    [InlineData("iexec.json", "app", "deploy")]
    [InlineData("deployed.json", "app", "show")]
    [InlineData("orders.json", "order", "publish", "--app")]
    public async Task A_damaged_file_never_does_more_than_fail(string name, params string[] command)
    {
        await _cli.OkAsync("wallet", "import", "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "--unencrypted");
        var random = new Random(20191113);
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = Damage(Encoding.UTF8.GetBytes(Files[name]), random);
            await CheckAsync(name, damaged, command);
        }
    }

    [Theory]
    [InlineData("chain.json")]
    [InlineData("iexec.json")]
    [InlineData("deployed.json")]
    public async Task A_command_that_writes_refuses_a_file_that_is_not_json(string name)
    {
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = Damage(Encoding.UTF8.GetBytes(Files[name]), random);
            WriteAll();
            File.WriteAllBytes(_cli[name], damaged);
            var result = await _cli.RunAsync("order", "init", "--app", "--raw");
            Assert.DoesNotContain("defect", result.Error, StringComparison.Ordinal);
            if (!IsObject(damaged))
            {
                Assert.Equal(1, result.ExitCode);
                Assert.Equal(damaged, File.ReadAllBytes(_cli[name]));
            }

            Assert.True(name == "iexec.json" || IsObject(File.ReadAllBytes(_cli["iexec.json"])));
            Assert.Empty(Directory.EnumerateFiles(_cli.Folder, ".*"));
        }
    }

    private async Task CheckAsync(string name, byte[] damaged, string[] command)
    {
        WriteAll();
        File.WriteAllBytes(_cli[name], damaged);
        var result = await _cli.RunAsync([.. command, "--raw"]);
        var seen = $"{Encoding.UTF8.GetString(damaged)}\n→ {result}";
        Assert.True(result.ExitCode == 1, seen);
        Assert.True(result.Out.Length == 0, seen);
        Assert.True(!result.Error.Contains("defect", StringComparison.Ordinal) && !result.Error.Contains("   at ", StringComparison.Ordinal), seen);
        Assert.False((bool)result.ReadError()["ok"]!);
        Assert.Equal(damaged, File.ReadAllBytes(_cli[name]));
        Assert.Empty(Directory.EnumerateFiles(_cli.Folder, ".*"));
    }

    private void WriteAll()
    {
        foreach (var (name, text) in Files)
        {
            File.WriteAllText(_cli[name], text);
        }
    }

    private static byte[] Damage(byte[] text, Random random)
    {
        var bytes = text.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 1; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, random.Next(bytes.Count - at)); break;
                case 2: bytes.Insert(at, "{}[]\",:0n\\"u8[random.Next(10)]); break;
                case 3: bytes.RemoveAt(at); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(30, bytes.Count - at))); break;
            }
        }

        return [.. bytes];
    }

    private static bool IsObject(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public void Dispose() => _cli.Dispose();
}
