using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.KeyStore;
using Xunit;

namespace Tests.Unit.Ethereum.KeyStore;

public sealed class KeyStoreFileTests
{
    /// <summary>The two test vectors of the Web3 Secret Storage Definition (ethereum.org, CC0).</summary>
    private const string Pbkdf2 =
        """
        {"crypto": {"cipher": "aes-128-ctr", "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
          "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46", "kdf": "pbkdf2",
          "kdfparams": {"c": 262144, "dklen": 32, "prf": "hmac-sha256", "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
          "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
         "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}
        """;

    private const string ScryptVector =
        """
        {"crypto": {"cipher": "aes-128-ctr", "cipherparams": {"iv": "83dbcc02d8ccb40e466191a123791e0e"},
          "ciphertext": "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c", "kdf": "scrypt",
          "kdfparams": {"dklen": 32, "n": 262144, "r": 1, "p": 8, "salt": "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
          "mac": "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},
         "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}
        """;

    private static readonly Bytes32 Secret = Bytes32.Parse("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");

    [Theory]
    [InlineData(Pbkdf2)]
    [InlineData(ScryptVector)]
    public void The_vectors_of_the_definition_open(string json)
    {
        using var key = KeyStoreFile.Decrypt(json, "testpassword");
        Assert.Equal(Secret.ToArray(), key.ExportSecret());
        Assert.Null(KeyStoreFile.ReadAddress(json));
    }

    [Fact]
    public void A_wrong_password_is_said_to_be_one() =>
        Assert.Equal("incorrect password", Assert.Throws<WrongPasswordException>(() => KeyStoreFile.Decrypt(Pbkdf2, "testpassword ")).Message);

    [Theory]
    [InlineData("008aeeda4d805471df9b2a5b0f38a0c3bcba786b")]
    [InlineData("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b")]
    [InlineData("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b")]
    public void The_address_is_read_in_any_spelling(string address)
    {
        var json = With(Pbkdf2, root => root["address"] = address);
        Assert.Equal(Address.Parse("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b"), KeyStoreFile.ReadAddress(json));
        using var key = KeyStoreFile.Decrypt(json, "testpassword");
        Assert.Equal(KeyStoreFile.ReadAddress(json), key.Address);
    }

    [Fact]
    public void A_file_whose_address_was_swapped_is_refused() =>
        Assert.Throws<FormatException>(() => KeyStoreFile.Decrypt(With(Pbkdf2, root => root["address"] = Address.Zero.ToHex()), "testpassword"));

    [Fact]
    public void A_written_file_has_the_shape_of_the_official_client_and_opens_again()
    {
        using var key = PrivateKey.Parse(Secret.ToString());
        var json = KeyStoreFile.Encrypt(key, "pässword", new CountingEntropy());
        var root = JsonNode.Parse(json)!.AsObject();
        Assert.DoesNotContain('\n', json);
        Assert.Equal(["address", "id", "version", "Crypto"], root.Select(member => member.Key));
        Assert.Equal("008aeeda4d805471df9b2a5b0f38a0c3bcba786b", (string?)root["address"]);
        Assert.Equal("30313233-3435-4637-b839-3a3b3c3d3e3f", (string?)root["id"]);
        Assert.Equal(3, (int?)root["version"]);

        var crypto = root["Crypto"]!.AsObject();
        Assert.Equal(["cipher", "cipherparams", "ciphertext", "kdf", "kdfparams", "mac"], crypto.Select(member => member.Key));
        Assert.Equal("""{"iv":"202122232425262728292a2b2c2d2e2f"}""", crypto["cipherparams"]!.ToJsonString());
        Assert.Equal(
            """{"salt":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","n":131072,"dklen":32,"p":1,"r":8}""",
            crypto["kdfparams"]!.ToJsonString());

        using var again = KeyStoreFile.Decrypt(json, "pässword");
        Assert.Equal(Secret.ToArray(), again.ExportSecret());
        Assert.Throws<WrongPasswordException>(() => KeyStoreFile.Decrypt(json, "password"));
    }

    [Theory]
    [InlineData("not json", "not JSON, line 1")]
    [InlineData("[]", "keystore: is not an object")]
    [InlineData("{}", "keystore.version: is missing")]
    public void What_is_no_keystore_is_refused(string json, string reason) => AssertRefused(json, reason);

    [Theory]
    [InlineData("version", "2", "version")]
    [InlineData("crypto.cipher", "\"aes-128-cbc\"", "cipher")]
    [InlineData("crypto.cipherparams.iv", "\"00\"", "iv")]
    [InlineData("crypto.ciphertext", "\"00\"", "ciphertext")]
    [InlineData("crypto.mac", "\"zz\"", "mac")]
    [InlineData("crypto.kdf", "\"argon2\"", "kdf")]
    [InlineData("crypto.kdfparams.dklen", "16", "dklen")]
    [InlineData("crypto.kdfparams.n", "1000", "n")]
    [InlineData("crypto.kdfparams.n", "0", "n")]
    [InlineData("crypto.kdfparams.n", "-2147483648", "n")]
    [InlineData("crypto.kdfparams.n", "1073741824", "kdfparams")]
    [InlineData("crypto.kdfparams.r", "2147483647", "kdfparams")]
    [InlineData("crypto.kdfparams.p", "2147483647", "kdfparams")]
    [InlineData("crypto.kdfparams.salt", "5", "salt")]
    [InlineData("address", "\"nobody\"", "address")]
    public void A_bad_or_hostile_member_is_refused_by_name(string path, string value, string named)
    {
        var parts = path.Split('.');
        AssertRefused(With(ScryptVector, root => parts[..^1].Aggregate(root, (node, part) => node[part]!)[parts[^1]] = JsonNode.Parse(value)), named);
    }

    [Fact]
    public void Endless_pbkdf2_is_refused() => AssertRefused(With(Pbkdf2, root => root["crypto"]!["kdfparams"]!["c"] = int.MaxValue), "kdfparams.c");

    [Fact]
    public void The_file_name_is_that_of_the_official_client() =>
        Assert.Equal(
            "UTC--2026-11-21T09-32-57.532000000Z--f39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            KeyStoreFile.FileName(
                Address.Parse("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"),
                new DateTimeOffset(2026, 11, 21, 10, 32, 57, 532, TimeSpan.FromHours(1))));

    private static void AssertRefused(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => KeyStoreFile.Decrypt(json, "testpassword")).Message, StringComparison.Ordinal);

    private static string With(string json, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(json)!;
        change(root);
        return root.ToJsonString();
    }

    private sealed class CountingEntropy : IEntropySource
    {
        private byte _next;

        public void Fill(Span<byte> destination)
        {
            foreach (ref var value in destination)
            {
                value = _next++;
            }
        }
    }
}
