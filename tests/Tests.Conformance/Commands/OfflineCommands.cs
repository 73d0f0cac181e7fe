using System.IO.Compression;
using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>What needs no network, next to a <c>chain.json</c> of ours.</summary>
public abstract class OfflineCommands(NetworkUser user)
{
    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task A_wallet_is_imported_and_encrypted_keystores_are_written()
    {
        var made = await _project.ExpectAsync("wallet create --password secret --keystoredir local", ["wallet", "fileName", "address"]);
        var imported = await _project.ExpectAsync(
            "wallet import --password secret --keystoredir local", ["wallet", "fileName", "address"], "0x" + new string('1', 64));

        Assert.True(File.Exists(_project[(string)made["fileName"]!]));
        Assert.Equal("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A", (string)imported["address"]!);
    }

    [Fact]
    public async Task A_dataset_is_encrypted()
    {
        await _project.DoAsync("dataset init --encrypted");
        await File.WriteAllTextAsync(_project["datasets/original/data.txt"], "hello");
        var made = await _project.ExpectAsync("dataset encrypt", ["encryptedDatasetFolderPath", "secretPath", "encryptedFiles"]);

        Assert.Equal(["original", "encrypted", "key", "checksum"], made["encryptedFiles"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(44, (await File.ReadAllTextAsync(_project[".secrets/datasets/dataset.key"])).Length);
    }

    [Fact]
    public async Task An_encrypted_result_is_decrypted()
    {
        await _project.ExpectAsync("result generate-encryption-keypair --force", ["secretPath", "privateKeyFile", "publicKeyFile"]);
        using (var file = File.Create(_project["plain.zip"]))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("stdout.txt").Open());
            await writer.WriteAsync("hello");
        }

        await EncryptAsync(_project["plain.zip"], _project["encryptedResults.zip"], _project[$".secrets/beneficiary/{_project.Wallet}_key.pub"]);
        var made = await _project.ExpectAsync("result decrypt --force", ["resultsPath"]);
        Assert.Equal(await File.ReadAllBytesAsync(_project["plain.zip"]), await File.ReadAllBytesAsync((string)made["resultsPath"]!));
    }

    [Fact]
    public async Task Order_init_takes_the_deployed_assets()
    {
        var (app, dataset, pool) = (await user.AppAsync(), await user.DatasetAsync(), await user.PoolAsync());
        var made = await _project.ExpectAsync("order init", ["apporder", "datasetorder", "workerpoolorder", "requestorder"]);

        Assert.Equal((app, dataset, pool, _project.Wallet), (
            (string)made["apporder"]!["app"]!, (string)made["datasetorder"]!["dataset"]!,
            (string)made["workerpoolorder"]!["workerpool"]!, (string)made["requestorder"]!["requester"]!));
    }

    // As a trusted worker would: the inner archive under a fresh AES key, the key under the beneficiary's RSA key.
    private static async Task EncryptAsync(string plain, string encrypted, string publicKey)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.KeySize = 256;
        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(publicKey));
        await using var zip = await ZipFile.OpenAsync(encrypted, ZipArchiveMode.Create);
        await WriteAsync("iexec_out.zip.aes", [.. aes.IV, .. aes.EncryptCbc(await File.ReadAllBytesAsync(plain), aes.IV)]);
        await WriteAsync("aes-key.rsa", rsa.Encrypt(aes.Key, System.Security.Cryptography.RSAEncryptionPadding.Pkcs1));

        async Task WriteAsync(string name, byte[] bytes)
        {
            await using var entry = await zip.CreateEntry(name).OpenAsync();
            await entry.WriteAsync(bytes);
        }
    }
}
