using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Wallets;
using Iexec.Testing.Cli;
using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Formats;

/// <summary>Files of the official client and of ours, without a network: where nothing is random they are the same bytes, and each client opens the other's.</summary>
public sealed partial class FormatTests : IAsyncLifetime, IDisposable
{
    private const string Password = "pässword";
    private static readonly string Secret = "0x" + new string('1', 64);

    private readonly CliRunner _ours = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-formats-").FullName;
    private readonly ClientProject _theirs;

    public FormatTests() => _theirs = new ClientProject(OfficialClient.Nine, _folder);

    public async Task InitializeAsync()
    {
        await _theirs.DoAsync("init --skip-wallet");
        await _theirs.DoAsync("wallet import --unencrypted", Secret);
        await _ours.OkAsync("wallet", "import", Secret, "--unencrypted");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _ours.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_wallet_in_clear_is_the_same_file() =>
        Assert.Equal(File.ReadAllBytes(_theirs["wallet.json"]), File.ReadAllBytes(_ours["wallet.json"]));

    [Fact]
    public async Task An_encrypted_wallet_has_one_form_and_opens_in_either_client()
    {
        var made = (string)(await _theirs.DoAsync("wallet import --keystoredir local --password", Password, Secret))["fileName"]!;
        using (var key = WalletFile.Open(_theirs[made]).Unlock(Password))
        {
            Assert.Equal(Secret, Hex.Encode(key.ExportSecret()));
        }

        var own = (string)(await _ours.OkAsync("wallet", "import", Secret, "--keystoredir", "local", "--password", Password))["fileName"]!;
        Assert.Equal(Shape(made), Shape(own));
        Assert.Equal(Shape(await File.ReadAllTextAsync(_theirs[made])), Shape(await File.ReadAllTextAsync(_ours[own])));
        var opened = await OfficialClient.Nine.RunScriptAsync(_folder, _folder, "keystore.mjs", _ours[own], Password);
        Assert.True(opened.ExitCode == 0, opened.ToString());
        Assert.Equal(Secret, (string)JsonNode.Parse(opened.Out)!["privateKey"]!);
    }

    [Fact]
    public async Task A_dataset_under_the_same_key_and_vector_is_the_same_file()
    {
        var plain = new byte[100_001];
        new Random(5).NextBytes(plain);
        await _theirs.DoAsync("dataset init --encrypted");
        await File.WriteAllBytesAsync(_theirs["datasets/original/data.bin"], plain);
        var made = (await _theirs.DoAsync("dataset encrypt"))["encryptedFiles"]![0]!;
        var encrypted = await File.ReadAllBytesAsync(_theirs["datasets/encrypted/data.bin.enc"]);
        var key = DatasetKey.Parse(await File.ReadAllTextAsync(_theirs[".secrets/datasets/data.bin.key"]));
        using var own = new MemoryStream();
        var checksum = await DatasetCipher.EncryptAsync(new MemoryStream(plain), own, key, new Given(encrypted[..16]), null, default);
        Assert.Equal(encrypted, own.ToArray());
        Assert.Equal((string)made["checksum"]!, checksum.ToString());

        await _ours.OkAsync("init", "--skip-wallet");
        await _ours.OkAsync("dataset", "init", "--encrypted");
        await File.WriteAllBytesAsync(_ours["datasets/original/data.bin"], plain);
        await _ours.OkAsync("dataset", "encrypt");
        foreach (var file in (string[])[".secrets/datasets/data.bin.key", ".secrets/datasets/dataset.key"])
        {
            Assert.Equal(new FileInfo(_theirs[file]).Length, new FileInfo(_ours[file]).Length);
        }

        Assert.Equal(encrypted.Length, new FileInfo(_ours["datasets/encrypted/data.bin.enc"]).Length);
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(16, true)]
    [InlineData(32, true)]
    [InlineData(16, false)]
    public async Task A_result_of_every_generation_is_decrypted_by_both_with_the_keys_of_either(int keyBytes, bool isKeyInBase64)
    {
        await _theirs.DoAsync("result generate-encryption-keypair --force");
        await _ours.OkAsync("result", "generate-encryption-keypair", "--force");
        var name = $".secrets/beneficiary/{_theirs.Wallet}_key";
        foreach (var file in (string[])[name, name + ".pub"])
        {
            var (theirs, own) = (await File.ReadAllTextAsync(_theirs[file]), await File.ReadAllTextAsync(_ours[file]));
            // The numbers inside differ by a byte at most, and so does the last line.
            Assert.Equal(Lines(theirs), Lines(own));
        }

        var plain = Zip();
        var generation = new SealedResult(keyBytes, isKeyInBase64);
        foreach (var keys in (string[])[_theirs[name], _ours[name]])
        {
            File.Delete(_theirs["encryptedResults.zip"]);
            await generation.WriteAsync(_theirs["encryptedResults.zip"], plain, await File.ReadAllTextAsync(keys + ".pub"));
            File.Copy(_theirs["encryptedResults.zip"], _ours["encryptedResults.zip"], overwrite: true);
            var pem = await File.ReadAllTextAsync(keys);
            await File.WriteAllTextAsync(_theirs[name], pem);
            await _theirs.DoAsync("result decrypt --force");
            Assert.Equal(plain, await File.ReadAllBytesAsync(_theirs["results.zip"]));

            await using var archive = File.OpenRead(_ours["encryptedResults.zip"]);
            using var decrypted = new MemoryStream();
            await ResultModule.DecryptAsync(archive, pem, decrypted, default);
            Assert.Equal(plain, decrypted.ToArray());
        }
    }

    [Fact]
    public async Task A_project_file_is_edited_in_the_same_form()
    {
        File.Copy(_theirs["iexec.json"], _ours["iexec.json"]);
        foreach (var kind in (string[])["category", "workerpool"])
        {
            await _theirs.DoAsync($"{kind} init");
            await _ours.OkAsync(kind, "init");
            Assert.Equal(await File.ReadAllTextAsync(_theirs["iexec.json"]), await File.ReadAllTextAsync(_ours["iexec.json"]));
        }
    }

    private static byte[] Zip()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry("stdout.txt").Open());
            writer.Write(new string('a', 70_000));
        }

        return buffer.ToArray();
    }

    // What is random is hexadecimal: an address stays, the rest becomes its length.
    private static string Shape(string text) =>
        Random().Replace(text, match => match.Value.Equals(Address, StringComparison.OrdinalIgnoreCase) ? match.Value : $"<{match.Length}>");

    private static IEnumerable<string> Lines(string pem) => pem.Split('\n').Select(line => Base64().IsMatch(line) ? (line.Length == 64 ? "64" : "less") : line);

    [GeneratedRegex("^[A-Za-z0-9+/=]+$")]
    private static partial Regex Base64();

    private static string Address => PrivateKey.Parse(Secret).Address.ToString()[2..];

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9-]+\\.[0-9]+|[0-9a-fA-F]{4,}")]
    private static partial Regex Random();

    /// <summary>The initialization vector that the other client drew.</summary>
    private sealed class Given(byte[] bytes) : IEntropySource
    {
        public void Fill(Span<byte> destination) => bytes.CopyTo(destination);
    }
}
