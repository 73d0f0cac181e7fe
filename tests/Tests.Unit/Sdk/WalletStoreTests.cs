using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Iexec.Sdk.Wallets;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class WalletStoreTests : IDisposable
{
    private const string First = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string FirstAddress = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-wallet-").FullName;
    private readonly WalletStore _store;
    private readonly KeystoreFolder _keystore;

    public WalletStoreTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "project"));
        _keystore = KeystoreFolder.At(null, Path.Combine(_folder, "project"), Path.Combine(_folder, "home"));
        _store = new WalletStore(new ProjectFolder(Path.Combine(_folder, "project")), _keystore, TimeProvider.System, SystemEntropy.Instance);
    }

    [Fact]
    public void A_wallet_that_cannot_be_written_does_not_cost_the_former_one()
    {
        using var key = PrivateKey.Parse(First);
        _store.SaveInClear(key, replace: false);
        var path = Path.Combine(_folder, "project", "wallet.json");
        var before = File.ReadAllText(path);
        // Where the new content would be written first.
        Directory.CreateDirectory(Path.Combine(_folder, "project", $".wallet.json.{Environment.ProcessId}.tmp"));
        using var other = PrivateKey.Generate(SystemEntropy.Instance);

        Assert.Equal("The wallet file cannot be written", Assert.Throws<IexecException>(() => _store.SaveInClear(other, replace: true)).Message);

        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public void An_encrypted_wallet_opens_with_its_password_alone_and_is_its_owners_alone()
    {
        using var key = PrivateKey.Parse(First);
        var saved = _store.SaveEncrypted(key, "pässword");
        Assert.EndsWith("--" + FirstAddress[2..], saved.FileName, StringComparison.Ordinal);
        var wallet = _store.Select(null, null);
        Assert.True(wallet.IsEncrypted);
        Assert.Equal(FirstAddress, wallet.Address.ToString());
        using var opened = wallet.Unlock("pässword");
        Assert.Equal(key.ExportSecret(), opened.ExportSecret());
        var error = Assert.Throws<IexecException>(() => wallet.Unlock("password"));
        Assert.Equal("incorrect password", error.Message);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_keystore[saved.FileName]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_keystore.Path));
        }
    }

    [Fact]
    public void The_newest_file_is_used_unless_an_address_or_a_name_is_given()
    {
        var old = Fake("UTC--2019-01-00T10-56-30.572000000Z--A540FCf5f097c3F996e680F5cb266629600F064A", "a540fcf5f097c3f996e680f5cb266629600f064a");
        Fake("UTC--2024-01-01T10-56-30.572000000Z--C08C3def622Af1476f2Db0E3CC8CcaeAd07BE3bB", "c08c3def622af1476f2db0e3cc8ccaead07be3bb");
        Fake("UTC--2020-01-01T10-56-30.572000000Z--A540FCf5f097c3F996e680F5cb266629600F064A", "a540fcf5f097c3f996e680f5cb266629600f064a");
        Fake("not-a-wallet", "");
        Assert.Equal("0xC08C3def622Af1476f2Db0E3CC8CcaeAd07BE3bB", _store.Select(null, null).Address.ToString());
        Assert.StartsWith("UTC--2020", _store.Select(null, "0xa540fcf5f097c3f996e680f5cb266629600f064a").Name, StringComparison.Ordinal);
        Assert.Equal(old, _store.Select(old, null).Name);
        Assert.Equal(ErrorCode.ConfigurationError, Assert.Throws<IexecException>(() => _store.Select(null, FirstAddress)).Code);
        Assert.Equal(ErrorCode.ConfigurationError, Assert.Throws<IexecException>(() => _store.Select("UTC--none", null)).Code);
        Assert.Equal(ErrorCode.ValidationError, Assert.Throws<IexecException>(() => _store.Select(null, "0x12")).Code);
    }

    [Fact]
    public void The_wallet_of_V2_in_the_folder_goes_before_the_keystore()
    {
        Fake("UTC--2024-01-01T10-56-30.572000000Z--C08C3def622Af1476f2Db0E3CC8CcaeAd07BE3bB", "c08c3def622af1476f2db0e3cc8ccaead07be3bb");
        File.WriteAllText(Path.Combine(_folder, "project", "wallet.json"), $"{{\"privateKey\": \"0x{First}\", \"publicKey\": \"0x04\", \"address\": \"{FirstAddress}\"}}");
        var wallet = _store.Select(null, null);
        Assert.False(wallet.IsEncrypted);
        Assert.Equal(FirstAddress, wallet.Address.ToString());
        using var key = wallet.Unlock(null);
        Assert.Equal(FirstAddress, key.Address.ToString());
    }

    [Fact]
    public void A_key_in_clear_is_never_overwritten()
    {
        using var first = PrivateKey.Parse(First);
        using var second = PrivateKey.Generate(SystemEntropy.Instance);
        _store.SaveInClear(first, replace: false);
        Assert.Throws<IexecException>(() => _store.SaveInClear(second, replace: false));
        _store.SaveInClear(second, replace: true);
        Assert.Equal(second.Address, _store.Select(null, null).Address);
        var backup = Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder, "project"), "*.bak"));
        Assert.Contains(First, File.ReadAllText(backup), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(AtomicFile.Secret, File.GetUnixFileMode(Path.Combine(_folder, "project", "wallet.json")));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"privateKey\": 7}")]
    [InlineData("{\"privateKey\": \"0x00\"}")]
    [InlineData("{\"version\": 3, \"crypto\": []}")]
    [InlineData("[")]
    public void What_is_no_wallet_is_said_without_repeating_it(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "project", "wallet.json"), text);
        var error = Assert.Throws<IexecException>(() => _store.Select(null, null));
        Assert.Equal(ErrorCode.ConfigurationError, error.Code);
        Assert.Contains("wallet.json", error.Message, StringComparison.Ordinal);
    }

    private string Fake(string name, string address)
    {
        _keystore.Create();
        File.WriteAllText(_keystore[name], $"{{\"version\": 3, \"address\": \"{address}\", \"crypto\": {{}}}}");
        return name;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
