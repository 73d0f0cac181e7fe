using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class DatasetEncryptCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task A_dataset_is_prepared_and_encrypted_into_the_usual_folders()
    {
        await _cli.OkAsync("init", "--skip-wallet");
        Assert.Equal("my-dataset", (string)(await _cli.OkAsync("dataset", "init", "--tee"))["dataset"]!["name"]!);
        await File.WriteAllTextAsync(_cli["datasets/original/secret.txt"], "hello dataset");
        var json = await _cli.OkAsync("dataset", "encrypt");
        Assert.Equal(["ok", "encryptedDatasetFolderPath", "secretPath", "encryptedFiles"], json.Select(member => member.Key));
        var file = json["encryptedFiles"]![0]!.AsObject();
        Assert.Equal(["original", "encrypted", "key", "checksum"], file.Select(member => member.Key));

        var encrypted = await File.ReadAllBytesAsync(_cli["datasets/encrypted/secret.txt.enc"]);
        Assert.Equal((string)file["checksum"]!, Hex.Encode(SHA256.HashData(encrypted)));
        var key = await File.ReadAllTextAsync(_cli[".secrets/datasets/secret.txt.key"]);
        Assert.Equal(
            (_cli["datasets/original/secret.txt"], _cli["datasets/encrypted/secret.txt.enc"], _cli[".secrets/datasets/secret.txt.key"]),
            ((string)file["original"]!, (string)file["encrypted"]!, (string)file["key"]!));
        Assert.DoesNotContain(key, json.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(44, key.Length);
        Assert.Equal(key, await File.ReadAllTextAsync(_cli[".secrets/datasets/dataset.key"]));
        using var aes = Aes.Create();
        aes.SetKey(Convert.FromBase64String(key));
        Assert.Equal("hello dataset"u8.ToArray(), aes.DecryptCbc(encrypted.AsSpan(16), encrypted.AsSpan(0, 16)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cli[".secrets/datasets/secret.txt.key"]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cli[".secrets/datasets/dataset.key"]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_cli[".secrets/datasets"]));
        }
    }

    [Fact]
    public async Task A_file_is_encrypted_again_only_on_demand_and_its_former_key_is_kept()
    {
        await File.WriteAllTextAsync(Original("a"), "a");
        var first = await File.ReadAllTextAsync((string)(await _cli.OkAsync("dataset", "encrypt"))["encryptedFiles"]![0]!["key"]!);
        await File.WriteAllTextAsync(Original("b"), "b");
        var refused = await _cli.FailAsync("dataset", "encrypt");
        Assert.StartsWith("\"a\" is encrypted already", (string)refused["fail"]![0]!, StringComparison.Ordinal);
        Assert.Equal(Original("b"), (string)refused["encryptedFiles"]![0]!["original"]!);
        Assert.Equal(first, await File.ReadAllTextAsync(_cli[".secrets/datasets/a.key"]));
        await _cli.OkAsync("dataset", "encrypt", "--force");
        Assert.NotEqual(first, await File.ReadAllTextAsync(_cli[".secrets/datasets/a.key"]));
        Assert.Equal(first, await File.ReadAllTextAsync(Directory.GetFiles(_cli[".secrets/datasets"], "a.key.*.bak").Single()));
    }

    [Fact]
    public async Task A_folder_is_no_dataset_and_the_exit_code_says_that_it_was_left_out()
    {
        await File.WriteAllTextAsync(Original("a"), "a");
        Directory.CreateDirectory(_cli["datasets/original/many"]);
        var partly = await _cli.FailAsync("dataset", "encrypt");
        Assert.Equal("Datasets must be single file, skipping many", (string)partly["fail"]![0]!);
        Assert.Single(partly["encryptedFiles"]!.AsArray());
    }

    [Fact]
    public async Task Without_a_file_it_is_said_where_to_put_one()
    {
        Assert.Contains("--encrypted", (string)(await _cli.FailAsync("dataset", "encrypt"))["error"]!["hint"]!, StringComparison.Ordinal);
        Directory.CreateDirectory(_cli["mine"]);
        Assert.Equal("Folder \"mine\" holds no file to encrypt", (string)(await _cli.FailAsync("dataset", "encrypt", "--original-dataset-dir", "mine"))["error"]!["message"]!);
    }

    [Fact]
    public async Task The_names_of_V3_0_mean_the_same()
    {
        await _cli.OkAsync("tee", "init");
        Assert.True(Directory.Exists(_cli["tee/inputs"]));
        await File.WriteAllTextAsync(_cli["datasets/original/a"], "a");
        Assert.Single((await _cli.OkAsync("tee", "encrypt-dataset", "--algorithm", "aes-256-cbc"))["encryptedFiles"]!.AsArray());
        await _cli.FailAsync("tee", "encrypt-dataset", "--algorithm", "scone");
    }

    private string Original(string name)
    {
        Directory.CreateDirectory(_cli["datasets/original"]);
        return _cli[$"datasets/original/{name}"];
    }

    public void Dispose() => _cli.Dispose();
}
