using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class ResultCommandTests : IDisposable
{
    private const string Key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string Beneficiary = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task Keys_are_made_used_and_put_aside_for_new_ones()
    {
        await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        Directory.CreateDirectory(_cli[".secrets/beneficiary"]);
        await File.WriteAllTextAsync(_cli[$".secrets/beneficiary/{Beneficiary}_key"], "former");
        Assert.Contains("--force", (string)(await _cli.FailAsync("result", "generate-encryption-keypair"))["error"]!["hint"]!, StringComparison.Ordinal);
        var made = await _cli.OkAsync("result", "generate-keys", "--force");
        Assert.Equal("former", await File.ReadAllTextAsync(Directory.GetFiles(_cli[".secrets/beneficiary"], "*.bak").Single()));
        Assert.Equal(["ok", "secretPath", "privateKeyFile", "publicKeyFile"], made.Select(member => member.Key));
        Assert.Equal($"{Beneficiary}_key.pub", (string)made["publicKeyFile"]!);
        var publicPem = await File.ReadAllTextAsync(_cli[$".secrets/beneficiary/{Beneficiary}_key.pub"]);
        var privateFile = _cli[$".secrets/beneficiary/{Beneficiary}_key"];
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", publicPem, StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", await File.ReadAllTextAsync(privateFile), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(privateFile));
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(publicPem);
        Assert.Equal(4096, rsa.KeySize);
        await WriteResultAsync(rsa);
        Assert.Equal(_cli["results.zip"], (string)(await _cli.OkAsync("result", "decrypt"))["resultsPath"]!);
        Assert.Equal(Inner(), await File.ReadAllBytesAsync(_cli["results.zip"]));
        Assert.Contains("--force", (string)(await _cli.FailAsync("result", "decrypt"))["error"]!["hint"]!, StringComparison.Ordinal);
        await _cli.OkAsync("tee", "decrypt-results", "--force");

        await _cli.OkAsync("tee", "init");
        File.Move(_cli["encryptedResults.zip"], _cli["tee/encryptedOutputs/mine.zip"]);
        await _cli.OkAsync("tee", "decrypt");
        Assert.Equal(Inner(), await File.ReadAllBytesAsync(_cli["tee/outputs/mine.zip"]));

        using var other = RSA.Create(2048);
        await File.WriteAllTextAsync(privateFile, other.ExportPkcs8PrivateKeyPem());
        var wrong = (await _cli.FailAsync("result", "decrypt", "tee/encryptedOutputs/mine.zip", "--output", "mine.zip"))["error"]!;
        Assert.Equal("Failed to decrypt results key with beneficiary key", (string)wrong["message"]!);
        Assert.Empty(Directory.GetFiles(_cli.Folder, "mine.zip*"));
    }

    [Fact]
    public async Task Missing_and_broken_keys_and_archives_are_named()
    {
        await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        Assert.Equal($"Missing \"{Beneficiary}_key\" file", (string)(await _cli.FailAsync("result", "decrypt"))["error"]!["message"]!);
        File.WriteAllText(_cli["key"], "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n");
        var broken = (await _cli.FailAsync("result", "decrypt", "--beneficiary-keystoredir", ".", "--beneficiary-key-file", "key"))["error"]!;
        Assert.StartsWith("Invalid beneficiary key", (string)broken["message"]!, StringComparison.Ordinal);
        using var rsa = RSA.Create(2048);
        File.WriteAllText(_cli["key"], rsa.ExportRSAPrivateKeyPem());
        var missing = (await _cli.FailAsync("result", "decrypt", "nowhere.zip", "--beneficiary-keystoredir", ".", "--beneficiary-key-file", "key"))["error"]!;
        Assert.Equal("There is no file \"nowhere.zip\"", (string)missing["message"]!);
    }

    [Fact]
    public async Task A_private_key_is_never_pushed()
    {
        await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        File.WriteAllText(_cli["chain.json"], "{\"chains\":{\"dev\":{\"id\":\"1337\",\"sms\":\"http://127.0.0.1:1\"}}}");
        using var rsa = RSA.Create(2048);
        File.WriteAllText(_cli["key"], rsa.ExportPkcs8PrivateKeyPem());
        Assert.Equal("\"key\" is the private key", (string)(await _cli.FailAsync("result", "push-encryption-key", "--secret-path", "key"))["error"]!["message"]!);
    }

    private async Task WriteResultAsync(RSA rsa)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var aes = Aes.Create();
        aes.Key = key;
        await using var zip = new ZipArchive(File.Create(_cli["encryptedResults.zip"]), ZipArchiveMode.Create);
        using (var entry = zip.CreateEntry("aes-key.rsa").Open())
        {
            entry.Write(rsa.Encrypt(key, RSAEncryptionPadding.Pkcs1));
        }

        using (var entry = zip.CreateEntry("iexec_out.zip.aes").Open())
        {
            entry.Write([.. aes.IV, .. aes.EncryptCbc(Inner(), aes.IV)]);
        }
    }

    private static byte[] Inner() => [.. "PK"u8, .. Encoding.UTF8.GetBytes(new string('x', 5000))];

    public void Dispose() => _cli.Dispose();
}
